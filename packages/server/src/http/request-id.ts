import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const SENT_ID = /^[A-Za-z0-9._-]{8,64}$/;

/** The id that a proxy has given the request, so that logs fit together; else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && SENT_ID.test(sent) ? sent : randomUUID();
}
