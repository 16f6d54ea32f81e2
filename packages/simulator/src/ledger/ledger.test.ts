import { expect, test } from 'vitest';
import { createRawMerchant, IDENTITY, nativeOrder } from '../testing/raw-merchant.ts';
import { CALLS_MAX, createCallLog } from './call-log.ts';

test('an order is found by every way into its cashier', async () => {
  const merchant = createRawMerchant();
  const native = await merchant.call('/pay/unifiedorder', nativeOrder('order-1'));
  const again = await merchant.call('/pay/unifiedorder', nativeOrder('order-1'));
  const mweb = await merchant.call('/pay/unifiedorder', nativeOrder('order-2', { trade_type: 'MWEB' }));
  const numberBy = (entry = '') => merchant.world.ledger.orderByEntry(entry)?.outTradeNo;
  expect(numberBy(native.fields['code_url'])).toBe('order-1');
  expect(numberBy(again.fields['prepay_id'])).toBe('order-1');
  expect(numberBy(mweb.fields['mweb_url'])).toBe('order-2');
  expect(numberBy('weixin://wxpay/bizpayurl?pr=nobody')).toBeUndefined();
});

test('a number belongs to its merchant, and refunds belong to their order', async () => {
  const merchant = createRawMerchant();
  await merchant.call('/pay/unifiedorder', nativeOrder('order-1'));
  merchant.payer.pay({ outTradeNo: 'order-1' });
  const fields = { out_trade_no: 'order-1', out_refund_no: 'r1', total_fee: '1990', refund_fee: '1' };
  await merchant.call('/secapi/pay/refund', fields, { identity: IDENTITY });
  const { ledger } = merchant.world;
  expect(ledger.order('10000200', 'order-1')).toBeUndefined();
  expect(ledger.refund('10000200', 'r1')).toBeUndefined();
  expect(ledger.orders().map((order) => ledger.refundsOf(order).length)).toEqual([1]);
  ledger.clear();
  expect([ledger.orders(), ledger.refunds(), ledger.ordersNamed('order-1')]).toEqual([[], [], []]);
});

test('the list of calls counts on and forgets the oldest', () => {
  const log = createCallLog();
  const call = {
    atMs: 0,
    method: 'POST',
    host: '',
    path: '',
    operation: '',
    mchid: '',
    outTradeNo: '',
    requestText: '',
    fields: new Map(),
    verdict: 'accepted',
    explanation: '',
    answerStatus: 200,
    answerText: '',
    faults: [],
  } as const;
  for (let count = 0; count < 2 * CALLS_MAX + 7; count++) log.add(call);
  expect(log.list()).toHaveLength(CALLS_MAX);
  expect(log.list().at(-1)?.id).toBe(2 * CALLS_MAX + 7);
});
