import type { IncomingMessage } from 'node:http';
import type { NoticeRoute } from './notice-route.ts';
import { receiveFromNode } from './node-request.ts';

/** What the handler needs of Koa's context. */
export interface KoaContext {
  readonly req: IncomingMessage;
  readonly request: object;
  status: number;
  body: unknown;
  readonly set: (name: string, value: string) => void;
}

const REMEDY =
  'In Koa, put this handler before the body parser, or keep the parser away from its path: koa-body and @koa/bodyparser leave no raw bytes of text/xml.';

/**
 * Takes notices in Koa: `router.post('/notify', koaNotices({ keeper, mchid }))`, before any body parser. With a parsed
 * body it throws an error that says what to change, which Koa logs and answers with 500.
 */
export function koaNotices(route: NoticeRoute): (context: KoaContext) => Promise<void> {
  return async (context) => {
    const { status, headers, body } = await receiveFromNode(route, context.req, context.request, REMEDY);
    context.status = status;
    for (const [name, value] of Object.entries(headers)) context.set(name, value);
    context.body = body;
  };
}
