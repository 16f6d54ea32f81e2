import { expect, test } from 'vitest';
import type { SimRefund } from '../ledger/refund.ts';
import { endRefund, REFUND_NEXT } from './refund-state.ts';

const refund = (state: SimRefund['state']): SimRefund => ({
  mchid: '1',
  outRefundNo: 'r',
  apiVersion: 'v2',
  refundId: '1',
  outTradeNo: 'order-1',
  transactionId: '1',
  appid: 'wx1',
  nonce: '',
  requestedAtMs: 0,
  totalFen: 1,
  refundFen: 1,
  cashFen: 1,
  coupons: [],
  account: '',
  channel: 'ORIGINAL',
  receivedBy: '',
  description: '',
  notifyUrl: '',
  state,
  history: [{ state, atMs: 0 }],
});

test('a refund under way ends in one of three ways, and then never again', () => {
  expect(REFUND_NEXT).toEqual({
    PROCESSING: ['SUCCESS', 'CHANGE', 'REFUNDCLOSE'],
    SUCCESS: [],
    CHANGE: [],
    REFUNDCLOSE: [],
  });
});

test('only a refund that arrived has a moment of arrival', () => {
  expect(endRefund(refund('PROCESSING'), 'SUCCESS', 9)).toMatchObject({ state: 'SUCCESS', successAtMs: 9 });
  expect(endRefund(refund('PROCESSING'), 'CHANGE', 9)).not.toHaveProperty('successAtMs');
});

test('a refund that has ended stays as it is', () => {
  expect(endRefund(refund('REFUNDCLOSE'), 'SUCCESS', 9)).toBeUndefined();
});
