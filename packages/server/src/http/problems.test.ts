import { afterEach, beforeEach, expect, test } from 'vitest';
import { createServiceWorld, orderBody, type ServiceWorld } from './testing/service-world.ts';
import { OTHER_API_KEY } from './testing/shop.ts';

let world: ServiceWorld;

beforeEach(async () => {
  world = await createServiceWorld();
});

afterEach(() => world.close());

test.each(['', 'wrong-key-0123456789abcdef0123456'])('below /v1 nobody is let in with the key "%s"', async (apiKey) => {
  const { status, json, headers } = await world.send('POST', '/v1/orders', { body: orderBody('tea'), apiKey });
  expect([status, json['code'], headers['www-authenticate']]).toEqual([
    401,
    'unauthorized',
    'Bearer realm="orderkeeper"',
  ]);
  expect(await world.store.list({ limit: 1 })).toEqual({ orders: [] });
});

test('the log tells whose key let a request in, never the key', async () => {
  await world.send('GET', '/v1/orders', { apiKey: OTHER_API_KEY });
  expect(world.log.join('')).toContain('"holder":"till"');
  expect(world.log.join('')).not.toContain(OTHER_API_KEY);
});

test('a stranger learns nothing of what the body would have done', async () => {
  const { json } = await world.send('POST', '/v1/orders', { body: '{', apiKey: '' });
  expect(json['code']).toBe('unauthorized');
});

test.each(['{', '[1', '\u0000', 'null x'])('a body that is no JSON is refused: %s', async (body) => {
  const { status, json } = await world.send('POST', '/v1/orders', { body });
  expect([status, json['code']]).toEqual([400, 'not-json']);
});

test('a body in another coding than UTF-8 is no JSON', async () => {
  const { json } = await world.send('POST', '/v1/orders', { body: '"x"', headers: {} });
  expect(json['code']).toBe('invalid-request');
  const answer = await world.app.inject({
    method: 'POST',
    url: '/v1/orders',
    headers: { authorization: world.authorization, 'content-type': 'application/json' },
    payload: Buffer.from([0x22, 0xff, 0x22]),
  });
  expect(answer.json()).toMatchObject({ code: 'not-json' });
});

test('a form is refused with the type that is wanted', async () => {
  const { status, json } = await world.send('POST', '/v1/orders', {
    body: 'orderId=tea',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect([status, json['code']]).toEqual([415, 'not-a-json-body']);
});

test('a body above 64 KiB is refused', async () => {
  const { status, json } = await world.open('tea', { attach: 'x'.repeat(70_000) });
  expect([status, json['code']]).toEqual([413, 'body-too-large']);
});

test('names that would change an object’s nature are fields like any other, and not known', async () => {
  const body = '{"__proto__":{"totalFen":1},"constructor":1}';
  const { json } = await world.send('POST', '/v1/orders/tea/close', { body });
  expect(json['errors']).toEqual([
    { pointer: '/__proto__', detail: 'is not known here' },
    { pointer: '/constructor', detail: 'is not known here' },
  ]);
});

test('an unknown path is 404, a known one with another method 405 with those it takes', async () => {
  expect((await world.send('GET', '/v2/orders')).json['code']).toBe('no-such-path');
  const { status, json, headers } = await world.send('DELETE', '/v1/orders/tea');
  expect([status, json['code'], headers['allow']]).toEqual([405, 'method-not-allowed', 'GET']);
});

test('a request keeps the id that a proxy gave it, and an id that is none is replaced', async () => {
  const kept = await world.send('GET', '/v1/orders/none', { headers: { 'x-request-id': 'proxy-0001' } });
  expect([kept.headers['x-request-id'], kept.json['requestId']]).toEqual(['proxy-0001', 'proxy-0001']);
  const replaced = await world.send('GET', '/v1/orders/none', { headers: { 'x-request-id': 'a\tb' } });
  expect(replaced.json['requestId']).toMatch(/^[0-9a-f-]{36}$/);
});

test('a broken store is a 500 that tells nothing of itself, and a log line that does', async () => {
  const broken = await createServiceWorld({
    store: (store) => ({ ...store, find: () => Promise.reject(new Error('disk I/O error')) }),
  });
  const { status, json, body } = await broken.send('GET', '/v1/orders/tea');
  expect([status, json['code']]).toEqual([500, 'internal']);
  expect(body).not.toContain('disk');
  expect(broken.log.join('')).toContain('disk I/O error');
  await broken.close();
});
