import { parseFen, parseRefundId } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import {
  answer,
  answerText,
  createTestWorld,
  failed,
  MERCHANT,
  OUT_REFUND_NO,
  OUT_TRADE_NO,
  PAID,
  refusedWith,
  silence,
  TRANSACTION_ID,
  valueOf,
} from '../testing/test-world.ts';

const IDENTITY = { certificatePem: 'certificate', privateKeyPem: 'key' };
const withIdentity = { merchant: { ...MERCHANT, identity: IDENTITY } };
const REFUND = {
  outTradeNo: OUT_TRADE_NO,
  outRefundNo: OUT_REFUND_NO,
  totalFen: valueOf(parseFen('100')),
  refundFen: valueOf(parseFen('30')),
};
const REFUNDED = {
  transaction_id: TRANSACTION_ID,
  out_trade_no: OUT_TRADE_NO,
  out_refund_no: OUT_REFUND_NO,
  refund_id: '50000000012026112400000000001',
  refund_fee: '30',
  total_fee: '100',
  cash_fee: '100',
};

describe('the merchant certificate', () => {
  test('is shown to the operations that need it and to no other', async () => {
    const world = createTestWorld([() => answer(PAID), () => answer(REFUNDED)], withIdentity);
    await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO });
    await world.client.refund(REFUND);
    expect(world.requests.map(({ identity }) => identity)).toEqual([undefined, IDENTITY]);
  });
});

describe('refund', () => {
  test('repeats with the same number and amounts while nobody knows what became of it', async () => {
    const world = createTestWorld([silence, () => failed('BIZERR_NEED_RETRY'), () => answer(REFUNDED)], withIdentity);
    const outcome = await world.finish(world.client.refund(REFUND));
    expect(outcome).toMatchObject({ outcome: 'done', answer: { refundId: REFUNDED.refund_id, refundFen: 30 } });
    expect(world.sent.map((fields) => [fields.get('out_refund_no'), fields.get('refund_fee')])).toEqual(
      Array.from({ length: 3 }, () => [OUT_REFUND_NO, '30']),
    );
  });

  test.each([
    ['another refund', { out_refund_no: 'OTHER' }, 'other-number'],
    ['another amount', { refund_fee: '31' }, 'other-amount'],
    ['another total', { total_fee: '101' }, 'other-amount'],
  ])('is unknown when the answer is about %s', async (_, fields, reason) => {
    const world = createTestWorld([() => answer({ ...REFUNDED, ...fields })], withIdentity);
    expect(await world.client.refund(REFUND)).toMatchObject({ outcome: 'unknown', reason });
  });
});

describe('refundQuery', () => {
  const listed = {
    ...PAID,
    refund_count: '1',
    out_refund_no_0: OUT_REFUND_NO,
    refund_id_0: REFUNDED.refund_id,
    refund_fee_0: '30',
    refund_status_0: 'SUCCESS',
  };

  test('is done when the refund that was asked for is in the list', async () => {
    const world = createTestWorld([() => answer(listed)]);
    const outcome = await world.client.refundQuery({ outRefundNo: OUT_REFUND_NO });
    expect(outcome).toMatchObject({
      outcome: 'done',
      answer: { refunds: [{ refundStatus: 'SUCCESS', refundFen: 30 }] },
    });
  });

  test('is unknown when the list holds other refunds only', async () => {
    const world = createTestWorld([() => answer(listed)]);
    const outcome = await world.client.refundQuery({
      refundId: valueOf(parseRefundId('50000000012026112400000000009')),
    });
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'other-number' });
  });
});

describe('reverse', () => {
  test('repeats while WeChat Pay asks for it, and tells recall', async () => {
    const world = createTestWorld(
      [() => failed('SYSTEMERROR', '', { recall: 'Y' }), () => answer({ recall: 'N' })],
      withIdentity,
    );
    const outcome = await world.finish(world.client.reverse({ outTradeNo: OUT_TRADE_NO }));
    expect(outcome).toMatchObject({ outcome: 'done', answer: { recall: 'N' } });
  });
});

describe('getSignKey', () => {
  test.each([
    ['sandboxnew', '/sandboxnew/pay/getsignkey'],
    ['xdc', '/xdc/apiv2getsignkey/sign/getsignkey'],
  ] as const)('asks the sandbox %s for its key with an MD5 signature and without appid', async (sandbox, path) => {
    const key = 'fedcba9876543210fedcba9876543210';
    const world = createTestWorld([
      () =>
        answerText(
          `<xml><return_code>SUCCESS</return_code><return_msg>ok</return_msg><sandbox_signkey>${key}</sandbox_signkey></xml>`,
        ),
    ]);
    const outcome = await world.client.getSignKey({ sandbox });
    expect(outcome.outcome === 'done' && outcome.answer.sandboxSignkey.reveal()).toBe(key);
    expect(outcome.fields).toBeUndefined();
    expect(world.requests[0]?.url.endsWith(path)).toBe(true);
    expect([...(world.sent[0]?.keys() ?? [])].sort()).toEqual(['mch_id', 'nonce_str', 'sign']);
    expect(world.sent[0]?.get('sign')).toHaveLength(32);
  });
});

describe('call', () => {
  test('signs, sends and verifies an operation that has no method', async () => {
    const world = createTestWorld([() => answer({ balance: '7' })]);
    const outcome = await world.client.call('/pay/somethingnew', { some_field: 'x' });
    expect(outcome.outcome === 'done' && outcome.answer.get('balance')).toBe('7');
    expect(world.sent[0]?.get('some_field')).toBe('x');
    expect(world.sent[0]?.get('sign')).toHaveLength(64);
  });

  test('believes no answer with a wrong signature', async () => {
    const world = createTestWorld([() => answerText('<xml><return_code>SUCCESS</return_code><sign>AB</sign></xml>')]);
    expect(await world.client.call('/pay/somethingnew', {})).toMatchObject({ outcome: 'unknown' });
  });

  test('sends nothing twice unless it is told that this is safe', async () => {
    const never = createTestWorld([silence]);
    await never.finish(never.client.call('/pay/somethingnew', {}));
    expect(never.requests).toHaveLength(1);
    const safe = createTestWorld([silence]);
    await safe.finish(safe.client.call('/pay/somethingnew', {}, { afterUnknown: 'repeat' }));
    expect(safe.requests.length).toBeGreaterThan(1);
  });

  test('treats a known path by the rules of its operation', async () => {
    const world = createTestWorld([() => answer({})]);
    const outcome = await world.client.call('/secapi/pay/refund', { out_trade_no: OUT_TRADE_NO });
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'CLIENT_CERTIFICATE_MISSING' });
  });

  test('refuses a path without its slash', async () => {
    const world = createTestWorld([() => answer({})]);
    const outcome = await world.client.call('pay/orderquery', {});
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'FIELD_INVALID', attempts: [] });
  });
});

describe('the other operations', () => {
  test('reach their paths', async () => {
    const world = createTestWorld([() => refusedWith('缺少参数')], withIdentity);
    const { client } = world;
    await client.authCodeToOpenid({ authCode: '134567890123456789' });
    await client.shortUrl({ longUrl: 'weixin://wxpay/bizpayurl?x=1' });
    await client.report({
      interfaceUrl: 'https://api.mch.weixin.qq.com/pay/unifiedorder',
      executeTimeMs: 12,
      returnCode: 'SUCCESS',
      resultCode: 'SUCCESS',
      userIp: '203.0.113.7',
    });
    await client.refundV2(REFUND);
    await client.refundQueryV2({ outRefundNo: OUT_REFUND_NO });
    expect(world.requests.map(({ url }) => new URL(url).pathname)).toEqual([
      '/tools/authcodetoopenid',
      '/tools/shorturl',
      '/payitil/report',
      '/secapi/pay/refundv2',
      '/pay/refundqueryv2',
    ]);
  });
});
