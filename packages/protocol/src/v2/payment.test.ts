import { expect, test } from 'vitest';
import { DEMO_KEY, valueOf } from './messages.suite.ts';
import { readPayment } from './payment.ts';
import { stringToSign } from './sign/string-to-sign.ts';
import { verifyFields } from './sign/verify.ts';

/**
 * A pay notice in the shape of public captures, with the values of the documented sample and one field that nobody
 * knows; the string is what is signed. Signs computed with Python's hashlib and hmac.
 */
const SIGNED =
  'appid=wx2421b1c4370ec43b&attach=支付测试&bank_type=CFT&cash_fee=90&coupon_count=1&coupon_fee=10&coupon_fee_0=10' +
  '&coupon_id_0=10000&coupon_type_0=CASH&fee_type=CNY&is_subscribe=Y&mch_id=10000100' +
  '&nonce_str=1add1a30ac87aa2db72f57a2375d8fec&openid=oUpF8uMEb4qRXf22hE3X68TekukE&out_trade_no=1415659990' +
  '&result_code=SUCCESS&return_code=SUCCESS&time_end=20140903131540&total_fee=100&trade_type=JSAPI' +
  '&transaction_id=1004400740201409030005092168&zz_future_field=1';

const fieldsOfSigned = (text: string): Map<string, string> =>
  new Map(
    text.split('&').map((pair): [string, string] => {
      const [name = '', value = ''] = pair.split('=');
      return [name, value];
    }),
  );

test('the fields of the notice are those that are signed', () => {
  expect(stringToSign(fieldsOfSigned(SIGNED))).toBe(SIGNED);
});

test('the notice verifies with MD5, its unknown field included', () => {
  const fields = fieldsOfSigned(SIGNED).set('sign', '6710829BCFAE9D80F2F02C95FDEC2903');
  expect(verifyFields(fields, DEMO_KEY)).toEqual({ ok: true, value: 'MD5' });
  fields.delete('zz_future_field');
  expect(verifyFields(fields, DEMO_KEY)).toMatchObject({ ok: false, reason: 'sign-mismatch' });
});

test('the notice with a sign_type verifies with HMAC-SHA256, its sign_type being signed too', () => {
  const fields = fieldsOfSigned(SIGNED)
    .set('sign_type', 'HMAC-SHA256')
    .set('sign', '1FC3147F52ED1C39EEF8391681681A0F3B1CF5B94523F7648A6985B538D17AEE');
  expect(verifyFields(fields, DEMO_KEY)).toEqual({ ok: true, value: 'HMAC-SHA256' });
});

test('the payment of the notice is read with its coupon', () => {
  expect(valueOf(readPayment(fieldsOfSigned(SIGNED)))).toEqual({
    transactionId: '1004400740201409030005092168',
    outTradeNo: '1415659990',
    totalFen: 100,
    tradeType: 'JSAPI',
    cashFen: 90,
    couponFen: 10,
    couponCount: 1,
    coupons: [{ couponId: '10000', type: 'CASH', couponFen: 10 }],
    feeType: 'CNY',
    bankType: 'CFT',
    openid: 'oUpF8uMEb4qRXf22hE3X68TekukE',
    isSubscribe: 'Y',
    attach: '支付测试',
    paidAtMs: Date.UTC(2014, 8, 3, 5, 15, 40),
  });
});
