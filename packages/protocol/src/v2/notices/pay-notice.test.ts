import { expect, test } from 'vitest';
import { fen } from '../../values/fen.ts';
import { parseApiKey } from '../../values/secret.ts';
import { bytes, DEMO_KEY, valueOf } from '../messages.suite.ts';
import { noticeVector, noticeVectorText } from './notices.suite.ts';
import { readPayNotice } from './pay-notice.ts';

const RULES = { key: DEMO_KEY };

const reasonOf = (body: string): string => {
  const notice = readPayNotice(bytes(body), RULES);
  return notice.ok ? 'accepted' : notice.reason;
};

test('the plainest captured notice verifies and tells the payment', () => {
  expect(valueOf(readPayNotice(noticeVector('pay-plain.xml'), RULES))).toMatchObject({
    appid: 'wx2421b1c4370ec43b',
    mchid: '10000100',
    nonce: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    signType: 'MD5',
    payment: {
      transactionId: '4200000001202101060000000004',
      outTradeNo: '20210106205257001',
      tradeType: 'NATIVE',
      totalFen: 1,
      cashFen: 1,
      bankType: 'OTHERS',
      coupons: [],
      paidAtMs: Date.UTC(2021, 0, 6, 12, 53, 23),
    },
  });
});

test('coupons are a list, and a field nobody knows is verified and kept', () => {
  const notice = valueOf(readPayNotice(noticeVector('pay-with-coupon.xml'), RULES));
  expect(notice.payment.coupons).toEqual([{ couponId: '10000', type: 'CASH', couponFen: fen(10) }]);
  expect(notice.fields.get('zz_future_field')).toBe('1');
});

test('a notice that names HMAC-SHA256 is verified with it', () => {
  expect(valueOf(readPayNotice(noticeVector('pay-with-coupon-hmac.xml'), RULES)).signType).toBe('HMAC-SHA256');
});

test('an MD5 notice for an order signed with HMAC-SHA256 is refused', () => {
  const rules = { key: DEMO_KEY, requested: 'HMAC-SHA256' } as const;
  expect(readPayNotice(noticeVector('pay-plain.xml'), rules)).toMatchObject({ ok: false, reason: 'sign-type-weaker' });
  expect(readPayNotice(noticeVector('pay-with-coupon-hmac.xml'), rules).ok).toBe(true);
});

test('an HMAC-SHA256 notice without sign_type is told by the length of its sign', () => {
  // Signed with Python's hmac: the fields of pay-plain.xml under HMAC-SHA256.
  const body = noticeVectorText('pay-plain.xml').replace(
    'E05375C95BA6F3F84FD616CA26D40000',
    '3CDE4D8AD28863AA83A6D3E622224D9625527D1DAB350B05F2F7E89AC186F269',
  );
  expect(valueOf(readPayNotice(bytes(body), RULES)).signType).toBe('HMAC-SHA256');
});

test.each([
  ['another amount', '<total_fee>1</total_fee>', '<total_fee>2</total_fee>', 'sign-mismatch'],
  ['another merchant', '10000100', '10000101', 'sign-mismatch'],
  ['an added field', '</xml>', '<extra>1</extra></xml>', 'sign-mismatch'],
  ['a removed field', '<is_subscribe><![CDATA[N]]></is_subscribe>\n', '', 'sign-mismatch'],
  ['no sign', '<sign><![CDATA[E05375C95BA6F3F84FD616CA26D40000]]></sign>', '', 'sign-missing'],
  ['a sign type nobody knows', '</xml>', '<sign_type>RSA</sign_type></xml>', 'sign-type-unknown'],
  ['a field twice', '</xml>', '<total_fee>1</total_fee></xml>', 'duplicate-element'],
  ['return_code FAIL', '<return_code><![CDATA[SUCCESS]]>', '<return_code><![CDATA[FAIL]]>', 'not-a-payment'],
])('a notice with %s is refused', (_, from, to, reason) => {
  const body = noticeVectorText('pay-plain.xml').replace(from, to);
  expect(body).not.toBe(noticeVectorText('pay-plain.xml'));
  expect(reasonOf(body)).toBe(reason);
});

test('a notice signed with the key of another merchant is refused', () => {
  const key = valueOf(parseApiKey('0'.repeat(32)));
  expect(readPayNotice(noticeVector('pay-plain.xml'), { key })).toMatchObject({ ok: false, reason: 'sign-mismatch' });
});

test.each([
  ['nothing', '', 'empty'],
  ['JSON', '{"id":"EV-2018022511223320873"}', 'malformed'],
  ['a page', '<html><body>404</body></html>', 'wrong-root'],
  ['half a notice', '<xml><return_code><![CDATA[SUCCESS]]></return_code>', 'malformed'],
  ['a refund notice', '<xml><return_code>SUCCESS</return_code><req_info>abcd</req_info></xml>', 'sign-missing'],
])('%s is no pay notice', (_, body, reason) => {
  expect(reasonOf(body)).toBe(reason);
});
