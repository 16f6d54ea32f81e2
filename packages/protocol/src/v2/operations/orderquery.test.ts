import { expect, test } from 'vitest';
import { TRADE_STATES, type TradeState } from '../../trade/trade-state.ts';
import { parseOutTradeNo, parseTransactionId } from '../../values/numbers.ts';
import { fieldsOf, valueOf, vectorFields } from '../messages.suite.ts';
import { orderquery } from './orderquery.ts';

const OUT_TRADE_NO = valueOf(parseOutTradeNo('1415757673'));
const TRANSACTION_ID = valueOf(parseTransactionId('4200000001202212080000000001'));

const PAID = vectorFields('orderquery-success');
const paidBut = (changes: Readonly<Record<string, string>>): Map<string, string> =>
  new Map([...PAID, ...Object.entries(changes)]);

test('an order is asked for by either number', () => {
  expect(valueOf(orderquery.printRequest({ transactionId: TRANSACTION_ID }))).toEqual(
    fieldsOf({ transaction_id: '4200000001202212080000000001' }),
  );
  expect(valueOf(orderquery.printRequest({ outTradeNo: OUT_TRADE_NO, version: '1.0' }))).toEqual(
    fieldsOf({ out_trade_no: '1415757673', version: '1.0' }),
  );
});

test('a query without a number is refused before it is sent', () => {
  // @ts-expect-error: callers without types get an answer too
  expect(orderquery.printRequest({})).toEqual({
    ok: false,
    reason: 'field-missing',
    message: 'transaction_id or out_trade_no is required',
  });
});

test('a paid order is read with its payment; the empty attach is absent', () => {
  expect(valueOf(orderquery.readAnswer(PAID))).toEqual({
    tradeState: 'SUCCESS',
    tradeStateDesc: '支付成功',
    transactionId: '4200000001202212080000000001',
    outTradeNo: '1415757673',
    totalFen: 1,
    tradeType: 'JSAPI',
    cashFen: 1,
    coupons: [],
    feeType: 'CNY',
    cashFeeType: 'CNY',
    bankType: 'OTHERS',
    openid: 'oUpF8uN95-Ptaags6E_roPHg7AG0',
    isSubscribe: 'N',
    paidAtMs: Date.UTC(2022, 11, 7, 16, 1, 31),
  });
});

test('a refunded order is read like a paid one', () => {
  const refunded = paidBut({ trade_state: 'REFUND', trade_state_desc: '订单发生过退款，退款详情请查询退款单' });
  expect(valueOf(orderquery.readAnswer(refunded))).toMatchObject({ tradeState: 'REFUND', totalFen: 1 });
});

test('an unpaid order tells its amount, since 2019', () => {
  expect(valueOf(orderquery.readAnswer(vectorFields('orderquery-notpay')))).toEqual({
    tradeState: 'NOTPAY',
    tradeStateDesc: '订单未支付',
    outTradeNo: '1415757673',
    totalFen: 1,
  });
});

test('a closed order tells its number and nothing of a payment', () => {
  expect(valueOf(orderquery.readAnswer(vectorFields('orderquery-closed')))).toEqual({
    tradeState: 'CLOSED',
    tradeStateDesc: '订单已关闭',
    outTradeNo: '1415983244',
  });
});

const WITHOUT_MONEY: readonly TradeState[] = ['NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR', 'ACCEPT'];

test.each(WITHOUT_MONEY)('an order in the state %s needs only its number', (tradeState) => {
  const fields = fieldsOf({ trade_state: tradeState, out_trade_no: '1', attach: '', total_fee: 'x' });
  expect(valueOf(orderquery.readAnswer(fields))).toEqual({ tradeState, outTradeNo: '1' });
});

test('every trade state is readable, and the table of states says which have money', () => {
  const withPayment = Object.keys(TRADE_STATES).filter(
    (tradeState) => 'coupons' in valueOf(orderquery.readAnswer(paidBut({ trade_state: tradeState }))),
  );
  const received = Object.entries(TRADE_STATES).filter(([, { money }]) => money === 'received');
  expect(withPayment).toEqual(received.map(([tradeState]) => tradeState));
});

test('a reversed order may tell the number of the payment that went back', () => {
  expect(valueOf(orderquery.readAnswer(paidBut({ trade_state: 'REVOKED' })))).toMatchObject({
    tradeState: 'REVOKED',
    transactionId: TRANSACTION_ID,
  });
});

test.each(['transaction_id', 'out_trade_no', 'total_fee', 'trade_state'])(
  'a paid order without a readable %s makes the answer unreadable',
  (name) => {
    expect(orderquery.readAnswer(paidBut({ [name]: '' }))).toMatchObject({ ok: false, reason: 'field-missing' });
    expect(orderquery.readAnswer(paidBut({ [name]: '-1 %' }))).toMatchObject({ ok: false, reason: 'field-invalid' });
  },
);

test('nothing else can hide that an order is paid', () => {
  const essential = new Set(['transaction_id', 'out_trade_no', 'total_fee', 'trade_state']);
  for (const name of [...PAID.keys(), 'settlement_total_fee', 'coupon_fee', 'coupon_count', 'coupon_fee_0']) {
    if (essential.has(name)) continue;
    for (const text of ['', '?', '-1', '1e3', '\u4e00'.repeat(300)]) {
      expect(orderquery.readAnswer(paidBut({ [name]: text })), `${name}=${text}`).toMatchObject({
        ok: true,
        value: { tradeState: 'SUCCESS', totalFen: 1 },
      });
    }
  }
});

test('a state that nobody knows makes the answer unreadable, so that no one guesses', () => {
  expect(orderquery.readAnswer(paidBut({ trade_state: 'SUCCESSFUL' }))).toMatchObject({
    ok: false,
    reason: 'field-invalid',
    message: expect.stringContaining('trade_state'),
  });
});

test('coupons, settlement and the payer under the sub-merchant’s appid are read', () => {
  const fields = paidBut({
    total_fee: '100',
    cash_fee: '20',
    settlement_total_fee: '50',
    coupon_fee: '80',
    coupon_count: '2',
    coupon_type_0: 'CASH',
    coupon_id_0: '10000',
    coupon_fee_0: '30',
    coupon_type_1: 'NO_CASH',
    coupon_id_1: '10001',
    coupon_fee_1: '50',
    sub_openid: 'oSub',
    sub_is_subscribe: 'Y',
  });
  expect(valueOf(orderquery.readAnswer(fields))).toMatchObject({
    totalFen: 100,
    cashFen: 20,
    settlementTotalFen: 50,
    couponFen: 80,
    couponCount: 2,
    coupons: [
      { type: 'CASH', couponId: '10000', couponFen: 30 },
      { type: 'NO_CASH', couponId: '10001', couponFen: 50 },
    ],
    subOpenid: 'oSub',
    subIsSubscribe: 'Y',
  });
});

test('the cash part of a sandbox order may be zero', () => {
  expect(valueOf(orderquery.readAnswer(paidBut({ cash_fee: '0' })))).toMatchObject({ cashFen: 0 });
});
