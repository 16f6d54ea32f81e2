import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCoupons, readRecordCoupons, readRefundCoupons } from './coupons.ts';
import { indexedRows } from './indexed-rows.ts';
import { fieldsOf } from './messages.suite.ts';

test('coupons are listed in the order of their index, gaps and ten before two notwithstanding', () => {
  const fields = fieldsOf({ coupon_fee_10: '30', coupon_fee_2: '70', coupon_fee_0: '10', coupon_fee: '110' });
  expect(readCoupons(fields)).toEqual([{ couponFen: 10 }, { couponFen: 70 }, { couponFen: 30 }]);
});

test('a coupon without type is listed without it', () => {
  expect(readCoupons(fieldsOf({ coupon_id_0: '10000', coupon_fee_0: '100' }))).toEqual([
    { couponId: '10000', couponFen: 100 },
  ]);
});

test('a coupon count without coupons is no coupon', () => {
  expect(readCoupons(fieldsOf({ coupon_count: '1', coupon_fee: '100' }))).toEqual([]);
});

test('a part of a coupon that makes no sense is left out, and an empty coupon altogether', () => {
  const fields = fieldsOf({ coupon_id_0: '10000', coupon_fee_0: 'x', coupon_type_0: '1', coupon_type_1: '' });
  expect(readCoupons(fields)).toEqual([{ couponId: '10000' }]);
});

test('the coupons of a refund are listed with what went back of each', () => {
  const fields = fieldsOf({
    coupon_type_0: 'CASH',
    coupon_refund_id_0: '11',
    coupon_refund_fee_0: '5',
    coupon_refund_fee: '8',
    coupon_type_1: 'NO_CASH',
    coupon_refund_id_1: '12',
    coupon_refund_fee_1: '3',
  });
  expect(readRefundCoupons(fields)).toEqual([
    { type: 'CASH', couponId: '11', refundFen: 5 },
    { type: 'NO_CASH', couponId: '12', refundFen: 3 },
  ]);
});

test('in the old spelling of a refund the coupons have two indexes, and the field with one is their sum', () => {
  const fields = fieldsOf({
    coupon_refund_fee_0: '8',
    coupon_refund_count_0: '2',
    coupon_refund_batch_id_0_0: '9',
    coupon_refund_id_0_0: '11',
    coupon_refund_fee_0_0: '5',
    coupon_refund_fee_0_1: '3',
  });
  expect(readRefundCoupons(fields)).toEqual([{ batchId: '9', couponId: '11', refundFen: 5 }, { refundFen: 3 }]);
});

test('each record of a refund query has its own coupons, and record 1 is not record 11', () => {
  const fields = fieldsOf({
    coupon_refund_fee_1: '5',
    coupon_refund_id_1_0: '11',
    coupon_refund_fee_1_0: '5',
    coupon_refund_id_11_0: '12',
  });
  expect(readRecordCoupons(fields, 1)).toEqual([{ couponId: '11', refundFen: 5 }]);
  expect(readRecordCoupons(fields, 11)).toEqual([{ couponId: '12' }]);
  expect(readRecordCoupons(fields, 0)).toEqual([]);
});

test.each(['coupon_id_00', 'coupon_id_-1', 'coupon_id_', 'coupon_id_1e1', 'coupon_id_1000', 'coupon_id', '_0'])(
  'the field %s is no entry of the list',
  (name) => {
    expect(readCoupons(fieldsOf({ [name]: '1' }))).toEqual([]);
  },
);

test('every list reads back in the order of its indexes, however its fields are shuffled', () => {
  const lists = fc.dictionary(fc.nat(999).map(String), fc.nat(1_000_000), { maxKeys: 12, noNullPrototype: true });
  fc.assert(
    fc.property(lists, fc.infiniteStream(fc.nat()), (fees, chance) => {
      const entries = Object.entries(fees).map(([index, fee]) => ({
        index: Number(index),
        fee,
        key: chance.next().value,
      }));
      const shuffled = entries.toSorted((a, b) => a.key - b.key);
      const fields = new Map(shuffled.map(({ index, fee }) => [`coupon_fee_${index}`, String(fee)]));
      const inOrder = entries.toSorted((a, b) => a.index - b.index);
      expect(readCoupons(fields)).toEqual(inOrder.map(({ fee }) => ({ couponFen: fee })));
    }),
  );
});

test('rows keep the index that they had on the wire', () => {
  expect(indexedRows(fieldsOf({ a_7: 'x', b_7: 'y', a_3: 'z', c_3: '-' }), new Set(['a', 'b']))).toEqual([
    { index: 3, fields: fieldsOf({ a: 'z' }) },
    { index: 7, fields: fieldsOf({ a: 'x', b: 'y' }) },
  ]);
});
