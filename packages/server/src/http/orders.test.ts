import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HttpFailure } from '@orderkeeper/ports';
import { parseMchid } from '@orderkeeper/protocol';
import { createServiceWorld, orderBody, type ServiceWorld } from './testing/service-world.ts';
import { CLASSIC, given, MCHID, MINUTE, SECOND, SPEAKS } from './testing/shop.ts';

let world: ServiceWorld;

beforeEach(async () => {
  world = await createServiceWorld();
});

afterEach(() => world.close());

const codesOf = (json: Readonly<Record<string, unknown>>): unknown => json['code'];

describe('opening', () => {
  test('an order is answered with 201, its place, and what its payer needs', async () => {
    const { status, headers, json } = await world.open('tea/1');
    expect(status).toBe(201);
    expect(headers['location']).toBe('/v1/orders/tea%2F1');
    expect(json).toMatchObject({
      order: { orderId: 'tea/1', mchid: MCHID, totalFen: 1990, state: 'open', createdAt: '2026-11-24T07:00:00.000Z' },
      parameters: { tradeType: 'NATIVE', codeUrl: expect.stringContaining('weixin://wxpay/') },
    });
  });

  test('the same order again is the same order, placed once', async () => {
    const first = await world.open('tea');
    const second = await world.open('tea');
    expect(second.status).toBe(201);
    expect(second.json['order']).toEqual(first.json['order']);
    expect(world.simulator.world.ledger.orders()).toHaveLength(1);
  });

  test('the same number with other content is refused and changes nothing', async () => {
    await world.open('tea');
    const { status, json } = await world.open('tea', { totalFen: 2990 });
    expect([status, codesOf(json)]).toEqual([409, 'order-exists-different']);
    expect((await world.send('GET', '/v1/orders/tea')).json).toMatchObject({ totalFen: 1990 });
  });

  test('every wrong field is named by its pointer, without repeating what was sent', async () => {
    const { status, json, body } = await world.send('POST', '/v1/orders', {
      body: {
        ...orderBody('has blanks'),
        totalFen: 19.9,
        payerIp: 'secret-place',
        colour: 'red',
        tradeType: undefined,
      },
    });
    expect([status, codesOf(json)]).toEqual([400, 'invalid-request']);
    expect(json['errors']).toEqual([
      { pointer: '/orderId', detail: expect.stringContaining('visible ASCII') },
      { pointer: '/totalFen', detail: expect.stringContaining('whole number of fen') },
      { pointer: '/tradeType', detail: 'must be JSAPI, NATIVE, APP or MWEB' },
      { pointer: '/payerIp', detail: 'must be an IPv4 or IPv6 address' },
      { pointer: '/colour', detail: 'is not known here' },
    ]);
    expect(body).not.toContain('secret-place');
  });

  test('the expiry is taken as text with its zone or in milliseconds, and not in both', async () => {
    const expiresAt = '2026-11-24T15:20:00+08:00';
    const asText = await world.open('a', { expiresAt });
    const asNumber = await world.open('b', { expiresAtMs: Date.parse(expiresAt) });
    expect(asText.json['order']).toMatchObject({ expiresAt: '2026-11-24T07:20:00.000Z' });
    expect(asNumber.json['order']).toMatchObject({ expiresAtMs: Date.parse(expiresAt) });
    const both = await world.open('c', { expiresAt, expiresAtMs: Date.parse(expiresAt) });
    expect(both.json['errors']).toEqual([{ pointer: '/expiresAtMs', detail: expect.stringContaining('one of both') }]);
  });

  test('an unanswered placing is 202 without parameters; they follow at their own address', async () => {
    let isDown = true;
    const broken = await createServiceWorld({
      http: (http) => (request) =>
        isDown ? Promise.reject(new HttpFailure('connection-lost', 'maybe-sent', 'cut')) : http(request),
    });
    const { status, headers, json } = await broken.finish(broken.open('tea'));
    expect([status, headers['retry-after'], json['parameters']]).toEqual([202, '2', undefined]);
    isDown = false;
    await broken.pass(5 * MINUTE);
    const parameters = await broken.send('GET', '/v1/orders/tea/parameters');
    expect(parameters.json).toMatchObject({ parameters: { tradeType: 'NATIVE' } });
    await broken.close();
  });

  test('an order in a protocol that the merchant does not speak is refused by its own code and changes nothing', async () => {
    const { status, json } = await world.open('tea', { protocol: 'v3' });
    expect([status, codesOf(json)]).toEqual([422, 'protocol-not-spoken']);
    expect((await world.send('GET', '/v1/orders/tea')).status).toBe(404);
    expect((await world.open('tea', { protocol: 'v4' })).json['errors']).toEqual([
      { pointer: '/protocol', detail: 'must be v2 or v3' },
    ]);
  });

  test('with several merchants the order must name one of them', async () => {
    const mchid = given(parseMchid('1900000999'));
    const other = { mchid, speaks: { v2: { ...SPEAKS.v2, mchid } } };
    const two = await createServiceWorld({ merchants: [CLASSIC, other] });
    const unnamed = await two.open('tea');
    expect([unnamed.status, codesOf(unnamed.json)]).toEqual([422, 'no-such-merchant']);
    const unknown = await two.open('tea', { mchid: '1900000111' });
    expect([unknown.status, codesOf(unknown.json)]).toEqual([422, 'no-such-merchant']);
    expect((await two.open('tea', { mchid: MCHID })).status).toBe(201);
    await two.close();
  });
});

describe('looking', () => {
  test('?fresh asks WeChat Pay, and finds a payment whose notice was lost', async () => {
    const deaf = await createServiceWorld({ notices: 'are-lost' });
    await deaf.open('tea');
    deaf.simulator.payer.pay({ outTradeNo: 'tea-1' });
    await deaf.clock.advance(3 * SECOND);
    expect((await deaf.send('GET', '/v1/orders/tea')).json).toMatchObject({ state: 'open' });
    expect((await deaf.send('GET', '/v1/orders/tea?fresh')).json).toMatchObject({
      state: 'paid',
      paidBy: 'tea-1',
      attempts: [{ state: 'paid', payment: { totalFen: 1990, learnedBy: 'query' } }],
    });
    await deaf.close();
  });

  test('orders are listed newest first, a page at a time, and by state', async () => {
    for (const orderId of ['a', 'b', 'c']) await world.open(orderId);
    world.simulator.payer.pay({ outTradeNo: 'b-1' });
    await world.pass(SECOND);
    const first = await world.send('GET', '/v1/orders?limit=2');
    expect(first.json['orders']).toMatchObject([{ orderId: 'c' }, { orderId: 'b' }]);
    const second = await world.send('GET', `/v1/orders?limit=2&cursor=${String(first.json['nextCursor'])}`);
    expect(second.json).toMatchObject({ orders: [{ orderId: 'a' }] });
    expect(second.json).not.toHaveProperty('nextCursor');
    expect((await world.send('GET', '/v1/orders?state=paid')).json['orders']).toMatchObject([{ orderId: 'b' }]);
  });

  test('a wrong query is named by its parameter', async () => {
    const { json } = await world.send('GET', '/v1/orders?limit=0&cursor=x&colour=red');
    expect(json['errors']).toEqual([
      { parameter: 'limit', detail: expect.any(String) },
      { parameter: 'cursor', detail: expect.stringContaining('not one that a page of orders has given out') },
      { parameter: 'colour', detail: 'is not known here' },
    ]);
  });

  test('an order that is not there is 404 at every address', async () => {
    for (const path of ['', '/parameters', '/timeline', '/explain']) {
      const { status, json } = await world.send('GET', `/v1/orders/none${path}`);
      expect([path, status, codesOf(json)]).toEqual([path, 404, 'no-such-order']);
    }
    for (const path of ['/attempts', '/close']) {
      const { status, json } = await world.send('POST', `/v1/orders/none${path}`);
      expect([path, status, codesOf(json)]).toEqual([path, 404, 'no-such-order']);
    }
  });

  test('the timeline has every step with the message of WeChat Pay that brought it', async () => {
    await world.open('tea');
    world.simulator.payer.pay({ outTradeNo: 'tea-1' });
    await world.pass(SECOND);
    const { json } = await world.send('GET', '/v1/orders/tea/timeline');
    expect(json['entries']).toMatchObject([
      { position: 1, source: 'merchant', observation: { kind: 'attempt-wanted' } },
      {
        position: 2,
        source: 'place',
        evidence: { encoding: 'utf-8', content: expect.stringContaining('<prepay_id>') },
      },
      { position: 3, source: 'notice', evidence: { content: expect.stringContaining('<transaction_id>') } },
    ]);
  });

  test('the explanation says what comes next and when', async () => {
    await world.open('tea');
    const { json } = await world.send('GET', '/v1/orders/tea/explain');
    expect(json).toMatchObject({ state: 'open', why: 'waiting-for-payer', next: [{ duty: 'query tea-1' }] });
  });
});

describe('ending', () => {
  test('a close is 202 while the order is too young, and 200 once it is closed', async () => {
    await world.open('tea');
    const wanted = await world.send('POST', '/v1/orders/tea/close');
    expect(wanted.status).toBe(202);
    expect(wanted.json).toMatchObject({ state: 'open', ending: { because: 'asked' } });
    await world.pass(6 * MINUTE);
    const closed = await world.send('POST', '/v1/orders/tea/close');
    expect(closed.status).toBe(200);
    expect(closed.json).toMatchObject({ state: 'closed', attempts: [{ receipt: { proof: 'closed-at-wechat' } }] });
  });

  test('the payer tries again with the same attempt while it serves', async () => {
    await world.open('tea');
    const { status, json } = await world.send('POST', '/v1/orders/tea/attempts', { body: {} });
    expect([status, json['order']]).toEqual([201, expect.objectContaining({ attempts: [expect.anything()] })]);
  });

  test('paying in another way waits until the old attempt can be closed', async () => {
    await world.open('tea');
    const body = { tradeType: 'APP' };
    const early = await world.send('POST', '/v1/orders/tea/attempts', { body });
    expect([early.status, codesOf(early.json)]).toEqual([409, 'not-closable-yet']);
    await world.pass(6 * MINUTE);
    const { status, json } = await world.send('POST', '/v1/orders/tea/attempts', { body });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      order: { attempts: [{ state: 'closed' }, { state: 'open', tradeType: 'APP' }] },
      parameters: { tradeType: 'APP' },
    });
  });

  test('a refund is 202 while it is under way, and counted once it has succeeded', async () => {
    await world.open('tea');
    world.simulator.payer.pay({ outTradeNo: 'tea-1' });
    await world.pass(SECOND);
    const body = { outRefundNo: 'back-1', refundFen: 990, note: 'cold' };
    const asked = await world.send('POST', '/v1/orders/tea/refunds', { body });
    expect([asked.status, asked.json['refundedFen']]).toEqual([202, 0]);
    await world.pass(MINUTE);
    const { status, json } = await world.send('POST', '/v1/orders/tea/refunds', { body });
    expect(status).toBe(200);
    expect(json).toMatchObject({ state: 'paid', refundedFen: 990, refunds: [{ state: 'succeeded', note: 'cold' }] });
  });

  test('what cannot be refunded is refused by its own code', async () => {
    await world.open('tea');
    const refund = (outRefundNo: string, refundFen: number) =>
      world.send('POST', '/v1/orders/tea/refunds', { body: { outRefundNo, refundFen } });
    expect(codesOf((await refund('a', 1)).json)).toBe('not-paid');
    world.simulator.payer.pay({ outTradeNo: 'tea-1' });
    await world.pass(SECOND);
    expect(codesOf((await refund('a', 1991)).json)).toBe('refund-too-large');
    await refund('a', 10);
    expect(codesOf((await refund('a', 11)).json)).toBe('refund-exists-different');
  });

  test('a charged code is 200 when it is paid, 202 while the payer enters the password, and never shown again', async () => {
    const charge = (orderId: string, authCode: string) =>
      world.send('POST', '/v1/micropay', {
        body: { orderId, totalFen: 100, description: 'tea', authCode, payerIp: '203.0.113.7' },
      });
    const paid = await charge('quick', '130000000000000001');
    expect([paid.status, paid.json['order']]).toEqual([200, expect.objectContaining({ state: 'paid' })]);
    const asking = await charge('slow', '130000000000009002');
    expect([asking.status, asking.json['order']]).toEqual([202, expect.objectContaining({ state: 'open' })]);
    for (const path of ['/v1/orders/slow', '/v1/orders/slow/timeline'])
      expect((await world.send('GET', path)).body).not.toContain('130000000000009002');
  });
});
