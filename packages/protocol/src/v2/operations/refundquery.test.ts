import { expect, test } from 'vitest';
import { parseOutRefundNo, parseOutTradeNo, parseRefundId, parseTransactionId } from '../../values/numbers.ts';
import { fieldsOf, valueOf, vectorFields } from '../messages.suite.ts';
import { refundquery } from './refundquery.ts';
import { refundqueryv2 } from './refundqueryv2.ts';

const ONE = vectorFields('refundquery-one');
const oneBut = (changes: Readonly<Record<string, string>>): Map<string, string> =>
  new Map([...ONE, ...Object.entries(changes)]);

const record = (index: number, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  [`out_refund_no_${index}`]: `R${index}`,
  [`refund_id_${index}`]: `5000000001201808210000000${index}`,
  [`refund_fee_${index}`]: String(index + 1),
  [`refund_status_${index}`]: 'PROCESSING',
  ...more,
});

const ORDER = { transaction_id: '42', out_trade_no: '1', total_fee: '1000' };

const TRANSACTION_ID = valueOf(parseTransactionId('42'));
const REFUND_ID = valueOf(parseRefundId('50'));

test('a refund is asked for by any of four numbers', () => {
  expect(valueOf(refundquery.printRequest({ refundId: REFUND_ID }))).toEqual(fieldsOf({ refund_id: '50' }));
  expect(valueOf(refundquery.printRequest({ outRefundNo: valueOf(parseOutRefundNo('R@1')) }))).toEqual(
    fieldsOf({ out_refund_no: 'R@1' }),
  );
  expect(valueOf(refundquery.printRequest({ transactionId: TRANSACTION_ID, offset: 24 }))).toEqual(
    fieldsOf({ transaction_id: '42', offset: '24' }),
  );
  expect(valueOf(refundquery.printRequest({ outTradeNo: valueOf(parseOutTradeNo('1')), offset: 0 }))).toEqual(
    fieldsOf({ out_trade_no: '1', offset: '0' }),
  );
});

test('an old refund is asked for by both of WeChat Pay’s numbers', () => {
  expect(valueOf(refundquery.printRequest({ refundId: REFUND_ID, transactionId: TRANSACTION_ID }))).toEqual(
    fieldsOf({ refund_id: '50', transaction_id: '42' }),
  );
});

test('a query without any number is refused before it is sent', () => {
  // @ts-expect-error: callers without types get an answer too
  expect(refundquery.printRequest({ offset: 1 })).toMatchObject({
    message: 'refund_id or out_refund_no or transaction_id or out_trade_no is required',
  });
});

test('the captured answer is read, its misspelt recv_accout included', () => {
  expect(valueOf(refundquery.readAnswer(ONE))).toEqual({
    transactionId: '4200000001201808210000000002',
    outTradeNo: '1415757673',
    totalFen: 1,
    cashFen: 1,
    refundCount: 1,
    refunds: [
      {
        outRefundNo: '1415701182',
        refundId: '50000000012018082100000000003',
        refundStatus: 'SUCCESS',
        refundFen: 1,
        refundChannel: 'ORIGINAL',
        refundAccount: 'REFUND_SOURCE_UNSETTLED_FUNDS',
        refundRecvAccount: '支付用户的零钱',
        refundSuccessAtMs: Date.UTC(2018, 7, 21, 8, 30, 12),
        coupons: [],
      },
    ],
  });
});

test.each([
  ['SUCCESS', 'SUCCESS'],
  ['REFUNDCLOSE', 'REFUNDCLOSE'],
  ['PROCESSING', 'PROCESSING'],
  ['CHANGE', 'CHANGE'],
  ['FAIL', 'REFUNDCLOSE'],
])('the status %s is read as %s', (wire, refundStatus) => {
  expect(valueOf(refundquery.readAnswer(oneBut({ refund_status_0: wire }))).refunds).toMatchObject([{ refundStatus }]);
});

test('a page of ten refunds says how many there are in all', () => {
  const records = Array.from({ length: 10 }, (_, index) => record(index));
  const fields = fieldsOf(Object.assign({ ...ORDER, total_refund_count: '25', refund_count: '10' }, ...records));
  const answer = valueOf(refundquery.readAnswer(fields));
  expect(answer).toMatchObject({ totalRefundCount: 25, refundCount: 10 });
  expect(answer.refunds.map(({ outRefundNo }) => outRefundNo)).toEqual(
    Array.from({ length: 10 }, (_, index) => `R${index}`),
  );
});

test('a later page is read whether it counts from 0 or from its offset, and whatever its counts say', () => {
  const fromOffset = fieldsOf({ ...ORDER, ...record(10), ...record(11), refund_count: '12' });
  expect(valueOf(refundquery.readAnswer(fromOffset)).refunds).toHaveLength(2);
  const fromZero = fieldsOf({ ...ORDER, ...record(0), ...record(1), refund_count: '' });
  expect(valueOf(refundquery.readAnswer(fromZero)).refunds).toHaveLength(2);
});

test('each refund has its own coupons and their sum', () => {
  const fields = fieldsOf({
    ...ORDER,
    ...record(0),
    ...record(1, {
      coupon_refund_fee_1: '2',
      coupon_refund_count_1: '2',
      coupon_type_1_0: 'CASH',
      coupon_refund_id_1_0: '11',
      coupon_refund_fee_1_0: '1',
      coupon_refund_fee_1_2: '1',
    }),
  });
  const { refunds } = valueOf(refundquery.readAnswer(fields));
  expect(refunds[0]).toMatchObject({ coupons: [] });
  expect(refunds[1]).toMatchObject({
    couponRefundFen: 2,
    couponRefundCount: 2,
    coupons: [{ type: 'CASH', couponId: '11', refundFen: 1 }, { refundFen: 1 }],
  });
});

test.each(['out_refund_no_1', 'refund_id_1', 'refund_fee_1', 'refund_status_1'])(
  'a record without a readable %s makes the answer unreadable, as it would look like no refund',
  (name) => {
    const fields = fieldsOf({ ...ORDER, ...record(0), ...record(1), [name]: '%' });
    expect(refundquery.readAnswer(fields)).toMatchObject({
      ok: false,
      reason: 'field-invalid',
      message: expect.stringContaining('refund 1 of the list'),
    });
  },
);

test('a circumstance that makes no sense does not hide what became of a refund', () => {
  const fields = oneBut({ refund_success_time_0: 'soon', cash_fee: '?', refund_count: 'x', total_refund_count: '-' });
  expect(refundquery.readAnswer(fields)).toMatchObject({ ok: true, value: { refunds: [{ refundStatus: 'SUCCESS' }] } });
});

test('with single-item discounts a refund is asked for by its own numbers only', () => {
  expect(valueOf(refundqueryv2.printRequest({ refundId: REFUND_ID }))).toEqual(fieldsOf({ refund_id: '50' }));
  // @ts-expect-error: callers without types get an answer too
  expect(refundqueryv2.printRequest({ transactionId: TRANSACTION_ID })).toMatchObject({
    message: 'refund_id or out_refund_no is required',
  });
});

test('with single-item discounts the answer says what became of them', () => {
  expect(valueOf(refundqueryv2.readAnswer(oneBut({ promotion_detail: '{}' })))).toMatchObject({
    promotionDetail: '{}',
    refunds: [{ refundStatus: 'SUCCESS' }],
  });
});
