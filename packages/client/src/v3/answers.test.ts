import { inspect } from 'node:util';
import { fen, parseRefundId } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import { START_MS, valueOf } from '../testing/test-world.ts';
import { CERTIFICATE, createCertificate, knownCertificate, PROVIDER, PUBLIC_KEY } from '../testing/v3-keys.ts';
import {
  createV3World,
  OTHER_MCHID,
  OUT_REFUND_NO,
  OUT_TRADE_NO,
  PAID,
  paid,
  REFUNDED,
  refused,
  signed,
  signedAt,
  TRANSACTION_ID,
  unpaidMembers,
  unsigned,
  type V3Reaction,
} from '../testing/v3-world.ts';

const query = { outTradeNo: OUT_TRADE_NO };
const PAID_TEXT = JSON.stringify(PAID);
const ORDER = {
  outTradeNo: OUT_TRADE_NO,
  description: 'tea',
  totalFen: fen(100),
  notifyUrl: 'https://shop.example.com/wxpay/notify',
};
const DAY_MS = 86_400_000;

describe('an answer that is true', () => {
  test('is done, and its bytes are the evidence', async () => {
    const { client } = createV3World([paid]);
    const outcome = await client.queryByOutTradeNo(query);
    expect(outcome).toMatchObject({
      outcome: 'done',
      answer: { tradeState: 'SUCCESS', totalFen: 100, transactionId: TRANSACTION_ID, mchid: '1900000001' },
      attempts: [{ status: 200, delivery: 'maybe-sent' }],
    });
    expect(Buffer.from(outcome.answerBytes ?? []).toString()).toBe(PAID_TEXT);
  });

  test('is done with 204 and no body', async () => {
    const { client } = createV3World([signed(undefined, { status: 204 })]);
    expect(await client.close(query)).toMatchObject({ outcome: 'done', answer: {} });
  });

  test('is a refusal with a code, its meaning and all that helps', async () => {
    const headers = { 'request-id': '08DAF1A7B50610FB0318FCB3C05520D5232891CE04-268892709' };
    const { client } = createV3World([refused(403, 'NOT_ENOUGH', { headers })]);
    const request = { outTradeNo: OUT_TRADE_NO, outRefundNo: OUT_REFUND_NO, totalFen: fen(100), refundFen: fen(40) };
    const outcome = await client.refund(request);
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'NOT_ENOUGH', attempts: [{ code: 'NOT_ENOUGH' }] });
    expect('message' in outcome && outcome.message).toContain('message of NOT_ENOUGH');
    expect('message' in outcome && outcome.message).toContain('sub-code 268892709: the balance of the basic account');
    expect('message' in outcome && outcome.message).toContain('Request-ID 08DAF1A7B5');
    expect(outcome.answerBytes?.byteLength).toBeGreaterThan(0);
  });

  test('is told by its code in either spelling', async () => {
    const { client } = createV3World([refused(404, 'ORDERNOTEXIST'), refused(404, 'ORDER_NOT_EXIST')]);
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'rejected', code: 'ORDER_NOT_EXIST' });
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'rejected', code: 'ORDER_NOT_EXIST' });
  });

  test('is logged without payer and without its bytes', async () => {
    const { client } = createV3World([signed({ ...PAID, out_trade_no: 'ANOTHER' })]);
    const outcome = await client.queryByOutTradeNo(query);
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'other-number' });
    expect(inspect(outcome, { depth: 9 })).not.toContain('oUpF8uMuAJO');
    expect(JSON.stringify(outcome)).not.toContain('oUpF8uMuAJO');
  });
});

describe("an answer that is not WeChat Pay's word", () => {
  const expired = createCertificate('0A01', { keyName: 'platform-private-key', fromMs: 0, untilMs: START_MS - DAY_MS });
  const future = createCertificate('0A02', {
    keyName: 'platform-private-key',
    fromMs: START_MS + DAY_MS,
    untilMs: START_MS + 2 * DAY_MS,
  });
  const cases: readonly [string, V3Reaction, string][] = [
    [
      'is signed with another key',
      signed(PAID, { by: { ...CERTIFICATE, serial: PUBLIC_KEY.serial } }),
      'signature-mismatch',
    ],
    ['was changed', signed(PAID, { arriving: PAID_TEXT.replaceAll('100', '999') }), 'signature-mismatch'],
    ['got a blank more', signed(PAID, { arriving: `${PAID_TEXT} ` }), 'signature-mismatch'],
    ['names an unknown public key', signed(PAID, { by: { ...PUBLIC_KEY, serial: 'PUB_KEY_ID_77' } }), 'unknown-serial'],
    ['names an unknown certificate', signed(PAID, { by: CERTIFICATE }), 'unknown-serial'],
    ['is signed with an expired certificate', signed(PAID, { by: expired }), 'key-not-valid'],
    ['is signed with a certificate that is not valid yet', signed(PAID, { by: future }), 'key-not-valid'],
    ['lacks its timestamp', signed(PAID, { without: ['wechatpay-timestamp'] }), 'header-missing'],
    ['lacks its nonce', signed(PAID, { without: ['wechatpay-nonce'] }), 'header-missing'],
    ['lacks its signature', signed(PAID, { without: ['wechatpay-signature'] }), 'header-missing'],
    ['lacks its serial', signed(PAID, { without: ['wechatpay-serial'] }), 'header-missing'],
    ['is not signed at all', unsigned(200, PAID_TEXT), 'header-missing'],
    ['is signed in another way', signed(PAID, { headers: { 'wechatpay-signature-type': 'SM2' } }), 'header-malformed'],
    ['has a timestamp that is none', signed(PAID, { headers: { 'wechatpay-timestamp': 'now' } }), 'header-malformed'],
    ['is five minutes old', signed(PAID, { aheadMs: -300_000 }), 'clock-skew'],
    ['comes five minutes before its time', signed(PAID, { aheadMs: 300_000 }), 'clock-skew'],
  ];

  test.each(cases)('because it %s, is unknown, once', async (_, reaction, reason) => {
    const { client, requests, finish } = createV3World([reaction]);
    client.keys.add([expired, future].map(knownCertificate));
    const outcome = await finish(client.queryByOutTradeNo(query));
    expect(outcome).toMatchObject({ outcome: 'unknown', reason });
    expect(outcome.answerBytes).toBeUndefined();
    expect(requests).toHaveLength(1);
  });

  test.each(cases)('because it %s, does not place an order either', async (_, reaction, reason) => {
    const { client, finish } = createV3World([reaction]);
    client.keys.add([expired, future].map(knownCertificate));
    expect(await finish(client.native(ORDER))).toMatchObject({ outcome: 'unknown', reason });
  });

  test.each([
    ['404', 404],
    ['403', 403],
  ])('is no refusal either, with status %s and a wrong signature', async (_, status) => {
    const { client } = createV3World([
      refused(status, 'ORDER_NOT_EXIST', { by: { ...CERTIFICATE, serial: PUBLIC_KEY.serial } }),
    ]);
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'unknown', reason: 'signature-mismatch' });
  });

  test('because it is 299 seconds old is believed: clocks differ', async () => {
    const { client } = createV3World([signed(PAID, { aheadMs: -299_000 }), signed(PAID, { aheadMs: 299_000 })]);
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done' });
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done' });
  });
});

describe('an answer under another status than it was given with', () => {
  test.each<[string, V3Reaction, string]>([
    ['an order as a refusal', signed(PAID, { status: 404 }), 'http-status'],
    ['a refusal as an order', signed({ code: 'ORDER_NOT_EXIST', message: 'x' }), 'field-missing'],
    ['an empty one as a refusal', signed(undefined, { status: 403 }), 'http-status'],
    ['an order as done without content', signed(PAID, { status: 204 }), 'http-status'],
  ])('says nothing: %s', async (_, reaction, reason) => {
    const { client } = createV3World([reaction]);
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'unknown', reason });
  });

  test('does not close an order: what has a body is no 204', async () => {
    const { client } = createV3World([signed({ code: 'TRADE_ERROR', message: 'x' }, { status: 204 })]);
    expect(await client.close(query)).toMatchObject({ outcome: 'unknown', reason: 'http-status' });
  });
});

describe('a probe', () => {
  const probe: V3Reaction = (_, nowMs) => {
    const answer = signedAt(nowMs, PAID_TEXT);
    const signature = `WECHATPAY/SIGNTEST/${answer.headers['wechatpay-signature'] ?? ''}`;
    return { ...answer, headers: { ...answer.headers, 'wechatpay-signature': signature } };
  };

  test('is asked again, at the same host, and the true answer counts', async () => {
    const { client, requests, finish } = createV3World([probe, paid]);
    expect(await finish(client.queryByOutTradeNo(query))).toMatchObject({ outcome: 'done' });
    expect(new Set(requests.map(({ url }) => url)).size).toBe(1);
  });

  test('that never ends is unknown', async () => {
    const { client, requests, finish } = createV3World([probe]);
    expect(await finish(client.queryByOutTradeNo(query))).toMatchObject({ outcome: 'unknown', reason: 'probe' });
    expect(requests).toHaveLength(4);
  });
});

describe('an answer that was given before', () => {
  test('is a replay, for the same question and for another', async () => {
    const canned = signedAt(START_MS, PAID_TEXT);
    const { client } = createV3World([() => canned]);
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done' });
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'unknown', reason: 'replayed' });
    expect(await client.queryById({ transactionId: TRANSACTION_ID })).toMatchObject({ reason: 'replayed' });
  });

  test('does not close a second order, although 204 names none', async () => {
    const canned = signedAt(START_MS, '', { status: 204 });
    const { client } = createV3World([() => canned]);
    expect(await client.close(query)).toMatchObject({ outcome: 'done' });
    expect(await client.close(query)).toMatchObject({ outcome: 'unknown', reason: 'replayed' });
  });

  test('is remembered as long as its signature can be valid', async () => {
    const canned = signedAt(START_MS, PAID_TEXT, { aheadMs: 290_000 });
    const { client, clock } = createV3World([() => canned]);
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done' });
    await clock.advance(580_000);
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'unknown', reason: 'replayed' });
  });
});

describe('a true answer about something else', () => {
  test.each([
    ['another order', { ...PAID, out_trade_no: 'ORDER20261124002' }, 'other-number'],
    ['another merchant', { ...PAID, mchid: OTHER_MCHID }, 'other-merchant'],
    ['an order of a sub-merchant', { ...PAID, sub_mchid: OTHER_MCHID }, 'other-merchant'],
  ])('is no answer to a query by number: %s', async (_, members, reason) => {
    const { client } = createV3World([signed(members)]);
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'unknown', reason });
  });

  test('is no answer to a query by id: another transaction', async () => {
    const { client } = createV3World([signed({ ...PAID, transaction_id: '4200000001202611240000000002' })]);
    const outcome = await client.queryById({ transactionId: TRANSACTION_ID });
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'other-number' });
  });

  test('an unpaid order has no transaction id to compare', async () => {
    const { client } = createV3World([signed(unpaidMembers('NOTPAY'))]);
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done', answer: { tradeState: 'NOTPAY' } });
  });

  test.each([
    ['another refund', { out_refund_no: 'REFUND2' }, 'other-number'],
    ['another order', { out_trade_no: 'ORDER2' }, 'other-number'],
    ['another amount', { amount: { ...REFUNDED.amount, refund: 41 } }, 'other-amount'],
    ['another total', { amount: { ...REFUNDED.amount, total: 101 } }, 'other-amount'],
  ])('is no answer to a refund: %s', async (_, members, reason) => {
    const { client } = createV3World([signed({ ...REFUNDED, ...members })]);
    const request = { outTradeNo: OUT_TRADE_NO, outRefundNo: OUT_REFUND_NO, totalFen: fen(100), refundFen: fen(40) };
    expect(await client.refund(request)).toMatchObject({ outcome: 'unknown', reason });
  });

  test('is no answer to an abnormal refund: another refund id', async () => {
    const { client } = createV3World([signed(REFUNDED)]);
    const refundId = valueOf(parseRefundId('1'));
    const request = { refundId, outRefundNo: OUT_REFUND_NO, type: 'MERCHANT_BANK_CARD' } as const;
    expect(await client.abnormalRefund(request)).toMatchObject({ outcome: 'unknown', reason: 'other-number' });
  });

  test('a provider gets the orders of the sub-merchant that was meant, and of no other', async () => {
    const { mchid: _, appid, ...members } = PAID;
    const ofProvider = { ...members, sp_appid: appid, sp_mchid: PROVIDER.mchid, sub_mchid: PROVIDER.subMchid };
    const { client } = createV3World(
      [
        signed(ofProvider),
        signed({ ...ofProvider, sub_mchid: '1900000777' }),
        signed({ ...ofProvider, sp_mchid: '1' }),
      ],
      { merchant: PROVIDER },
    );
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'done' });
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'unknown', reason: 'other-merchant' });
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'unknown', reason: 'other-merchant' });
  });
});

describe('an answer that lacks what it is about', () => {
  test.each([
    ['its state', { ...PAID, trade_state: '' }, 'field-missing'],
    ['its amount', { ...PAID, amount: {} }, 'field-missing'],
    ['a state that there is', { ...PAID, trade_state: 'PAYED' }, 'field-invalid'],
  ])('is unknown: %s', async (_, members, reason) => {
    const { client } = createV3World([signed(members)]);
    expect(await client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'unknown', reason });
  });
});
