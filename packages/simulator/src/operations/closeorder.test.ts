import { describe, expect, test } from 'vitest';
import { createRawMerchant, nativeOrder, type RawMerchant } from '../testing/raw-merchant.ts';

const close = (merchant: RawMerchant, outTradeNo = 'order-1') =>
  merchant.call('/pay/closeorder', { out_trade_no: outTradeNo });
const stateOf = async (merchant: RawMerchant) => {
  const answer = await merchant.call('/pay/orderquery', { out_trade_no: 'order-1' });
  return answer.fields['trade_state'];
};

async function withOrder(given: Parameters<typeof createRawMerchant>[0] = {}) {
  const merchant = createRawMerchant(given);
  await merchant.call('/pay/unifiedorder', nativeOrder('order-1'));
  return merchant;
}

describe('closeorder as observed', () => {
  test('closes an unpaid order, without result_msg and with an empty sub_mch_id', async () => {
    const merchant = await withOrder();
    const answer = await close(merchant);
    expect(answer).toMatchObject({ sign: 'right', fields: { result_code: 'SUCCESS', sub_mch_id: '' } });
    expect(answer.fields).not.toHaveProperty('result_msg');
    expect(await stateOf(merchant)).toBe('CLOSED');
  });

  test('says SUCCESS for an order that is closed already', async () => {
    const merchant = await withOrder();
    await close(merchant);
    expect((await close(merchant)).fields).toMatchObject({ return_code: 'SUCCESS', result_code: 'SUCCESS' });
  });

  test('says SUCCESS for a number that nobody placed', async () => {
    expect((await close(createRawMerchant(), 'nobody')).fields).toMatchObject({ result_code: 'SUCCESS' });
  });

  test('refuses a paid order with ORDERPAID', async () => {
    const merchant = await withOrder();
    merchant.payer.pay({ outTradeNo: 'order-1' });
    const answer = await close(merchant);
    expect(answer).toMatchObject({ sign: 'right', fields: { err_code: 'ORDERPAID', err_code_des: 'order paid' } });
    expect(await stateOf(merchant)).toBe('SUCCESS');
  });

  test('is too frequent while the payer is at the cashier, and closes when the payer has gone', async () => {
    const merchant = await withOrder();
    merchant.payer.scan({ outTradeNo: 'order-1' });
    const answer = await close(merchant);
    expect(answer.fields).toMatchObject({
      err_code: 'FREQUENCY_LIMITED',
      err_code_des: '你的操作过于频繁，请稍后再试。',
    });
    expect(await stateOf(merchant)).toBe('NOTPAY');
    merchant.payer.cancel({ outTradeNo: 'order-1' });
    expect((await close(merchant)).fields).toMatchObject({ result_code: 'SUCCESS' });
  });

  test('takes a payer who stays at the cashier for gone after a while', async () => {
    const merchant = await withOrder({ settings: { cashierBusyMs: 60_000 } });
    merchant.payer.scan({ outTradeNo: 'order-1' });
    await merchant.clock.advance(60_000);
    expect((await close(merchant)).fields).toMatchObject({ result_code: 'SUCCESS' });
  });

  test('leaves a closed order unpayable', async () => {
    const merchant = await withOrder();
    await close(merchant);
    const paid = merchant.payer.pay({ outTradeNo: 'order-1' });
    expect(paid).toMatchObject({ ok: false, reason: 'closed', message: '订单已关闭' });
  });
});

describe('closeorder as documented', () => {
  test('refuses an order under five minutes old and closes it from then on', async () => {
    const merchant = await withOrder({ switches: { earlyClose: 'INVALID_REQUEST' } });
    await merchant.clock.advance(299_999);
    expect((await close(merchant)).fields).toMatchObject({ result_code: 'FAIL', err_code: 'INVALID_REQUEST' });
    await merchant.clock.advance(1);
    expect((await close(merchant)).fields).toMatchObject({ result_code: 'SUCCESS' });
  });

  test('says ORDERCLOSED for an order that is closed already', async () => {
    const merchant = await withOrder({ switches: { closeClosed: 'ORDERCLOSED' } });
    await close(merchant);
    expect((await close(merchant)).fields).toMatchObject({ err_code: 'ORDERCLOSED' });
  });

  test('says ORDERNOTEXIST for a number that nobody placed', async () => {
    const merchant = createRawMerchant({ switches: { closeUnknown: 'ORDERNOTEXIST' } });
    expect((await close(merchant, 'nobody')).fields).toMatchObject({ err_code: 'ORDERNOTEXIST' });
  });

  test('carries result_msg with a success', async () => {
    const merchant = await withOrder({ switches: { closeResultMsg: 'OK' } });
    expect((await close(merchant)).fields).toMatchObject({ result_msg: 'OK' });
  });

  test('closes under the hands of a payer at the cashier', async () => {
    const merchant = await withOrder({ switches: { closeWhilePaying: 'SUCCESS' } });
    merchant.payer.scan({ outTradeNo: 'order-1' });
    expect((await close(merchant)).fields).toMatchObject({ result_code: 'SUCCESS' });
    expect(merchant.payer.pay({ outTradeNo: 'order-1' })).toMatchObject({ ok: false, reason: 'closed' });
  });
});
