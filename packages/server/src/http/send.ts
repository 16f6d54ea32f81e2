import type { FastifyReply } from 'fastify';
import type { PrintedReply } from './print-reply.ts';

/** Hands a printed reply to the server. */
export function send(reply: FastifyReply, { status, headers, body }: PrintedReply): FastifyReply {
  return reply.code(status).headers(headers).send(body);
}
