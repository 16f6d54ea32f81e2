import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { addApi } from './add-api.ts';
import { addNotify } from './add-notify.ts';
import { addOperations } from './add-operations.ts';
import { answerErrors } from './answer-errors.ts';
import { requestIdOf } from './request-id.ts';
import type { ServiceDesk } from './service-desk.ts';

/** Larger than any request that makes sense, smaller than what hurts. */
export const BODY_BYTES_MAX = 65_536;

/** A client that sends slower than this is cut off. */
const REQUEST_MS_MAX = 30_000;
/** Longer than common proxies keep an idle connection, so that it is they who close it. */
const KEEP_ALIVE_MS = 75_000;
/** Percent-encoding makes three characters of one. */
const PATH_PART_CHARACTERS_MAX = 3 * 64;

declare module 'fastify' {
  interface FastifyRequest {
    /** The name of the key that let the request in; empty where none is asked for. */
    holder: string;
  }
}

/** Creates the service's HTTP side; it does not listen yet. */
export function createApp(desk: ServiceDesk, logger: FastifyBaseLogger): FastifyInstance {
  const app = Fastify({
    loggerInstance: logger,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS_MAX,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    genReqId: requestIdOf,
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: PATH_PART_CHARACTERS_MAX },
  });
  app.decorateRequest('holder', '');
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const tookMs = reply.elapsedTime;
    desk.metrics.countRequest({ method: request.method, route, status: reply.statusCode, tookMs });
    const by = request.holder === '' ? {} : { holder: request.holder };
    const line = { ...by, method: request.method, route, status: reply.statusCode, tookMs: Math.round(tookMs) };
    if (!QUIET_ROUTES.has(route)) request.log.info(line, 'request answered');
  });
  endConnectionsOnClosing(app);
  answerErrors(app);
  addApi(app, desk);
  addNotify(app, desk);
  addOperations(app, desk);
  return app;
}

/** Asked every few seconds by machines. */
const QUIET_ROUTES: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Closing waits for every connection. Those that are idle then are closed, but one with a request under way would go on
 * being kept alive after its answer, for as long as its client likes.
 */
function endConnectionsOnClosing(app: FastifyInstance): void {
  let phase: 'open' | 'closing' = 'open';
  app.addHook('preClose', async () => {
    phase = 'closing';
  });
  app.addHook('onSend', async (_request, reply) => {
    if (phase === 'closing') reply.header('connection', 'close');
  });
}
