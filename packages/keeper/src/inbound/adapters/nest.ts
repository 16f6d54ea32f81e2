import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NoticeRoute } from './notice-route.ts';
import { type ReadBody, receiveFromNode } from './node-request.ts';

/** What a controller calls with its request and its response. */
export type NestNoticeHandler = (request: IncomingMessage & ReadBody, response: ServerResponse) => Promise<void>;

const REMEDY =
  "In Nest, create the application with NestFactory.create(AppModule, { rawBody: true }) and let no parser take text/xml, or give it the raw one: app.useBodyParser('raw', { type: 'text/xml' }).";

/**
 * Takes notices in a controller of Nest on Express, its default: give it `@Req()` and `@Res()`, and return what it
 * returns. On Fastify register the plugin of the entry `fastify` instead: `app.register(fastifyNotices, { … })`.
 * With a parsed body it rejects with an error that says what to change, which Nest logs and answers with 500.
 */
export function nestNotices(route: NoticeRoute): NestNoticeHandler {
  return async (request, response) => {
    const { status, headers, body } = await receiveFromNode(route, request, request, REMEDY);
    response.writeHead(status, headers).end(body);
  };
}
