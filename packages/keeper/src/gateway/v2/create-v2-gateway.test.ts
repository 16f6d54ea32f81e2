import { fen, parseOpenid, parseTransactionId, readXml, signFields } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { Attempt, Prepay } from '../../core/order.ts';
import { outTradeNoFor } from '../../operations/out-trade-no-for.ts';
import {
  createKeeperWorld,
  given,
  type KeeperWorld,
  MERCHANT,
  MINUTE,
  NOTIFY_URL,
  orderId,
  outRefundNo,
  START_MS,
} from '../../testing/keeper-world.ts';
import type { GatewayOutcome, PaymentGateway } from '../payment-gateway.ts';
import { createV2Gateway } from './create-v2-gateway.ts';

const OPENID = given(parseOpenid('oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'));

const attemptOf = (content: Partial<Attempt['content']> = {}): Attempt => ({
  outTradeNo: outTradeNoFor(orderId('G1'), 1),
  protocol: 'v2',
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

function gatewayOf({ simulator, clock, random }: KeeperWorld): PaymentGateway {
  return createV2Gateway({
    merchant: MERCHANT,
    notifyUrl: NOTIFY_URL,
    http: simulator.handle,
    clock,
    random,
    deadlineMs: 25_000,
  });
}

const PREPAY: Prepay = { prepayId: 'wx201410272009395522657a690389285100', receivedAtMs: START_MS };

describe('the gateway of the classic API', () => {
  test('keeps the verified answer of every call byte for byte, and names operation and host', async () => {
    const world = createKeeperWorld();
    const gateway = gatewayOf(world);
    const attempt = attemptOf();
    const outcomes: GatewayOutcome<unknown>[] = [await gateway.place(attempt), await gateway.query(attempt)];
    await world.clock.advance(5 * MINUTE);
    outcomes.push(await gateway.close(attempt.outTradeNo));
    expect(outcomes.map(({ evidence }) => evidence?.source)).toEqual([
      'unifiedorder api.mch.weixin.qq.com',
      'orderquery api.mch.weixin.qq.com',
      'closeorder api.mch.weixin.qq.com',
    ]);
    for (const { evidence } of outcomes) {
      const fields = given(readXml(evidence?.body ?? new Uint8Array()));
      expect(fields.get('sign')).toBe(signFields(fields, MERCHANT.apiKey, 'HMAC-SHA256'));
    }
  });

  test('has no evidence for what nobody has signed', async () => {
    const world = createKeeperWorld();
    world.simulator.faults.add({ effect: { kind: 'wrong-sign' }, moment: 'after', aim: {} });
    const outcome = await world.finish(gatewayOf(world).query(attemptOf()));
    expect(outcome.outcome).toBe('unknown');
    expect(outcome.evidence).toBeUndefined();
  });

  test('says not-found with evidence when a signed answer says so', async () => {
    const outcome = await gatewayOf(createKeeperWorld()).query(attemptOf());
    expect(outcome).toMatchObject({
      outcome: 'done',
      answer: 'not-found',
      evidence: { source: 'orderquery api.mch.weixin.qq.com' },
    });
  });

  test('R3: a known payment is asked about by its transaction_id', async () => {
    const world = createKeeperWorld();
    const transactionId = given(parseTransactionId('4200000001202611240000000001'));
    await gatewayOf(world).query({ ...attemptOf(), transactionId });
    const [call] = world.simulator.world.calls.list();
    expect([call?.fields.get('transaction_id'), call?.fields.has('out_trade_no')]).toEqual([transactionId, false]);
  });

  test('reports a payment with what WeChat Pay vouches for', async () => {
    const world = createKeeperWorld();
    const gateway = gatewayOf(world);
    await gateway.place(attemptOf());
    world.simulator.payer.pay({ outTradeNo: 'G1-1' }, { openid: OPENID, coupons: [{ kind: 'CASH', fen: 90 }] });
    expect(await gateway.query(attemptOf())).toMatchObject({
      outcome: 'done',
      answer: {
        appid: MERCHANT.appid,
        mchid: MERCHANT.mchid,
        tradeState: 'SUCCESS',
        payment: { totalFen: 1990, cashFen: 1900, openid: OPENID, bankType: 'OTHERS', paidAtMs: START_MS },
      },
    });
  });

  test('R12: a refund is accepted, looked at and found by its number', async () => {
    const world = createKeeperWorld();
    const gateway = gatewayOf(world);
    await gateway.place(attemptOf());
    world.simulator.payer.pay({ outTradeNo: 'G1-1' });
    const { outTradeNo } = attemptOf();
    const refund = {
      outRefundNo: outRefundNo('R1'),
      outTradeNo,
      refundFen: fen(10),
      reason: 'asked',
      state: 'asked',
      askedAtMs: 0,
      looksMade: 0,
    } as const;
    expect(await gateway.queryRefund(refund)).toMatchObject({ outcome: 'done', answer: 'not-found' });
    const accepted = await gateway.refund(refund, fen(1990));
    expect(accepted).toMatchObject({ outcome: 'done', answer: { state: 'processing', refundFen: 10 } });
    await world.clock.advance(MINUTE);
    expect(await gateway.queryRefund(refund)).toMatchObject({
      outcome: 'done',
      answer: { state: 'succeeded', outRefundNo: 'R1' },
    });
  });

  test('R8: a charge is one request, also when its answer leaves everything open', async () => {
    const world = createKeeperWorld();
    const charge = attemptOf({ tradeType: 'MICROPAY', authCode: '130000000000009203' });
    const outcome = await world.finish(gatewayOf(world).micropay(charge));
    expect(outcome).toMatchObject({ outcome: 'unknown', code: 'SYSTEMERROR' });
    expect(world.calls()).toEqual(['micropay']);
  });
});

describe('what a payer’s client is given', () => {
  const parametersOf = (content: Partial<Attempt['content']>, prepay: Partial<Prepay> = {}) =>
    gatewayOf(createKeeperWorld()).paymentParameters(attemptOf(content), { ...PREPAY, ...prepay }, START_MS);

  test('JSAPI parameters are signed as the order was', () => {
    const { tradeType, ...signed } = parametersOf({ tradeType: 'JSAPI', openid: OPENID });
    if (tradeType !== 'JSAPI' || !('paySign' in signed)) throw new Error('no JSAPI parameters');
    const { paySign, ...rest } = signed;
    expect(rest).toMatchObject({
      appId: MERCHANT.appid,
      package: `prepay_id=${PREPAY.prepayId}`,
      signType: 'HMAC-SHA256',
    });
    const fields = new Map(Object.entries(rest));
    expect(paySign).toBe(signFields(fields, MERCHANT.apiKey, 'HMAC-SHA256'));
  });

  test('an app gets its own names, a code and an address are passed on', () => {
    expect(parametersOf({ tradeType: 'APP' })).toMatchObject({
      tradeType: 'APP',
      partnerid: MERCHANT.mchid,
      package: 'Sign=WXPay',
    });
    expect(parametersOf({}, { codeUrl: 'weixin://x' })).toEqual({ tradeType: 'NATIVE', codeUrl: 'weixin://x' });
    expect(parametersOf({ tradeType: 'MWEB' }, { mwebUrl: 'https://x' })).toEqual({
      tradeType: 'MWEB',
      mwebUrl: 'https://x',
    });
  });

  test('there are none for micropay, nor for a placing without its address', () => {
    expect(() => parametersOf({ tradeType: 'MICROPAY' })).toThrow('micropay');
    expect(() => parametersOf({})).toThrow('without the address');
  });
});

describe('what can be sent', () => {
  test.each([
    [{ tradeType: 'JSAPI' as const, openid: OPENID }, 'ok'],
    [{ tradeType: 'APP' as const }, 'ok'],
    [{ tradeType: 'MICROPAY' as const, authCode: '130000000000000001' }, 'ok'],
    [{ tradeType: 'MICROPAY' as const }, 'authCode'],
    [{ tradeType: 'JSAPI' as const }, 'openid'],
    [{ attach: 'x'.repeat(128) }, 'attach'],
    [{ description: '🍵' }, 'body'],
  ])('content %o is %s', (content, verdict) => {
    const checked = gatewayOf(createKeeperWorld()).check(attemptOf(content));
    if (verdict === 'ok') expect(checked.ok).toBe(true);
    else
      expect(checked).toMatchObject({
        ok: false,
        reason: 'content-invalid',
        message: expect.stringContaining(verdict),
      });
  });
});
