import { fastify, type FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { MCHID } from '../../core/testing/samples.ts';
import { describeAdapter, type Served } from './adapter.suite.ts';
import { fastifyNotices } from './fastify.ts';
import type { NoticeRoute } from './notice-route.ts';

function serveFastify(app: FastifyInstance, route: NoticeRoute): Served {
  const errors: string[] = [];
  app.addHook('onError', (_request, _reply, error, done) => {
    if ((error.statusCode ?? 500) >= 500) errors.push(error.message);
    done();
  });
  app.register(fastifyNotices, { ...route, path: '/notify' });
  return {
    errors,
    post: async (body, headers) => {
      const answer = await app.inject({ method: 'POST', url: '/notify', headers, payload: Buffer.from(body) });
      const plain = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
      return { status: answer.statusCode, headers: Object.fromEntries(plain), body: answer.body };
    },
    close: () => app.close(),
  };
}

/** As plugins for XML bodies do. */
function parseXmlEverywhere(app: FastifyInstance): void {
  app.addContentTypeParser(['text/xml', 'application/xml'], { parseAs: 'string' }, (_request, body, done) => {
    done(null, { xml: body });
  });
}

describeAdapter('Fastify', {
  serve: async (route) => {
    const app = fastify();
    parseXmlEverywhere(app);
    return serveFastify(app, route);
  },
  serveParsed: async (route) => {
    const app = fastify();
    app.addHook('preValidation', (request, _reply, done) => {
      request.body = { xml: String(request.body) };
      done();
    });
    return serveFastify(app, route);
  },
  remedy: 'preValidation',
});

test('the parsers of a Fastify application are left alone', async () => {
  const app = fastify();
  parseXmlEverywhere(app);
  app.post('/other', (request) => request.body);
  const keeper = { receiveNotice: () => Promise.reject(new Error('not asked')) };
  serveFastify(app, { keeper, mchid: MCHID });
  const answer = await app.inject({
    method: 'POST',
    url: '/other',
    headers: { 'content-type': 'text/xml' },
    payload: '<a/>',
  });
  expect(answer.json()).toEqual({ xml: '<a/>' });
  await app.close();
});
