import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NoticeRoute } from './notice-route.ts';
import { type ReadBody, receiveFromNode } from './node-request.ts';

/** An Express handler, for version 4 and 5. */
export type ExpressNoticeHandler = (
  request: IncomingMessage & ReadBody,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => Promise<void>;

const REMEDY =
  "In Express, register this route before app.use(express.json()), express.text() and the like, or begin it with express.raw({ type: () => true }): app.post('/notify', express.raw({ type: () => true }), expressNotices({ keeper, mchid })).";

/**
 * Takes notices in Express: `app.post('/notify', expressNotices({ keeper, mchid }))`. It reads the raw body itself, or
 * takes it from `express.raw()`. With a parsed body it calls `next` with an error that says what to change.
 */
export function expressNotices(route: NoticeRoute): ExpressNoticeHandler {
  return async (request, response, next) => {
    try {
      const { status, headers, body } = await receiveFromNode(route, request, request, REMEDY);
      response.writeHead(status, headers).end(body);
    } catch (error) {
      // Express 4 does not look at promises.
      next(error);
    }
  };
}
