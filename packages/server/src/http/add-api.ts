import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NotJson } from './answer-errors.ts';
import { createBearerKeys } from './bearer-keys.ts';
import { createDoOnce } from './idempotency.ts';
import { type PrintedReply, printProblem, printReply } from './print-reply.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes/all.ts';
import { send } from './send.ts';
import type { ServiceDesk } from './service-desk.ts';

/** Adds everything below `/v1`: JSON in and out, for holders of a key. */
export function addApi(app: FastifyInstance, desk: ServiceDesk): void {
  const holderOf = createBearerKeys(desk.apiKeys);
  const doOnce = createDoOnce(desk.store, desk.clock);

  void app.register(async (api) => {
    api.removeAllContentTypeParsers();
    api.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
      const json = readJson(body);
      if (json === undefined) done(new NotJson('the body is no JSON in UTF-8'));
      else done(null, json.value);
    });
    api.addHook('onRequest', async (request, reply) => {
      const holder = holderOf(request.headers.authorization ?? '');
      if (holder === undefined) return refuseStranger(request, reply);
      request.holder = holder;
      return undefined;
    });
    for (const route of ROUTES) {
      api.route({
        method: route.method,
        url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
        handler: async (request, reply) => send(reply, await answer(route, request)),
      });
    }
  });

  async function answer(route: Route, request: FastifyRequest): Promise<PrintedReply> {
    const { id: requestId, params, query, method } = request;
    const body: unknown = request.body ?? {};
    const run = async (): Promise<PrintedReply> => {
      const reply = await route.run({ params, query, body }, desk);
      const said = reply.kind === 'problem' ? { code: reply.code } : {};
      request.log.debug(said, 'request followed');
      return printReply(reply, { requestId });
    };
    const key = request.headers['idempotency-key'];
    if (route.method === 'GET' || key === undefined) return run();
    const path = request.url;
    return doOnce({ holder: request.holder, key: String(key), method, path, body, requestId }, run);
  }
}

function refuseStranger(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const detail = 'send the header Authorization: Bearer <key> with one of the configured keys';
  return send(reply, printProblem({ code: 'unauthorized', detail }, { requestId: request.id }));
}

/** An empty body is an empty object; invalid UTF-8 is no JSON. */
function readJson(body: Buffer | string): { readonly value: unknown } | undefined {
  try {
    const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body);
    if (text.trim() === '') return { value: {} };
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    return undefined;
  }
}
