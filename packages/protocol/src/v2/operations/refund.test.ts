import { expect, test } from 'vitest';
import { fen } from '../../values/fen.ts';
import { parseOutRefundNo, parseOutTradeNo, parseTransactionId } from '../../values/numbers.ts';
import { fieldsOf, valueOf, vectorFields } from '../messages.suite.ts';
import { refund, type RefundRequest } from './refund.ts';
import { refundv2 } from './refundv2.ts';

const REQUEST: RefundRequest = {
  transactionId: valueOf(parseTransactionId('4200000001201808210000000002')),
  outRefundNo: valueOf(parseOutRefundNo('1415701182')),
  totalFen: fen(100),
  refundFen: fen(30),
};

const FIELDS = {
  transaction_id: '4200000001201808210000000002',
  out_refund_no: '1415701182',
  total_fee: '100',
  refund_fee: '30',
};

test('a refund says which order, its own number and both amounts', () => {
  expect(valueOf(refund.printRequest(REQUEST))).toEqual(fieldsOf(FIELDS));
});

test('everything optional of a refund is printed under its name on the wire', () => {
  const request: RefundRequest = {
    outTradeNo: valueOf(parseOutTradeNo('1415757673')),
    outRefundNo: REQUEST.outRefundNo,
    totalFen: fen(100),
    refundFen: fen(100),
    refundFeeType: 'CNY',
    refundDesc: '商品已售完',
    refundAccount: 'REFUND_SOURCE_RECHARGE_FUNDS',
    notifyUrl: 'https://shop.example.com/refunded',
    opUserId: '10000100',
    deviceInfo: '013467007045764',
  };
  expect(valueOf(refund.printRequest(request))).toEqual(
    fieldsOf({
      out_trade_no: '1415757673',
      out_refund_no: '1415701182',
      total_fee: '100',
      refund_fee: '100',
      refund_fee_type: 'CNY',
      refund_desc: '商品已售完',
      refund_account: 'REFUND_SOURCE_RECHARGE_FUNDS',
      notify_url: 'https://shop.example.com/refunded',
      op_user_id: '10000100',
      device_info: '013467007045764',
    }),
  );
});

test('a refund of more than was paid is refused before it is sent', () => {
  expect(refund.printRequest({ ...REQUEST, refundFen: fen(101) })).toEqual({
    ok: false,
    reason: 'field-invalid',
    message: "refund_fee: 101 fen is more than the order's total_fee of 100 fen",
  });
});

test('a refund of nothing is refused before it is sent', () => {
  expect(refund.printRequest({ ...REQUEST, refundFen: fen(0) })).toMatchObject({
    message: 'refund_fee: must be above 0 fen',
  });
});

test('a refund without the number of an order is refused before it is sent', () => {
  const { transactionId: _, ...request } = REQUEST;
  // @ts-expect-error: callers without types get an answer too
  expect(refund.printRequest(request)).toMatchObject({ message: 'transaction_id or out_trade_no is required' });
});

test('the captured answer is read: zeros are amounts, the empty refund_channel is nothing', () => {
  expect(valueOf(refund.readAnswer(vectorFields('refund-accepted')))).toEqual({
    transactionId: '4200000001201808210000000002',
    outTradeNo: '1415757673',
    outRefundNo: '1415701182',
    refundId: '50000000012018082100000000003',
    refundFen: 1,
    totalFen: 1,
    cashFen: 1,
    cashRefundFen: 1,
    couponRefundFen: 0,
    couponRefundCount: 0,
    coupons: [],
  });
});

test.each(['transaction_id', 'out_trade_no', 'out_refund_no', 'refund_id', 'refund_fee', 'total_fee'])(
  'an answer without a readable %s does not say which refund was accepted',
  (name) => {
    const fields = new Map(vectorFields('refund-accepted'));
    expect(refund.readAnswer(fields.set(name, '%'))).toMatchObject({ ok: false, reason: 'field-invalid' });
    fields.delete(name);
    expect(refund.readAnswer(fields)).toMatchObject({ ok: false, reason: 'field-missing' });
  },
);

test('a circumstance that makes no sense does not hide that the refund was accepted', () => {
  const fields = new Map(vectorFields('refund-accepted'));
  for (const name of [
    'cash_fee',
    'cash_refund_fee',
    'coupon_refund_fee',
    'coupon_refund_count',
    'settlement_total_fee',
  ]) {
    fields.set(name, '?');
  }
  expect(refund.readAnswer(fields)).toMatchObject({ ok: true, value: { refundFen: 1 } });
});

test('the coupons of a refund are read into a list', () => {
  const fields = new Map(vectorFields('refund-accepted'))
    .set('coupon_refund_count', '1')
    .set('coupon_type_0', 'NO_CASH')
    .set('coupon_refund_id_0', '16BT')
    .set('coupon_refund_fee_0', '1');
  expect(valueOf(refund.readAnswer(fields)).coupons).toEqual([{ type: 'NO_CASH', couponId: '16BT', refundFen: 1 }]);
});

test('a refund with single-item discounts says what is given back and always its version', () => {
  const goods = [{ goodsId: '7', refundFen: fen(30), refundQuantity: 1, priceFen: fen(50) }];
  expect(valueOf(refundv2.printRequest({ ...REQUEST, goods }))).toEqual(
    fieldsOf({
      ...FIELDS,
      version: '1.0',
      detail: '{"goods_detail":[{"goods_id":"7","refund_amount":30,"refund_quantity":1,"price":50}]}',
    }),
  );
  expect(valueOf(refundv2.printRequest(REQUEST)).get('version')).toBe('1.0');
});

test('a refund with single-item discounts obeys the same limits', () => {
  expect(refundv2.printRequest({ ...REQUEST, refundFen: fen(101) })).toMatchObject({ ok: false });
});

test('the answer with single-item discounts has what became of them', () => {
  const fields = new Map(vectorFields('refund-accepted'));
  expect(valueOf(refundv2.readAnswer(fields))).not.toHaveProperty('promotionDetail');
  fields.set('promotion_detail', '{"promotion_detail":[]}');
  expect(valueOf(refundv2.readAnswer(fields))).toMatchObject({
    refundFen: 1,
    promotionDetail: '{"promotion_detail":[]}',
  });
});
