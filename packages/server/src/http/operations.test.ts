import { afterEach, beforeEach, expect, test } from 'vitest';
import { createServiceWorld, type ServiceWorld } from './testing/service-world.ts';
import { MINUTE, SECOND } from './testing/shop.ts';

let world: ServiceWorld;

beforeEach(async () => {
  world = await createServiceWorld();
});

afterEach(() => world.close());

test('a service whose store takes writes and whose worker looks after it is ready', async () => {
  const { status, json } = await world.send('GET', '/readyz', { apiKey: '' });
  expect([status, json]).toEqual([200, { status: 'ready', store: 'writable', worker: 'working', service: 'running' }]);
});

test('a worker that looked at nothing for a minute is stuck, and well again when it works', async () => {
  await world.clock.advance(MINUTE + SECOND);
  expect((await world.send('GET', '/readyz')).json).toMatchObject({ status: 'not-ready', worker: 'stuck' });
  await world.pass(2 * SECOND);
  expect((await world.send('GET', '/readyz')).json).toMatchObject({ status: 'ready', worker: 'working' });
});

test('a store that cannot be written is not ready, while the process stays alive', async () => {
  const broken = await createServiceWorld({
    store: (store) => ({ ...store, forgetBefore: () => Promise.reject(new Error('disk full')) }),
  });
  expect(await broken.send('GET', '/readyz')).toMatchObject({ status: 503, json: { store: 'failing' } });
  expect((await broken.send('GET', '/healthz')).json).toEqual({ status: 'alive' });
  await broken.close();
});

test('a service that is being stopped is not ready any more', async () => {
  world.watch.stopping();
  expect(await world.send('GET', '/readyz')).toMatchObject({ status: 503, json: { service: 'stopping' } });
});

test('figures tell requests by route, duties by end and events by type', async () => {
  await world.open('tea');
  world.simulator.payer.pay({ outTradeNo: 'tea-1' });
  await world.pass(SECOND);
  const { body } = await world.send('GET', '/metrics', { apiKey: '' });
  expect(body).toMatch(/orderkeeper_http_request_seconds_count\{method="POST",route="\/v1\/orders",status="201"\} 1/);
  expect(body).toMatch(/orderkeeper_events_total\{type="order\.paid",mchid="\d+"\} 1/);
});

test('the first page lists every route', async () => {
  const { json } = await world.send('GET', '/', { apiKey: '' });
  expect(json['routes']).toContainEqual(expect.objectContaining({ method: 'POST', path: '/v1/orders' }));
});
