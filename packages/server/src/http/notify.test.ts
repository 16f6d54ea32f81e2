import type { NoticeEffect } from '@orderkeeper/simulator';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createServiceWorld, type ServiceWorld } from './testing/service-world.ts';
import { BOTH, CLASSIC, MCHID, MINUTE } from './testing/shop.ts';

let world: ServiceWorld;

beforeEach(async () => {
  world = await createServiceWorld();
});

afterEach(() => world.close());

const post = (path: string, payload: string | Buffer, type = 'text/xml') =>
  world.app.inject({ method: 'POST', url: path, headers: { 'content-type': type }, payload });

test('a payment is known as soon as its notice is answered, and the notice is not sent again', async () => {
  await world.open('tea');
  world.simulator.payer.pay({ outTradeNo: 'tea-1' });
  await world.simulator.notices.settled();
  expect((await world.send('GET', '/v1/orders/tea')).json).toMatchObject({
    state: 'paid',
    attempts: [{ payment: { learnedBy: 'notice' } }],
  });
  expect(world.simulator.notices.list()).toMatchObject([{ tries: [{ verdict: 'accepted' }] }]);
});

test.each(['application/json', 'text/xml', 'application/x-www-form-urlencoded', 'application/octet-stream'])(
  'the bytes are taken as they are, whatever they are called: %s',
  async (type) => {
    const answer = await post(`/notify/${MCHID}`, '<xml><a>1</a></xml>', type);
    expect(answer.body).toContain('FAIL');
    expect(world.log.join('')).toContain('"verdict":"unverified"');
  },
);

test('a forged notice changes nothing', async () => {
  await world.open('tea');
  const forged = `<xml><return_code>SUCCESS</return_code><out_trade_no>tea-1</out_trade_no><sign>00</sign></xml>`;
  await post(`/notify/${MCHID}`, forged);
  expect((await world.send('GET', '/v1/orders/tea')).json).toMatchObject({ state: 'open' });
});

test('a body above 64 KiB is refused before it is looked at', async () => {
  expect((await post(`/notify/${MCHID}`, 'x'.repeat(70_000))).statusCode).toBe(413);
});

test('an address that names no merchant number is 404', async () => {
  expect((await post('/notify/me', '<xml/>')).statusCode).toBe(404);
});

/** How often each verdict was given, by the figures. */
async function verdictsIn({ send }: ServiceWorld): Promise<Readonly<Record<string, number>>> {
  const { body } = await send('GET', '/metrics', { apiKey: '' });
  const lines = body.matchAll(/^orderkeeper_notices_total\{verdict="([a-z-]+)"\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, verdict = '', count]) => [verdict, Number(count)]));
}

describe('notices of APIv3', () => {
  let modern: ServiceWorld;

  beforeEach(async () => {
    modern = await createServiceWorld({ merchants: [BOTH] });
    await modern.open('tea-one');
  });

  afterEach(() => modern.close());

  test.each<[string, NoticeEffect, number, string]>([
    ['a probe of WeChat Pay', { kind: 'notice-sign-test' }, 401, 'probe'],
    ['a body that was changed on the way', { kind: 'notice-body-changed' }, 401, 'unverified'],
    ['a key that nobody knows', { kind: 'notice-stranger-key' }, 401, 'unverified'],
    ['a header that is missing', { kind: 'notice-missing-sign' }, 401, 'unverified'],
    ['another amount than was ordered', { kind: 'notice-other-amount' }, 500, 'quarantined'],
  ])(
    '%s moves nothing, is counted by its verdict, and comes again as it should be',
    async (_what, effect, status, verdict) => {
      const { simulator } = modern;
      simulator.faults.add({ effect, moment: 'notice', aim: {}, times: 1 });
      simulator.payer.pay({ outTradeNo: 'tea-one-1' });
      await simulator.notices.settled();
      expect((await modern.send('GET', '/v1/orders/tea-one')).json).toMatchObject({ state: 'open' });
      expect(await verdictsIn(modern)).toEqual({ [verdict]: 1 });
      const [first] = simulator.notices.list()[0]?.tries ?? [];
      expect(first).toMatchObject({ answerStatus: status });
      expect(JSON.parse(first?.answerText ?? '')).toEqual({ code: 'FAIL', message: expect.any(String) });
      await modern.clock.advance(MINUTE);
      expect((await modern.send('GET', '/v1/orders/tea-one')).json).toMatchObject({ state: 'paid' });
      expect(await verdictsIn(modern)).toEqual({ [verdict]: 1, applied: 1 });
    },
  );

  test('one that comes twice is answered with success twice, and told once', async () => {
    const { simulator } = modern;
    simulator.faults.add({ effect: { kind: 'notice-doubled' }, moment: 'notice', aim: {}, times: 1 });
    simulator.payer.pay({ outTradeNo: 'tea-one-1' });
    await simulator.notices.settled();
    expect(await verdictsIn(modern)).toEqual({ applied: 1, repeated: 1 });
    const statuses = simulator.notices.list().flatMap(({ tries }) => tries.map(({ answerStatus }) => answerStatus));
    expect(statuses).toEqual([204, 204]);
  });

  test('a message of one protocol is refused in its own form by a merchant of the other', async () => {
    const classic = await createServiceWorld({ merchants: [CLASSIC] });
    const url = `/notify/${MCHID}`;
    const answer = await classic.app.inject({ method: 'POST', url, payload: { id: 'EV-1' } });
    expect([answer.statusCode, answer.json()]).toEqual([401, { code: 'FAIL', message: expect.any(String) }]);
    await classic.close();
  });
});
