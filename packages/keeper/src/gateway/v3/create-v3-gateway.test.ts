import { createPublicKey, verify } from 'node:crypto';
import { createV3Client } from '@orderkeeper/client';
import { fen, parseOpenid, parseTransactionId } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { Attempt, Prepay, Refund } from '../../core/order.ts';
import { outTradeNoFor } from '../../operations/out-trade-no-for.ts';
import {
  given,
  type KeeperWorld,
  MINUTE,
  NOTIFY_URL,
  orderId,
  outRefundNo,
  SECOND,
  START_MS,
  type WorldChanges,
} from '../../testing/keeper-world.ts';
import { CERTIFICATES, createV3World, KEY_MODES, MERCHANT_IN, V3_MERCHANT } from '../../testing/v3-world.ts';
import type { GatewayOutcome, PaymentGateway } from '../payment-gateway.ts';
import { createV3Gateway } from './create-v3-gateway.ts';

const OPENID = given(parseOpenid('oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'));
const H5 = '{"h5_info":{"type":"Wap"}}';

const attemptOf = (content: Partial<Attempt['content']> = {}): Attempt => ({
  outTradeNo: outTradeNoFor(orderId('G1'), 1, 6),
  protocol: 'v3',
  content: {
    totalFen: fen(1990),
    description: 'tea',
    tradeType: 'NATIVE',
    productId: 'tea',
    expiresAtMs: START_MS + 30 * MINUTE,
    payerIp: '203.0.113.7',
    ...content,
  },
  state: 'creating',
  openedAtMs: START_MS,
  queriesMade: 0,
});

const refundOf = (number = 'REFUND1'): Refund => ({
  outRefundNo: outRefundNo(number),
  outTradeNo: attemptOf().outTradeNo,
  refundFen: fen(10),
  reason: 'asked',
  state: 'asked',
  askedAtMs: 0,
  looksMade: 0,
});

function gatewayOf({ simulator, clock, random }: KeeperWorld, merchant = V3_MERCHANT): PaymentGateway {
  const http = simulator.handle;
  const client = createV3Client({ merchant, http, clock, random });
  return createV3Gateway({ client, merchant, notifyUrl: NOTIFY_URL, clock, random, deadlineMs: 25_000 });
}

function stage(changes: WorldChanges = {}) {
  const world = createV3World(changes);
  const gateway = gatewayOf(world, MERCHANT_IN[changes.keyMode ?? 'certificate']);
  return { world, gateway, finish: world.finish };
}

/** The request of the last call, as WeChat Pay has read it. */
function lastBody({ simulator }: KeeperWorld): unknown {
  const call = simulator.world.calls.list().at(-1);
  const text = call?.requestText ?? '';
  return text === '' ? undefined : JSON.parse(text);
}

describe.each(KEY_MODES)('the gateway of APIv3 with WeChat Pay in mode %s', (keyMode) => {
  test('places, reports a payment, refunds and looks at the refund', async () => {
    const { world, gateway } = stage({ keyMode });
    const placed = await gateway.place(attemptOf());
    expect(placed).toMatchObject({ outcome: 'done', answer: { codeUrl: expect.stringMatching(/^weixin:/) } });
    const unpaid = await gateway.query(attemptOf());
    expect(unpaid).toMatchObject({ outcome: 'done', answer: { tradeState: 'NOTPAY', outTradeNo: 'G1-001' } });
    expect(unpaid).not.toHaveProperty('answer.payment');
    world.simulator.payer.pay({ outTradeNo: 'G1-001' }, { openid: OPENID, coupons: [{ kind: 'CASH', fen: 90 }] });
    const paid = await gateway.query(attemptOf());
    expect(paid).toMatchObject({
      outcome: 'done',
      answer: {
        appid: V3_MERCHANT.appid,
        mchid: V3_MERCHANT.mchid,
        tradeState: 'SUCCESS',
        payment: { totalFen: 1990, cashFen: 1900, feeType: 'CNY', openid: OPENID, paidAtMs: START_MS },
      },
    });
    expect(await gateway.queryRefund(refundOf())).toMatchObject({ outcome: 'done', answer: 'not-found' });
    expect(await gateway.refund(refundOf(), fen(1990))).toMatchObject({
      outcome: 'done',
      answer: { state: 'processing', refundFen: 10, outRefundNo: 'REFUND1' },
    });
    await world.clock.advance(MINUTE);
    expect(await gateway.queryRefund(refundOf())).toMatchObject({
      answer: { state: 'succeeded', finishedAtMs: expect.any(Number) },
    });
    expect(await gateway.query(attemptOf())).toMatchObject({
      answer: { tradeState: 'REFUND', payment: { totalFen: 1990, cashFen: 1900 } },
    });
  });

  test('says of an order that is unknown, closed or paid what the classic gateway says', async () => {
    const { world, gateway } = stage({ keyMode });
    expect(await gateway.query(attemptOf())).toMatchObject({ outcome: 'done', answer: 'not-found' });
    await gateway.place(attemptOf());
    const { outTradeNo } = attemptOf();
    expect(await gateway.close(outTradeNo)).toEqual({ outcome: 'done', answer: 'closed' });
    expect(await gateway.query(attemptOf())).toMatchObject({ answer: { tradeState: 'CLOSED' } });
    expect(await gateway.place(attemptOf())).toMatchObject({ outcome: 'rejected', says: 'order-closed' });

    const other = { ...attemptOf(), outTradeNo: outTradeNoFor(orderId('G2'), 1, 6) };
    await gateway.place(other);
    world.simulator.payer.pay({ outTradeNo: other.outTradeNo });
    expect(await gateway.close(other.outTradeNo)).toMatchObject({ outcome: 'rejected', says: 'order-paid' });
    expect(await gateway.place(other)).toMatchObject({ outcome: 'rejected', says: 'order-paid' });
  });
});

describe('the gateway of APIv3', () => {
  test('keeps the verified answer of every call byte for byte, and names operation and host', async () => {
    const { world, gateway } = stage();
    const outcomes: GatewayOutcome<unknown>[] = [await gateway.place(attemptOf()), await gateway.query(attemptOf())];
    outcomes.push(await gateway.queryRefund(refundOf()));
    expect(outcomes.map(({ evidence }) => evidence?.source)).toEqual([
      'native api.mch.weixin.qq.com',
      'query-by-out-trade-no api.mch.weixin.qq.com',
      'refund-query api.mch.weixin.qq.com',
    ]);
    const texts = outcomes.map(({ evidence }) => Buffer.from(evidence?.body ?? []).toString());
    const answered = world.simulator.world.calls.list().map(({ answerText }) => answerText);
    expect(texts).toEqual(answered.slice(-3));
  });

  test('has no evidence for what nobody has signed, and does not take it for an answer', async () => {
    const { world, gateway, finish } = stage({ switches: { v3ErrorSigning: 'unsigned' } });
    const missing = await finish(gateway.query(attemptOf()));
    expect(missing).toMatchObject({ outcome: 'unknown', code: 'ORDER_NOT_EXIST', says: 'nothing' });
    expect(missing.evidence).toBeUndefined();
    expect(await finish(gateway.queryRefund(refundOf()))).toMatchObject({ outcome: 'unknown' });
    world.simulator.faults.add({ effect: { kind: 'wrong-sign' }, moment: 'after', aim: {} });
    const forged = await finish(gateway.query(attemptOf()));
    expect(forged.outcome).toBe('unknown');
    expect(forged.evidence).toBeUndefined();
  });

  test('R3: a known payment is asked about by its transaction_id', async () => {
    const { world, gateway } = stage();
    const transactionId = given(parseTransactionId('4200000001202611240000000001'));
    expect(await gateway.query({ ...attemptOf(), transactionId })).toMatchObject({ answer: 'not-found' });
    expect(world.calls().at(-1)).toBe('v3/query-by-id');
  });

  test('R2: places again with the very same content, whenever that is', async () => {
    const { world, gateway } = stage();
    const first = await gateway.place(attemptOf({ attach: 'a' }));
    const body = lastBody(world);
    await world.clock.advance(29 * MINUTE + 30 * SECOND);
    const second = await gateway.place(attemptOf({ attach: 'a' }));
    expect([first.outcome, second.outcome]).toEqual(['done', 'done']);
    expect(lastBody(world)).toEqual(body);
  });

  test('a number that was used with other content leaves a doubt, an unfounded request none', async () => {
    const { gateway } = stage();
    await gateway.place(attemptOf());
    expect(await gateway.place(attemptOf({ description: 'coffee' }))).toMatchObject({
      outcome: 'rejected',
      says: 'ask',
      code: 'OUT_TRADE_NO_USED',
    });
    const { gateway: stranger } = stage({ switches: { v3RepeatedOrder: 'INVALID_REQUEST' } });
    await stranger.place(attemptOf());
    expect(await stranger.place(attemptOf({ description: 'coffee' }))).toMatchObject({ says: 'refused' });
  });

  test('R8: a charge is one request, also when its answer leaves everything open', async () => {
    for (const [ending, expected] of [
      ['9203', { outcome: 'unknown', says: 'nothing', code: 'SYSTEM_ERROR' }],
      ['9002', { outcome: 'unknown', says: 'user-paying', code: 'USERPAYING' }],
      ['0001', { outcome: 'done', answer: { tradeState: 'SUCCESS', payment: { totalFen: 1990 } } }],
    ] as const) {
      const { world, gateway, finish } = stage();
      const charge = attemptOf({ tradeType: 'MICROPAY', authCode: `13000000000000${ending}` });
      expect(await finish(gateway.micropay(charge))).toMatchObject(expected);
      expect(world.calls('v3/codepay')).toHaveLength(1);
      expect(world.calls('v3/query-by-number')).toEqual([]);
    }
  });

  test('R8: a charge is taken back, once and again', async () => {
    const { world, gateway, finish } = stage();
    await finish(gateway.micropay(attemptOf({ tradeType: 'MICROPAY', authCode: '130000000000009001' })));
    const { outTradeNo } = attemptOf();
    expect(await gateway.reverse({ outTradeNo })).toMatchObject({ outcome: 'done', answer: 'reversed' });
    expect(await gateway.reverse({ outTradeNo })).toMatchObject({ outcome: 'done', answer: 'reversed' });
    expect(world.truth('G1-001')).toBe('REVOKED');
  });

  test('R12: a refund that waits for a person is abnormal, and one that meets a limit is in doubt', async () => {
    const { world, gateway, finish } = stage({
      settings: { refundEnd: 'CHANGE' },
      switches: { v3RefundInterval: 'FREQUENCY_LIMITED' },
    });
    await gateway.place(attemptOf());
    world.simulator.payer.pay({ outTradeNo: 'G1-001' });
    await gateway.refund(refundOf(), fen(1990));
    const tooSoon = await finish(gateway.refund(refundOf('REFUND2'), fen(1990)));
    expect(tooSoon).toMatchObject({ outcome: 'unknown', code: 'FREQUENCY_LIMITED' });
    await world.clock.advance(MINUTE);
    expect(await gateway.queryRefund(refundOf())).toMatchObject({ answer: { state: 'abnormal' } });
  });
});

describe('what a placing says', () => {
  test.each<[string, Partial<Attempt['content']>, string, object]>([
    [
      'JSAPI',
      { tradeType: 'JSAPI', openid: OPENID },
      'v3/order-jsapi',
      { payer: { openid: OPENID }, scene_info: { payer_client_ip: '203.0.113.7' } },
    ],
    ['an app', { tradeType: 'APP' }, 'v3/order-app', { scene_info: { payer_client_ip: '203.0.113.7' } }],
    [
      'a browser outside of WeChat',
      {
        tradeType: 'MWEB',
        sceneInfo: '{"h5_info":{"type":"IOS","app_name":"tea","bundle_id":"cn.tea"},"store_info":{"id":"S1"}}',
      },
      'v3/order-h5',
      {
        scene_info: {
          payer_client_ip: '203.0.113.7',
          store_info: { id: 'S1' },
          h5_info: { type: 'iOS', app_name: 'tea', bundle_id: 'cn.tea' },
        },
      },
    ],
    [
      'a browser, in the words of the classic API',
      { tradeType: 'MWEB', sceneInfo: '{"h5_info":{"type":"Wap","wap_url":"https://tea.cn","wap_name":"tea"}}' },
      'v3/order-h5',
      { scene_info: { h5_info: { type: 'Wap', app_url: 'https://tea.cn', app_name: 'tea' } } },
    ],
    [
      'a code in a shop',
      { sceneInfo: '{"device_id":"D7","store_info":{"id":"S1"}}' },
      'v3/order-native',
      { scene_info: { payer_client_ip: '203.0.113.7', device_id: 'D7', store_info: { id: 'S1' } } },
    ],
  ])('for %s has what WeChat Pay wants of it', async (_, content, operation, members) => {
    const { world, gateway } = stage();
    const outcome = await gateway.place(attemptOf({ ...content, attach: 'a' }));
    expect(outcome.outcome).toBe('done');
    expect(world.calls().at(-1)).toBe(operation);
    expect(lastBody(world)).toMatchObject({
      ...members,
      out_trade_no: 'G1-001',
      description: 'tea',
      attach: 'a',
      notify_url: NOTIFY_URL,
      time_expire: '2026-11-24T15:30:00+08:00',
      amount: { total: 1990, currency: 'CNY' },
    });
  });

  test('for a code that anybody may scan names no payer’s address, and no product', async () => {
    const { world, gateway } = stage();
    await gateway.place(attemptOf());
    expect(lastBody(world)).not.toHaveProperty('scene_info');
    expect(lastBody(world)).not.toHaveProperty('product_id');
  });
});

describe('what a payer’s client is given by APIv3', () => {
  const PREPAY: Prepay = { prepayId: 'wx201410272009395522657a690389285100', receivedAtMs: START_MS };
  const parametersOf = (content: Partial<Attempt['content']>, prepay: Partial<Prepay> = {}) =>
    gatewayOf(createV3World()).paymentParameters(attemptOf(content), { ...PREPAY, ...prepay }, START_MS);
  const isSigned = (lines: readonly (string | undefined)[], signature: string): boolean =>
    verify(
      'RSA-SHA256',
      Buffer.from(lines.map((line) => `${line}\n`).join('')),
      createPublicKey(CERTIFICATES.merchant.publicKeyPem),
      Buffer.from(signature, 'base64'),
    );

  test('JSAPI parameters are signed by RSA', () => {
    const signed = parametersOf({ tradeType: 'JSAPI', openid: OPENID });
    if (signed.tradeType !== 'JSAPI') throw new Error('no JSAPI parameters');
    const { appId, timeStamp, nonceStr, package: order, signType, paySign } = signed;
    expect([appId, timeStamp, order, signType]).toEqual([
      V3_MERCHANT.appid,
      String(START_MS / SECOND),
      `prepay_id=${PREPAY.prepayId}`,
      'RSA',
    ]);
    expect(isSigned([appId, timeStamp, nonceStr, order], paySign)).toBe(true);
  });

  test('an app gets the names of the classic API, signed by RSA', () => {
    const signed = parametersOf({ tradeType: 'APP' });
    if (signed.tradeType !== 'APP') throw new Error('no parameters for an app');
    const { appid, partnerid, prepayid, package: order, noncestr, timestamp, sign } = signed;
    expect([partnerid, prepayid, order]).toEqual([V3_MERCHANT.mchid, PREPAY.prepayId, 'Sign=WXPay']);
    expect(isSigned([appid, timestamp, noncestr, prepayid], sign)).toBe(true);
  });

  test('a code and an address are passed on, micropay has none, nor has a placing without what its payer needs', () => {
    expect(parametersOf({}, { codeUrl: 'weixin://x' })).toEqual({ tradeType: 'NATIVE', codeUrl: 'weixin://x' });
    const address = { tradeType: 'MWEB', mwebUrl: 'https://x' };
    expect(parametersOf({ tradeType: 'MWEB' }, { mwebUrl: 'https://x' })).toEqual(address);
    expect(() => parametersOf({ tradeType: 'MICROPAY' })).toThrow('micropay');
    expect(() => parametersOf({})).toThrow('without the address');
    expect(() => parametersOf({ tradeType: 'APP' }, { prepayId: '' })).toThrow('prepay id');
  });
});

describe('what can be sent by APIv3', () => {
  test.each<[Partial<Attempt['content']>, string]>([
    [{}, 'ok'],
    [{ tradeType: 'JSAPI', openid: OPENID }, 'ok'],
    [{ tradeType: 'APP' }, 'ok'],
    [{ tradeType: 'MWEB', sceneInfo: H5 }, 'ok'],
    [{ tradeType: 'MICROPAY', authCode: '130000000000000001' }, 'ok'],
    [{ description: '茶'.repeat(42) }, 'ok'],
    [{ description: '茶'.repeat(43) }, 'description'],
    [{ description: '🍵' }, 'description'],
    [{ tradeType: 'MICROPAY' }, 'authCode'],
    [{ tradeType: 'JSAPI' }, 'openid'],
    [{ tradeType: 'MWEB' }, 'h5_info'],
    [{ tradeType: 'MWEB', sceneInfo: '{"store_info":{"id":"S1"}}' }, 'h5_info'],
    [{ sceneInfo: 'no json' }, 'sceneInfo'],
    [{ attach: 'x'.repeat(129) }, 'attach'],
  ])('content %o is %s', (content, verdict) => {
    const checked = gatewayOf(createV3World()).check(attemptOf(content));
    if (verdict === 'ok') expect(checked).toEqual({ ok: true, value: undefined });
    else
      expect(checked).toMatchObject({
        ok: false,
        reason: 'content-invalid',
        message: expect.stringContaining(verdict),
      });
  });

  test.each([
    ['tea', 'ok'],
    ['茶'.repeat(26), 'ok'],
    ['茶'.repeat(27), 'reason'],
    ['🍵', 'reason'],
  ])('a refund with the note %s is %s, whatever its amount has to do with the payment', (note, verdict) => {
    const checked = gatewayOf(createV3World()).checkRefund({ ...refundOf(), note });
    expect(checked.ok ? 'ok' : checked.message).toContain(verdict);
  });

  test('a number of fewer than six characters cannot be sent, which is why the gateway says so', () => {
    const gateway = gatewayOf(createV3World());
    const short = { ...attemptOf(), outTradeNo: outTradeNoFor(orderId('G1'), 1) };
    expect(gateway.outTradeNoLengthMin).toBe(6);
    expect(gateway.check(short)).toMatchObject({ message: expect.stringContaining('out_trade_no') });
  });
});
