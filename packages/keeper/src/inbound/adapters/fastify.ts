import { type Answer, NOTICE_BYTES_MAX, type NoticeRoute, plainHeaders, rawBodyMissing } from './notice-route.ts';

/** Settings of the {@link fastifyNotices} plugin. */
export interface FastifyNoticesOptions extends NoticeRoute {
  /** Below the prefix, if there is one: `/notify/wechat-pay`. */
  readonly path: string;
}

/** What the plugin needs of a request of Fastify. */
export interface FastifyNoticeRequest {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What the plugin needs of a reply of Fastify. */
export interface FastifyNoticeReply {
  readonly code: (status: number) => unknown;
  readonly headers: (headers: Record<string, string>) => unknown;
}

type Parsed = (error: Error | null, body?: unknown) => void;

/** What the plugin needs of Fastify. */
export interface FastifyScope {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(
    type: string,
    options: { parseAs: 'buffer'; bodyLimit: number },
    parse: (request: unknown, body: Buffer, parsed: Parsed) => void,
  ): unknown;
  post(path: string, handler: (request: FastifyNoticeRequest, reply: FastifyNoticeReply) => Promise<string>): unknown;
}

const REMEDY =
  'In Fastify, let no hook replace request.body on this route (preParsing, preValidation), and do not wrap the plugin in fastify-plugin: its parser for raw bytes lives in its own scope.';

/**
 * Takes notices in Fastify: `app.register(fastifyNotices, { keeper, mchid, path: '/notify' })`. Within its scope every
 * content type is left as bytes; the parsers of the application are not touched and do not reach it. When a hook has
 * replaced the body it throws an error that says what to change, which Fastify logs and answers with 500.
 */
export function fastifyNotices(scope: FastifyScope, options: FastifyNoticesOptions, done: () => void): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: NOTICE_BYTES_MAX }, (_request, body, parsed) => {
    parsed(null, body);
  });
  scope.post(options.path, async (request, reply) => {
    const { status, headers, body } = await receive(options, request);
    reply.code(status);
    reply.headers({ ...headers });
    return body;
  });
  done();
}

async function receive({ keeper, mchid }: NoticeRoute, { body, headers }: FastifyNoticeRequest): Promise<Answer> {
  // Without a body there is nothing to parse, and nothing was lost.
  const bytes = body === undefined || body === null ? new Uint8Array(0) : body;
  if (!(bytes instanceof Uint8Array)) throw rawBodyMissing(REMEDY);
  return keeper.receiveNotice({ mchid, body: bytes, headers: plainHeaders(headers) });
}
