import { describe, expect, test } from 'vitest';
import { createRawMerchant, nativeOrder, type RawMerchant } from '../testing/raw-merchant.ts';
import { IDENTITY, MCHID } from '../testing/raw-merchant.ts';

const query = (merchant: RawMerchant, outTradeNo = 'order-1') =>
  merchant.call('/pay/orderquery', { out_trade_no: outTradeNo });
const shown = ({ fields }: { fields: Readonly<Record<string, string>> }) => Object.keys(fields);

async function withOrder(given: Parameters<typeof createRawMerchant>[0] = {}) {
  const merchant = createRawMerchant(given);
  await merchant.call('/pay/unifiedorder', nativeOrder('order-1'));
  return merchant;
}

describe('orderquery of an unpaid order', () => {
  test('is NOTPAY with the amount and an empty device_info, in the element order of today', async () => {
    const answer = await query(await withOrder({ switches: { unknownField: 'none' } }));
    expect(answer).toMatchObject({
      sign: 'right',
      fields: { trade_state: 'NOTPAY', trade_state_desc: '订单未支付', device_info: '' },
    });
    expect(shown(answer)).toEqual(
      'return_code return_msg result_code mch_id appid device_info trade_state total_fee out_trade_no trade_state_desc nonce_str sign'.split(
        ' ',
      ),
    );
    expect(answer.text).toContain('<total_fee>1990</total_fee>');
  });

  test('has nothing but number and state in the older shape, with line breaks and the sign in front', async () => {
    const answer = await query(
      await withOrder({ switches: { unknownField: 'none', notpayFields: 'bare', answerOrder: 'old' } }),
    );
    expect(shown(answer)).toEqual(
      'return_code return_msg appid mch_id nonce_str sign result_code out_trade_no trade_state trade_state_desc'.split(
        ' ',
      ),
    );
    expect(answer.text).toContain('</return_code>\n<return_msg>');
  });

  test('stays NOTPAY after its expiry', async () => {
    const merchant = createRawMerchant();
    await merchant.call('/pay/unifiedorder', nativeOrder('order-1', { time_expire: '20261124153709' }));
    await merchant.clock.advance(8 * 24 * 3600 * 1000);
    expect((await query(merchant)).fields).toMatchObject({ trade_state: 'NOTPAY' });
  });

  test('becomes CLOSED by itself after seven days without an expiry', async () => {
    const merchant = await withOrder();
    await merchant.clock.advance(7 * 24 * 3600 * 1000 - 1);
    expect((await query(merchant)).fields).toMatchObject({ trade_state: 'NOTPAY' });
    await merchant.clock.advance(1);
    expect((await query(merchant)).fields).toMatchObject({
      trade_state: 'CLOSED',
      trade_state_desc: '订单已关闭',
      attach: '',
    });
  });
});

describe('orderquery of a paid order', () => {
  test('is SUCCESS with every fact of the payment', async () => {
    const merchant = await withOrder();
    merchant.payer.pay({ outTradeNo: 'order-1' }, { openid: 'oUpF8uN95-Ptaags6E_roPHg7AG0' });
    const answer = await query(merchant);
    expect(answer).toMatchObject({
      sign: 'right',
      fields: {
        openid: 'oUpF8uN95-Ptaags6E_roPHg7AG0',
        is_subscribe: 'N',
        trade_type: 'NATIVE',
        trade_state: 'SUCCESS',
        bank_type: 'OTHERS',
        total_fee: '1990',
        fee_type: 'CNY',
        cash_fee: '1990',
        cash_fee_type: 'CNY',
        attach: '',
        time_end: '20261124150709',
        trade_state_desc: '支付成功',
      },
    });
    expect(answer.fields['transaction_id']).toMatch(/^4200[0-9]{6}20261124[0-9]{10}$/);
    expect(answer.fields).not.toHaveProperty('coupon_count');
  });

  test('lists coupons and takes those that nobody paid for off the settlement', async () => {
    const merchant = await withOrder();
    merchant.payer.pay(
      { outTradeNo: 'order-1' },
      {
        coupons: [
          { couponId: '10000', kind: 'CASH', fen: 90 },
          { couponId: '10001', kind: 'NO_CASH', fen: 100 },
        ],
      },
    );
    expect((await query(merchant)).fields).toMatchObject({
      cash_fee: '1800',
      coupon_fee: '190',
      coupon_count: '2',
      settlement_total_fee: '1890',
      coupon_type_0: 'CASH',
      coupon_id_1: '10001',
      coupon_fee_1: '100',
    });
  });

  test('is found by its transaction_id, which wins over the order number', async () => {
    const merchant = await withOrder();
    await merchant.call('/pay/unifiedorder', nativeOrder('order-2'));
    const paid = merchant.payer.pay({ outTradeNo: 'order-1' });
    const transactionId = paid.ok ? (paid.value.payment?.transactionId ?? '') : '';
    const answer = await merchant.call('/pay/orderquery', { transaction_id: transactionId, out_trade_no: 'order-2' });
    expect(answer.fields).toMatchObject({ out_trade_no: 'order-1', trade_state: 'SUCCESS' });
  });

  test('is REFUND with the same facts after any refund', async () => {
    const merchant = await withOrder();
    merchant.payer.pay({ outTradeNo: 'order-1' });
    const before = await query(merchant);
    await merchant.call(
      '/secapi/pay/refund',
      { out_trade_no: 'order-1', out_refund_no: 'r1', total_fee: '1990', refund_fee: '1' },
      { identity: IDENTITY },
    );
    const after = await query(merchant);
    expect(shown(after)).toEqual(shown(before));
    expect(after.fields).toMatchObject({
      trade_state: 'REFUND',
      trade_state_desc: '订单发生过退款，退款详情请查询退款单',
    });
  });
});

describe('orderquery otherwise', () => {
  test('says ORDERNOTEXIST for a number that nobody placed', async () => {
    const answer = await query(createRawMerchant(), 'nobody');
    expect(answer).toMatchObject({
      sign: 'right',
      fields: { result_code: 'FAIL', err_code: 'ORDERNOTEXIST', err_code_des: 'order not exist' },
    });
  });

  test('needs one of the two numbers', async () => {
    const answer = await createRawMerchant().call('/pay/orderquery', {});
    expect(answer).toMatchObject({ sign: 'none', fields: { return_code: 'FAIL', return_msg: '缺少参数' } });
  });

  test('signs with the algorithm of the request and does not name it', async () => {
    const merchant = await withOrder();
    const answer = await merchant.call('/pay/orderquery', { out_trade_no: 'order-1' }, { signType: 'HMAC-SHA256' });
    expect(answer.sign).toBe('right');
    expect(answer.fields['sign']).toHaveLength(64);
    expect(answer.fields).not.toHaveProperty('sign_type');
  });

  test('carries an unknown field that is signed, unless switched off', async () => {
    expect((await query(await withOrder())).fields).toMatchObject({ zz_future_field: '1' });
    expect((await query(await withOrder({ switches: { unknownField: 'none' } }))).fields).not.toHaveProperty(
      'zz_future_field',
    );
  });

  test('leaves a trace for people: request, answer and verdict', async () => {
    const merchant = await withOrder();
    await query(merchant);
    expect(merchant.world.calls.list().at(-1)).toMatchObject({
      id: 2,
      operation: 'orderquery',
      host: 'api.mch.weixin.qq.com',
      mchid: MCHID,
      outTradeNo: 'order-1',
      verdict: 'accepted',
      answerStatus: 200,
    });
  });
});
