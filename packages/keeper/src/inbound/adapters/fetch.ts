import {
  type Answer,
  NOTICE_BYTES_MAX,
  type NoticeRoute,
  plainHeaders,
  rawBodyMissing,
  TOO_LARGE,
} from './notice-route.ts';

const REMEDY =
  'Hand the request over untouched: in Hono c.req.raw before c.req.text(), json() or parseBody(), in a Next route handler the request itself.';

/**
 * Takes notices where handlers are functions from `Request` to `Response`. In Hono
 * `app.post('/notify', (c) => handle(c.req.raw))`, in a Next route handler `export const POST = fetchNotices({ … })`.
 * With a request whose body was read before it rejects with an error that says what to change.
 */
export function fetchNotices(route: NoticeRoute): (request: Request) => Promise<Response> {
  return async (request) => {
    const { status, headers, body } = await receive(route, request);
    // Some statuses, such as 204, forbid even an empty body.
    return new Response(body === '' ? null : body, { status, headers });
  };
}

async function receive({ keeper, mchid }: NoticeRoute, request: Request): Promise<Answer> {
  if (request.bodyUsed) throw rawBodyMissing(REMEDY);
  const body = await readBody(request);
  if (body === 'too-large') return TOO_LARGE;
  return keeper.receiveNotice({ mchid, body, headers: plainHeaders(Object.fromEntries(request.headers)) });
}

async function readBody({ body }: Request): Promise<Uint8Array | 'too-large'> {
  const chunks: Uint8Array[] = [];
  let bytesCount = 0;
  for await (const part of body ?? []) {
    const chunk: unknown = part;
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a body is a stream of bytes');
    bytesCount += chunk.length;
    if (bytesCount > NOTICE_BYTES_MAX) return 'too-large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytesCount);
}
