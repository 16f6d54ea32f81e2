import type { FastifyInstance } from 'fastify';
import { openApi } from './open-api.ts';
import { ROUTES } from './routes/all.ts';
import type { ServiceDesk } from './service-desk.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Adds what machines around the service ask: is it alive, may it get work, how is it doing; and what there is. */
export function addOperations(app: FastifyInstance, { readiness, metrics }: ServiceDesk): void {
  app.get('/healthz', (_request, reply) => reply.type(JSON_TYPE).send({ status: 'alive' }));

  app.get('/readyz', async (_request, reply) => {
    const found = await readiness();
    const isReady = found.store === 'writable' && found.worker === 'working' && found.service === 'running';
    return reply
      .code(isReady ? 200 : 503)
      .type(JSON_TYPE)
      .send({ status: isReady ? 'ready' : 'not-ready', ...found });
  });

  app.get('/metrics', async (_request, reply) => {
    const text = await metrics.print();
    return reply.type(metrics.contentType).send(text);
  });

  const document = JSON.stringify(openApi(ROUTES));
  app.get('/openapi.json', (_request, reply) => reply.type(JSON_TYPE).send(document));

  app.get('/', (_request, reply) =>
    reply.type(JSON_TYPE).send({
      about: 'Orderkeeper: WeChat Pay orders, kept true until they are final.',
      routes: [
        ...ROUTES.map(({ method, path, about }) => ({ method, path, about })),
        { method: 'POST', path: '/notify/{mchid}', about: 'notices of WeChat Pay' },
        { method: 'GET', path: '/healthz', about: 'the process is alive' },
        { method: 'GET', path: '/readyz', about: 'the store takes writes and the worker works' },
        { method: 'GET', path: '/metrics', about: 'figures for Prometheus' },
        { method: 'GET', path: '/openapi.json', about: 'this interface as OpenAPI 3.1' },
      ],
    }),
  );
}
