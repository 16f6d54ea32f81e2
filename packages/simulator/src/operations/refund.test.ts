import { describe, expect, test } from 'vitest';
import { createRawMerchant, IDENTITY, nativeOrder, type RawMerchant } from '../testing/raw-merchant.ts';
import type { PayWish } from '../actions/pay-order.ts';

const DAY_MS = 24 * 3_600_000;

type Given = Parameters<typeof createRawMerchant>[0];

async function withPaidOrder(given: Given = {}, wish: PayWish = {}) {
  const merchant = createRawMerchant(given);
  await merchant.call('/pay/unifiedorder', nativeOrder('order-1'));
  merchant.payer.pay({ outTradeNo: 'order-1' }, wish);
  return merchant;
}

const refund = async (merchant: RawMerchant, refundFee: string, more: Readonly<Record<string, string>> = {}) => {
  const fields = { out_trade_no: 'order-1', out_refund_no: 'r1', total_fee: '1990', refund_fee: refundFee, ...more };
  return (await merchant.call('/secapi/pay/refund', fields, { identity: IDENTITY })).fields;
};

const query = async (merchant: RawMerchant, by: Readonly<Record<string, string>> = { out_trade_no: 'order-1' }) =>
  (await merchant.call('/pay/refundquery', by)).fields;

describe('refund', () => {
  test('is accepted with zeros and an empty refund_channel, as captured', async () => {
    const merchant = await withPaidOrder();
    const answer = await refund(merchant, '990');
    expect(answer).toMatchObject({
      result_code: 'SUCCESS',
      out_trade_no: 'order-1',
      out_refund_no: 'r1',
      refund_channel: '',
      refund_fee: '990',
      coupon_refund_fee: '0',
      total_fee: '1990',
      cash_fee: '1990',
      coupon_refund_count: '0',
      cash_refund_fee: '990',
    });
    expect(answer['refund_id']).toMatch(/^5030[0-9]{6}20261124[0-9]{11}$/);
  });

  test('refunds a number once: the same request gets the same refund_id', async () => {
    const merchant = await withPaidOrder();
    const [first, second] = [await refund(merchant, '990'), await refund(merchant, '990')];
    expect(second['refund_id']).toBe(first['refund_id']);
    expect(merchant.world.ledger.refunds()).toHaveLength(1);
  });

  test.each([
    ['REFUND_FEE_MISMATCH', '991', {}],
    ['REFUND_FEE_MISMATCH', '990', { total_fee: '1991' }],
  ])('answers %s to the same number with other amounts', async (code, fee, more) => {
    const merchant = await withPaidOrder();
    await refund(merchant, '990');
    expect(await refund(merchant, fee, more)).toMatchObject({ result_code: 'FAIL', err_code: code });
  });

  test('refuses a number that belongs to another order', async () => {
    const merchant = await withPaidOrder();
    await refund(merchant, '990');
    await merchant.call('/pay/unifiedorder', nativeOrder('order-2'));
    merchant.payer.pay({ outTradeNo: 'order-2' });
    expect(await refund(merchant, '990', { out_trade_no: 'order-2' })).toMatchObject({ err_code: 'INVALID_REQUEST' });
  });

  test('is found by transaction_id too', async () => {
    const merchant = await withPaidOrder();
    const transactionId = merchant.world.ledger.orders()[0]?.payment?.transactionId ?? '';
    expect(await refund(merchant, '1', { transaction_id: transactionId, out_trade_no: '' })).toMatchObject({
      result_code: 'SUCCESS',
    });
  });

  test.each([['ERROR'], ['INVALID_REQUEST']] as const)(
    'above what is left is %s when switched so',
    async (refundTooLarge) => {
      const merchant = await withPaidOrder({ switches: { refundTooLarge } });
      await refund(merchant, '990');
      expect(await refund(merchant, '1001', { out_refund_no: 'r2' })).toMatchObject({
        err_code: refundTooLarge,
        err_code_des: '累计退款金额大于支付金额',
      });
      expect(await refund(merchant, '1000', { out_refund_no: 'r2' })).toMatchObject({ result_code: 'SUCCESS' });
    },
  );

  test('of a fully refunded order is ERROR 订单已全额退款', async () => {
    const merchant = await withPaidOrder();
    await refund(merchant, '1990');
    expect(await refund(merchant, '1', { out_refund_no: 'r2' })).toMatchObject({
      err_code: 'ERROR',
      err_code_des: '订单已全额退款',
    });
  });

  test('of an unpaid or unknown order is ORDERNOTEXIST, of a closed one ERROR 订单已关闭', async () => {
    const merchant = createRawMerchant();
    expect(await refund(merchant, '1')).toMatchObject({ err_code: 'ORDERNOTEXIST', err_code_des: '订单不存在' });
    await merchant.call('/pay/unifiedorder', nativeOrder('order-1'));
    expect(await refund(merchant, '1')).toMatchObject({ err_code: 'ORDERNOTEXIST', err_code_des: '订单不存在' });
    await merchant.call('/pay/closeorder', { out_trade_no: 'order-1' });
    expect(await refund(merchant, '1')).toMatchObject({ err_code: 'ERROR', err_code_des: '订单已关闭' });
  });

  test.each([['ORDERNOTEXIST'], ['INVALID_TRANSACTIONID']] as const)(
    'of an unknown transaction_id is %s when switched so',
    async (refundUnknown) => {
      const merchant = createRawMerchant({ switches: { refundUnknown } });
      expect(await refund(merchant, '1', { transaction_id: '42', out_trade_no: '' })).toMatchObject({
        err_code: refundUnknown,
      });
    },
  );

  test.each([
    [{ refund_fee: '0' }, 'PARAM_ERROR'],
    [{ refund_fee: '1.5' }, 'PARAM_ERROR'],
    [{ total_fee: '1991' }, 'INVALID_REQUEST'],
    [{ refund_account: 'POCKET' }, 'PARAM_ERROR'],
    [{ out_refund_no: 'a b' }, 'PARAM_ERROR'],
  ])('with %o is %s', async (more, code) => {
    expect(await refund(await withPaidOrder(), '1', more)).toMatchObject({ result_code: 'FAIL', err_code: code });
  });

  test('takes fifty parts and no more', async () => {
    const merchant = await withPaidOrder();
    for (let part = 1; part <= 50; part++) {
      expect(await refund(merchant, '1', { out_refund_no: `r${part}` })).toMatchObject({ result_code: 'SUCCESS' });
    }
    expect(await refund(merchant, '1', { out_refund_no: 'r51' })).toMatchObject({ err_code: 'INVALID_REQUEST' });
  });

  test('is possible for a year', async () => {
    const merchant = await withPaidOrder();
    await merchant.clock.advance(365 * DAY_MS);
    expect(await refund(merchant, '1')).toMatchObject({ result_code: 'SUCCESS' });
    await merchant.clock.advance(1);
    expect(await refund(merchant, '1', { out_refund_no: 'r2' })).toMatchObject({ err_code: 'TRADE_OVERDUE' });
  });

  test('waits a minute after another one when switched so', async () => {
    const merchant = await withPaidOrder({ switches: { refundInterval: 'FREQUENCY_LIMITED' } });
    await refund(merchant, '1');
    await merchant.clock.advance(59_999);
    expect(await refund(merchant, '1', { out_refund_no: 'r2' })).toMatchObject({ err_code: 'FREQUENCY_LIMITED' });
    await merchant.clock.advance(1);
    expect(await refund(merchant, '1', { out_refund_no: 'r2' })).toMatchObject({ result_code: 'SUCCESS' });
  });

  test('needs money in the account when it is limited', async () => {
    const merchant = await withPaidOrder({ settings: { refundableFen: 1000 } });
    expect(await refund(merchant, '990')).toMatchObject({ result_code: 'SUCCESS' });
    expect(await refund(merchant, '11', { out_refund_no: 'r2' })).toMatchObject({
      err_code: 'NOTENOUGH',
      err_code_des: '基本账户余额不足，请充值后重新发起',
    });
    merchant.world.settings.refundableFen = 11;
    expect(await refund(merchant, '11', { out_refund_no: 'r2' })).toMatchObject({ result_code: 'SUCCESS' });
  });

  test('gives back coupons in proportion', async () => {
    const merchant = await withPaidOrder({}, { coupons: [{ couponId: '10000', kind: 'NO_CASH', fen: 990 }] });
    expect(await refund(merchant, '995')).toMatchObject({
      cash_refund_fee: '500',
      coupon_refund_fee: '495',
      coupon_refund_count: '1',
      coupon_type_0: 'NO_CASH',
      coupon_refund_id_0: '10000',
      coupon_refund_fee_0: '495',
      settlement_refund_fee: '500',
      settlement_total_fee: '1000',
      cash_fee: '1000',
    });
  });

  test('has a second path for single-item discounts', async () => {
    const merchant = await withPaidOrder();
    const fields = { out_trade_no: 'order-1', out_refund_no: 'r1', total_fee: '1990', refund_fee: '1', version: '1.0' };
    const answer = await merchant.call('/secapi/pay/refundv2', fields, { identity: IDENTITY });
    expect(answer).toMatchObject({ sign: 'right', fields: { result_code: 'SUCCESS' } });
  });
});

describe('a refund', () => {
  test('is under way for a while, then arrives, and the world is told', async () => {
    const merchant = await withPaidOrder({ settings: { refundDelayMs: 5000 } });
    const told: string[] = [];
    merchant.world.events.on((event) => event.kind === 'refund-final' && told.push(event.refund.state));
    await refund(merchant, '990');
    expect(await query(merchant)).toMatchObject({ refund_status_0: 'PROCESSING' });
    await merchant.clock.advance(5000);
    expect(await query(merchant)).toMatchObject({
      refund_status_0: 'SUCCESS',
      refund_success_time_0: '2026-11-24 15:07:14',
    });
    expect(told).toEqual(['SUCCESS']);
  });

  test('that was given up frees its amount for a new number', async () => {
    const merchant = await withPaidOrder({ settings: { refundEnd: 'REFUNDCLOSE' } });
    await refund(merchant, '1990');
    await merchant.clock.advance(3000);
    expect(await query(merchant)).toMatchObject({ refund_status_0: 'REFUNDCLOSE' });
    expect(await query(merchant)).not.toHaveProperty('refund_success_time_0');
    expect(await refund(merchant, '1990', { out_refund_no: 'r2' })).toMatchObject({ result_code: 'SUCCESS' });
  });

  test('that could not be delivered stays taken from the order', async () => {
    const merchant = await withPaidOrder({ settings: { refundEnd: 'CHANGE' } });
    await refund(merchant, '1990');
    await merchant.clock.advance(3000);
    expect(await query(merchant)).toMatchObject({ refund_status_0: 'CHANGE' });
    expect(await refund(merchant, '1', { out_refund_no: 'r2' })).toMatchObject({ err_code: 'ERROR' });
  });
});

describe('refundquery', () => {
  test('answers in alphabetical order, total_fee and cash_fee in CDATA, as captured', async () => {
    const merchant = await withPaidOrder({ switches: { unknownField: 'none' } });
    await refund(merchant, '990');
    await merchant.clock.advance(3000);
    const answer = await merchant.call('/pay/refundquery', { out_refund_no: 'r1' });
    expect(answer.sign).toBe('right');
    expect(Object.keys(answer.fields)).toEqual(
      [
        'appid cash_fee mch_id nonce_str out_refund_no_0 out_trade_no refund_account_0 refund_channel_0 refund_count refund_fee',
        'refund_fee_0 refund_id_0 refund_recv_accout_0 refund_status_0 refund_success_time_0 result_code return_code return_msg',
        'sign total_fee transaction_id',
      ]
        .join(' ')
        .split(' '),
    );
    expect(answer.text).toContain('<total_fee><![CDATA[1990]]></total_fee>');
    expect(answer.text).toContain('<refund_fee_0>990</refund_fee_0>');
    expect(answer.fields).toMatchObject({ refund_recv_accout_0: '支付用户的零钱', refund_channel_0: 'ORIGINAL' });
  });

  test('prefers refund_id, then out_refund_no, then transaction_id, then out_trade_no', async () => {
    const merchant = await withPaidOrder();
    const first = await refund(merchant, '1');
    await refund(merchant, '2', { out_refund_no: 'r2' });
    const byId = await query(merchant, { refund_id: first['refund_id'] ?? '', out_refund_no: 'r2' });
    expect(byId).toMatchObject({ refund_count: '1', out_refund_no_0: 'r1' });
    expect(await query(merchant, { out_refund_no: 'r2', out_trade_no: 'order-1' })).toMatchObject({
      refund_count: '1',
      out_refund_no_0: 'r2',
    });
    expect(await query(merchant, { transaction_id: 'wrong', out_trade_no: 'order-1' })).toMatchObject({
      err_code: 'REFUNDNOTEXIST',
    });
    expect(await query(merchant)).toMatchObject({ refund_count: '2', refund_fee: '3' });
  });

  test('shows ten refunds a page and the number of all', async () => {
    const merchant = await withPaidOrder();
    for (let part = 1; part <= 12; part++) await refund(merchant, '1', { out_refund_no: `r${part}` });
    expect(await query(merchant)).toMatchObject({
      total_refund_count: '12',
      refund_count: '10',
      out_refund_no_9: 'r10',
    });
    const second = await query(merchant, { out_trade_no: 'order-1', offset: '10' });
    expect(second).toMatchObject({
      total_refund_count: '12',
      refund_count: '2',
      out_refund_no_0: 'r11',
      out_refund_no_1: 'r12',
    });
    expect(await query(merchant, { out_trade_no: 'order-1', offset: '12' })).toMatchObject({ err_code: 'PARAM_ERROR' });
    expect(await query(merchant, { out_trade_no: 'order-1', offset: '-1' })).toMatchObject({ err_code: 'PARAM_ERROR' });
  });

  test('can show the first refund at the top instead of the sum', async () => {
    const merchant = await withPaidOrder({ switches: { refundQueryFee: 'first' } });
    await refund(merchant, '1');
    await refund(merchant, '2', { out_refund_no: 'r2' });
    expect(await query(merchant)).toMatchObject({ refund_fee: '1' });
  });

  test('lists the coupons of each refund', async () => {
    const merchant = await withPaidOrder({}, { coupons: [{ couponId: '10000', kind: 'CASH', fen: 990 }] });
    await refund(merchant, '1990');
    expect(await query(merchant)).toMatchObject({
      coupon_refund_fee_0: '990',
      coupon_refund_count_0: '1',
      coupon_type_0_0: 'CASH',
      coupon_refund_id_0_0: '10000',
      coupon_refund_fee_0_0: '990',
    });
  });

  test('says REFUNDNOTEXIST for paid, unpaid and unknown orders alike', async () => {
    const merchant = await withPaidOrder();
    await merchant.call('/pay/unifiedorder', nativeOrder('order-2'));
    for (const number of ['order-1', 'order-2', 'nobody']) {
      expect(await query(merchant, { out_trade_no: number })).toMatchObject({
        err_code: 'REFUNDNOTEXIST',
        err_code_des: 'not exist',
      });
    }
    expect(await query(merchant, {})).toMatchObject({ return_code: 'FAIL', return_msg: '缺少参数' });
  });

  test('by its second path takes the numbers of refunds only', async () => {
    const merchant = await withPaidOrder();
    await refund(merchant, '1');
    expect((await merchant.call('/pay/refundqueryv2', { out_refund_no: 'r1' })).fields).toMatchObject({
      refund_count: '1',
    });
    expect((await merchant.call('/pay/refundqueryv2', { out_trade_no: 'order-1' })).fields).toMatchObject({
      return_msg: '缺少参数',
    });
  });
});
