import { describe, expect, test } from 'vitest';
import type { SimOrder, SimTradeState } from '../ledger/order.ts';
import { moveOrder, NEXT, type TradeEvent } from './trade-state.ts';

const order = (state: SimTradeState): SimOrder => ({
  mchid: '1',
  outTradeNo: 'order-1',
  apiVersion: 'v2',
  appid: 'wx1',
  subMchid: '',
  subAppid: '',
  tradeType: 'NATIVE',
  totalFen: 1,
  feeType: 'CNY',
  body: '',
  detail: '',
  attach: '',
  deviceInfo: '',
  productId: '',
  goodsTag: '',
  openid: '',
  subOpenid: '',
  payerIp: '',
  version: '',
  notifyUrl: '',
  nonce: '',
  signType: 'MD5',
  placedAtMs: 0,
  authCode: '',
  reversesAsked: 0,
  placement: new Map(),
  prepays: [],
  state,
  history: [{ state, atMs: 0, by: 'placed' }],
  cashierSinceMs: 1,
});

const STATES: readonly SimTradeState[] = ['NOTPAY', 'USERPAYING', 'SUCCESS', 'REFUND', 'CLOSED', 'REVOKED', 'PAYERROR'];
const EVENTS: readonly TradeEvent[] = ['pay', 'pay-late', 'payer-fails', 'close', 'grow-old', 'reverse', 'refund'];

describe('the table of trade states', () => {
  test('decides every state against every event', () => {
    expect(Object.keys(NEXT)).toEqual(STATES);
    for (const state of STATES) expect(Object.keys(NEXT[state])).toEqual(EVENTS);
  });

  test('knows exactly the moves that are legal', () => {
    const moves = STATES.flatMap((from) =>
      EVENTS.flatMap((event) => (NEXT[from][event] === null ? [] : [`${from} ${event} ${NEXT[from][event]}`])),
    );
    expect(moves).toEqual([
      'NOTPAY pay SUCCESS',
      'NOTPAY payer-fails NOTPAY',
      'NOTPAY close CLOSED',
      'NOTPAY grow-old CLOSED',
      'USERPAYING pay SUCCESS',
      'USERPAYING payer-fails PAYERROR',
      'USERPAYING grow-old PAYERROR',
      'USERPAYING reverse REVOKED',
      'SUCCESS reverse REVOKED',
      'SUCCESS refund REFUND',
      'REFUND refund REFUND',
      'CLOSED pay-late SUCCESS',
      'PAYERROR reverse REVOKED',
    ]);
  });

  test('never makes a final state unfinal, but for money that comes late on order', () => {
    const finals: readonly SimTradeState[] = ['REFUND', 'CLOSED', 'REVOKED'];
    const events = EVENTS.filter((event) => event !== 'pay-late');
    for (const from of finals) for (const event of events) expect([null, from]).toContain(NEXT[from][event]);
  });
});

describe('moving an order', () => {
  test('writes every move into the history and sends the payer away from the cashier', () => {
    const moved = moveOrder(order('NOTPAY'), 'pay', 'payer-paid', 5);
    expect(moved).toMatchObject({
      state: 'SUCCESS',
      history: [{ state: 'NOTPAY' }, { state: 'SUCCESS', atMs: 5, by: 'payer-paid' }],
    });
    expect(moved).not.toHaveProperty('cashierSinceMs');
  });

  test('leaves alone what the table refuses', () => {
    expect(moveOrder(order('CLOSED'), 'pay', 'payer-paid', 5)).toBeUndefined();
  });
});
