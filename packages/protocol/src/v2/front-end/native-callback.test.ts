import { expect, test } from 'vitest';
import { parseAppid, parseMchid, parsePrepayId } from '../../values/numbers.ts';
import { bytes, DEMO_KEY, valueOf } from '../messages.suite.ts';
import { noticeVector, noticeVectorText } from '../notices/notices.suite.ts';
import { verifyFields } from '../sign/verify.ts';
import { readXml } from '../xml/read-xml.ts';
import { printNativeReply, readNativeCallback } from './native-callback.ts';

const REPLY = {
  appid: valueOf(parseAppid('wx2421b1c4370ec43b')),
  mchid: valueOf(parseMchid('10000100')),
  nonce: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
};

test('the callback of a scanned product verifies and names product and payer', () => {
  expect(valueOf(readNativeCallback(noticeVector('native-callback.xml'), DEMO_KEY))).toMatchObject({
    appid: 'wx2421b1c4370ec43b',
    mchid: '10000100',
    openid: 'o8GeHuLAsgefS_80exEr1cTqekUs',
    productId: '88888',
    isSubscribe: 'Y',
    signType: 'MD5',
  });
});

test.each([
  ['another product', '88888', '88889', 'sign-mismatch'],
  ['no sign', '<sign><![CDATA[83E0D37BC674768E08A949CE66495FC7]]></sign>', '', 'sign-missing'],
  ['no end', '</xml>', '', 'malformed'],
])('a callback with %s is refused', (_, from, to, reason) => {
  const body = bytes(noticeVectorText('native-callback.xml').replace(from, to));
  expect(readNativeCallback(body, DEMO_KEY)).toMatchObject({ ok: false, reason });
});

test('the answer with a prepay id is the documented one, to the byte', () => {
  const prepayId = valueOf(parsePrepayId('wx201411101639507cbf6ffd8b0779950874'));
  expect(valueOf(printNativeReply({ ...REPLY, prepayId }, DEMO_KEY))).toBe(noticeVectorText('native-reply.xml'));
});

test('the answer that there is nothing to pay is signed too and says why', () => {
  const fields = valueOf(readXml(bytes(valueOf(printNativeReply({ ...REPLY, errCodeDes: '已售罄' }, DEMO_KEY)))));
  expect(fields.get('result_code')).toBe('FAIL');
  expect(fields.get('err_code_des')).toBe('已售罄');
  expect(fields.has('prepay_id')).toBe(false);
  expect(verifyFields(fields, DEMO_KEY).ok).toBe(true);
});

test('a reason that WeChat Pay cannot take is refused by its field', () => {
  expect(printNativeReply({ ...REPLY, errCodeDes: '😀' }, DEMO_KEY)).toMatchObject({
    reason: 'four-byte-character',
    message: expect.stringContaining('err_code_des'),
  });
});
