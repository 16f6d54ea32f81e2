import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from './create-app.ts';
import { createServiceWorld, orderBody, type ServiceWorld } from './testing/service-world.ts';
import { OTHER_API_KEY } from './testing/shop.ts';

let world: ServiceWorld;

beforeEach(async () => {
  world = await createServiceWorld();
});

afterEach(() => world.close());

const named = (key: string): { readonly headers: Readonly<Record<string, string>> } => ({
  headers: { 'idempotency-key': key },
});
const open = (key: string, changes: Readonly<Record<string, unknown>> = {}, apiKey?: string) =>
  world.send('POST', '/v1/orders', {
    body: orderBody('tea', changes),
    ...named(key),
    ...(apiKey === undefined ? {} : { apiKey }),
  });
const callsOf = (operation: string): number =>
  world.simulator.world.calls.list().filter((call) => call.operation === operation).length;

test('the same key with the same content gets the same answer, byte for byte, and is told so', async () => {
  const first = await open('k1');
  const second = await open('k1');
  expect(second.body).toBe(first.body);
  expect([second.status, second.headers['location']]).toEqual([first.status, first.headers['location']]);
  expect([first.headers['idempotency-replayed'], second.headers['idempotency-replayed']]).toEqual([undefined, 'true']);
});

test('fields in another order are the same content', async () => {
  await open('k1');
  const turned = Object.fromEntries(Object.entries(orderBody('tea')).toReversed());
  const { headers } = await world.send('POST', '/v1/orders', { body: turned, ...named('k1') });
  expect(headers['idempotency-replayed']).toBe('true');
});

test('the same key with another body, or at another address, is refused', async () => {
  await open('k1');
  const other = await open('k1', { totalFen: 2 });
  expect([other.status, other.json['code']]).toEqual([422, 'idempotency-key-reused']);
  const elsewhere = await world.send('POST', '/v1/orders/tea/close', { body: orderBody('tea'), ...named('k1') });
  expect([elsewhere.status, elsewhere.json['code']]).toEqual([422, 'idempotency-key-reused']);
});

test('two requests with one key at the same moment are one call, and both get its answer', async () => {
  const [first, second] = await Promise.all([open('k1'), open('k1')]);
  expect(second.body).toBe(first.body);
  expect(callsOf('unifiedorder')).toBe(1);
});

test('two different requests with one key at the same moment: one is followed, one refused', async () => {
  const answers = await Promise.all([open('k1'), open('k1', { totalFen: 2 })]);
  expect(answers.map(({ status }) => status)).toEqual([201, 422]);
});

test('holders of different keys do not see each other’s answers', async () => {
  await open('k1');
  const { status, headers } = await open('k1', { totalFen: 2 }, OTHER_API_KEY);
  expect([status, headers['idempotency-replayed']]).toEqual([409, undefined]);
});

test('a refusal is not remembered: the same wish may be possible later', async () => {
  const body = { outRefundNo: 'r1', refundFen: 1 };
  await world.open('tea');
  expect((await world.send('POST', '/v1/orders/tea/refunds', { body, ...named('k1') })).json['code']).toBe('not-paid');
  world.simulator.payer.pay({ outTradeNo: 'tea-1' });
  await world.pass(1_000);
  expect((await world.send('POST', '/v1/orders/tea/refunds', { body, ...named('k1') })).status).toBe(202);
});

test('an answer is remembered by the store, so a restart changes nothing', async () => {
  const first = await open('k1');
  const { keeper, store, clock, watch } = world;
  const desk = { keeper, store, clock, readiness: watch.readiness };
  const known = await store.recall('nothing');
  expect(known).toBeUndefined();
  const again = createApp(
    { ...desk, apiKeys: world.apiKeys, mchids: world.mchids, metrics: world.metrics },
    world.app.log,
  );
  const second = await again.inject({
    method: 'POST',
    url: '/v1/orders',
    headers: { authorization: world.authorization, 'content-type': 'application/json', 'idempotency-key': 'k1' },
    payload: JSON.stringify(orderBody('tea')),
  });
  expect(second.body).toBe(first.body);
  await again.close();
});

test.each(['has blanks', 'ü', 'x'.repeat(256)])('an Idempotency-Key that is none is refused: %s', async (key) => {
  const { status, json } = await open(key);
  expect([status, json['code']]).toEqual([400, 'invalid-idempotency-key']);
});
