import { expect, test } from 'vitest';
import { fen } from '../../values/fen.ts';
import { parseOutTradeNo } from '../../values/numbers.ts';
import { fieldsOf, valueOf } from '../messages.suite.ts';
import { micropay } from './micropay.ts';

const REQUEST = {
  outTradeNo: valueOf(parseOutTradeNo('1217752501201407033233368018')),
  body: '腾大餐厅-午餐',
  totalFen: fen(888),
  spbillCreateIp: '8.8.8.8',
  authCode: '120061098828009406',
};

/** The fields of the documented sample answer, with values of the same shape. */
const PAID = fieldsOf({
  openid: 'oUpF8uN95-Ptaags6E_roPHg7AG0',
  is_subscribe: 'Y',
  trade_type: 'MICROPAY',
  bank_type: 'CCB_DEBIT',
  fee_type: 'CNY',
  total_fee: '888',
  coupon_fee: '0',
  cash_fee: '888',
  transaction_id: '1217752501201407033233368018',
  out_trade_no: '1217752501201407033233368018',
  attach: '',
  time_end: '20141111170043',
});

test('a payment code is charged with the fields of an order, without address and trade type', () => {
  expect(
    valueOf(micropay.printRequest({ ...REQUEST, deposit: 'Y', sceneInfo: { store: { storeId: 'SZTX001' } } })),
  ).toEqual(
    fieldsOf({
      out_trade_no: '1217752501201407033233368018',
      body: '腾大餐厅-午餐',
      total_fee: '888',
      spbill_create_ip: '8.8.8.8',
      auth_code: '120061098828009406',
      deposit: 'Y',
      scene_info: '{"store_info":{"id":"SZTX001"}}',
    }),
  );
});

test('a refused payment code is not repeated in the message', () => {
  const result = micropay.printRequest({ ...REQUEST, authCode: '1'.repeat(129) });
  expect(result).toMatchObject({ ok: false, message: 'auth_code: has 129 UTF-8 bytes, allowed are 128' });
});

test('a payment that succeeded at once is read', () => {
  expect(valueOf(micropay.readAnswer(PAID))).toMatchObject({
    tradeType: 'MICROPAY',
    totalFen: 888,
    cashFen: 888,
    couponFen: 0,
    bankType: 'CCB_DEBIT',
    paidAtMs: Date.UTC(2014, 10, 11, 9, 0, 43),
    coupons: [],
  });
});

test.each(['transaction_id', 'out_trade_no', 'total_fee'])(
  'an answer without %s is unreadable, so that the order is queried',
  (name) => {
    const fields = new Map(PAID);
    fields.delete(name);
    expect(micropay.readAnswer(fields)).toMatchObject({ ok: false, reason: 'field-missing' });
  },
);

test('the payment is never submitted again after an unknown outcome', () => {
  expect(micropay.afterUnknown).toBe('query');
});
