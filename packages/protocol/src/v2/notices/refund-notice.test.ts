import { createCipheriv } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseApiKey } from '../../values/secret.ts';
import { bytes, DEMO_KEY, valueOf } from '../messages.suite.ts';
import { readXml } from '../xml/read-xml.ts';
import { noticeVector, noticeVectorText } from './notices.suite.ts';
import { readRefundNotice } from './refund-notice.ts';
import { decryptReqInfo, encryptReqInfo } from './req-info.ts';

const COMPLETE = noticeVectorText('refund-complete.root.xml');
const COMPLETE_REQ_INFO = noticeVectorText('refund-complete.req-info.txt');

const noticeOf = (reqInfo: string): Uint8Array =>
  bytes(
    `<xml><return_code>SUCCESS</return_code><appid>wx2421b1c4370ec43b</appid><mch_id>10000100</mch_id>` +
      `<nonce_str>TeqClE3i0mvn3DrK</nonce_str><req_info><![CDATA[${reqInfo}]]></req_info></xml>`,
  );

const noticeWith = (from: string, to: string): Uint8Array => {
  const inner = COMPLETE.replace(from, to);
  if (inner === COMPLETE) throw new Error(`${from} is not in the sample`);
  return noticeOf(encryptReqInfo(inner, DEMO_KEY));
};

test('req_info made by openssl decrypts to the fields of the official sample', () => {
  const fields = valueOf(decryptReqInfo(COMPLETE_REQ_INFO, DEMO_KEY));
  expect(fields).toEqual(valueOf(readXml(bytes(COMPLETE), { root: 'root' })));
  expect(fields.size).toBe(13);
});

test('encrypting gives the same bytes as openssl', () => {
  expect(encryptReqInfo(COMPLETE, DEMO_KEY)).toBe(COMPLETE_REQ_INFO);
});

test('a decrypted part with line ends between its two fields reads as two fields', () => {
  const reqInfo = valueOf(readXml(noticeVector('refund-two-fields.xml'))).get('req_info') ?? '';
  expect([...valueOf(decryptReqInfo(reqInfo, DEMO_KEY))]).toEqual([
    ['out_refund_no', '131811191610442717309'],
    ['refund_status', 'SUCCESS'],
  ]);
});

test('req_info broken into lines, as MIME encoders do, decrypts too', () => {
  const lines = COMPLETE_REQ_INFO.match(/.{1,76}/g)?.join('\r\n') ?? '';
  expect(decryptReqInfo(lines, DEMO_KEY).ok).toBe(true);
});

test('a complete notice tells the refund, its amounts and when it succeeded', () => {
  expect(valueOf(readRefundNotice(noticeOf(COMPLETE_REQ_INFO), DEMO_KEY))).toMatchObject({
    appid: 'wx2421b1c4370ec43b',
    mchid: '10000100',
    transactionId: '4200000215201811190261405420',
    outTradeNo: '71106718111915575302817',
    refundId: '50000408942018111907145868882',
    outRefundNo: '131811191610442717309',
    totalFen: 3960,
    refundFen: 3960,
    settlementRefundFen: 3960,
    refundRecvAccount: '支付用户零钱',
    refundAccount: 'REFUND_SOURCE_RECHARGE_FUNDS',
    refundRequestSource: 'API',
    refundStatus: 'SUCCESS',
    succeededAtMs: Date.UTC(2018, 10, 19, 8, 24, 13),
  });
});

test.each(['CHANGE', 'REFUNDCLOSE'] as const)('a refund that ended as %s has no time of success', (refundStatus) => {
  const body = noticeWith('<![CDATA[SUCCESS]]>', `<![CDATA[${refundStatus}]]>`);
  const notice = valueOf(readRefundNotice(body, DEMO_KEY));
  expect(notice.refundStatus).toBe(refundStatus);
  expect('succeededAtMs' in notice).toBe(false);
});

test('a success without a time is a success', () => {
  const body = noticeWith('<success_time><![CDATA[2018-11-19 16:24:13]]></success_time>', '');
  expect(valueOf(readRefundNotice(body, DEMO_KEY)).refundStatus).toBe('SUCCESS');
});

test('fields that the documents do not know are kept', () => {
  const body = noticeWith('</root>', '<cash_refund_fee>3900</cash_refund_fee><zz>1</zz></root>');
  const notice = valueOf(readRefundNotice(body, DEMO_KEY));
  expect(notice.cashRefundFen).toBe(3900);
  expect(notice.fields.get('zz')).toBe('1');
});

test('a notice without the refund’s identity is refused', () => {
  expect(readRefundNotice(noticeVector('refund-two-fields.xml'), DEMO_KEY)).toMatchObject({ reason: 'field-missing' });
});

test.each([
  ['a status nobody knows', '<![CDATA[SUCCESS]]>', '<![CDATA[MAYBE]]>', 'field-invalid'],
  ['an amount with a point', '<refund_fee><![CDATA[3960]]>', '<refund_fee><![CDATA[39.60]]>', 'field-invalid'],
  ['the root element of other messages', 'root>', 'xml>', 'req-info-unreadable'],
])('a decrypted part with %s is refused', (_, from, to, reason) => {
  expect(readRefundNotice(noticeWith(from, to), DEMO_KEY)).toMatchObject({ ok: false, reason });
});

test('a key in upper case or of raw bytes is not the key that WeChat Pay uses', () => {
  const digest = 'd96eb16afdd491fa1e705096edbc2205';
  const encrypt = (algorithm: string, key: string | Buffer): string => {
    const cipher = createCipheriv(algorithm, key, null);
    return cipher.update(COMPLETE, 'utf8', 'base64') + cipher.final('base64');
  };
  expect(encrypt('aes-256-ecb', digest)).toBe(COMPLETE_REQ_INFO);
  const wrong = [encrypt('aes-256-ecb', digest.toUpperCase()), encrypt('aes-128-ecb', Buffer.from(digest, 'hex'))];
  for (const reqInfo of wrong) {
    expect(decryptReqInfo(reqInfo, DEMO_KEY)).toMatchObject({ ok: false, reason: 'req-info-unreadable' });
  }
});

test.each([
  ['cut in the middle of a group', COMPLETE_REQ_INFO.slice(0, -5)],
  ['cut at a block', Buffer.from(COMPLETE_REQ_INFO, 'base64').subarray(0, -16).toString('base64')],
  ['cut within a block', Buffer.from(COMPLETE_REQ_INFO, 'base64').subarray(0, -3).toString('base64')],
  ['not base64', '*'.repeat(64)],
  ['in the alphabet of addresses', COMPLETE_REQ_INFO.replaceAll('+', '-').replaceAll('/', '_')],
])('req_info that is %s is refused, for the same reason whatever is wrong', (_, reqInfo) => {
  const refused = readRefundNotice(noticeOf(reqInfo), DEMO_KEY);
  expect(refused).toEqual({
    ok: false,
    reason: 'req-info-unreadable',
    message: 'req_info does not decrypt to XML; check the API key of this merchant',
  });
});

test('the key of another merchant does not decrypt', () => {
  const key = valueOf(parseApiKey('f'.repeat(32)));
  expect(readRefundNotice(noticeOf(COMPLETE_REQ_INFO), key)).toMatchObject({ reason: 'req-info-unreadable' });
});

test.each([
  ['return_code FAIL', '<xml><return_code>FAIL</return_code><return_msg>no</return_msg></xml>', 'not-a-refund'],
  ['no req_info', '<xml><return_code>SUCCESS</return_code></xml>', 'not-a-refund'],
  ['an empty req_info', '<xml><return_code>SUCCESS</return_code><req_info/></xml>', 'not-a-refund'],
  ['no appid', `<xml><return_code>SUCCESS</return_code><req_info>AAAA</req_info></xml>`, 'field-missing'],
  ['a DOCTYPE', '<!DOCTYPE xml><xml/>', 'doctype'],
])('a body with %s is no refund notice', (_, body, reason) => {
  expect(readRefundNotice(bytes(body), DEMO_KEY)).toMatchObject({ ok: false, reason });
});
