import { expect, test } from 'vitest';
import { parseBeijingDay } from '../values/beijing-time.ts';
import { fen } from '../values/fen.ts';
import { parseAppid, parseMchid, parseOpenid, parseOutTradeNo } from '../values/numbers.ts';
import type { Fields } from './fields.ts';
import { bytes, DEMO_KEY, fieldsOf, valueOf, vectorFields } from './messages.suite.ts';
import { downloadbill } from './operations/downloadbill.ts';
import { downloadfundflow } from './operations/downloadfundflow.ts';
import { getsignkey } from './operations/getsignkey.ts';
import { unifiedorder } from './operations/unifiedorder.ts';
import { printRequest, type RequestSeal, type Sender, senderOf } from './request.ts';
import { signFields } from './sign/sign.ts';
import { readXml } from './xml/read-xml.ts';

const SENDER = {
  appid: valueOf(parseAppid('wx2421b1c4370ec43b')),
  mchid: valueOf(parseMchid('10000100')),
} satisfies Sender;

const SEAL: RequestSeal = { sender: SENDER, nonce: '21df7dc9cd8616b56919f20d9f679233', key: DEMO_KEY, signType: 'MD5' };

const sentFields = (fields: Fields, seal: RequestSeal): Fields =>
  valueOf(readXml(bytes(valueOf(printRequest(fields, seal)))));

const ORDER = valueOf(
  unifiedorder.printRequest({
    tradeType: 'JSAPI',
    outTradeNo: valueOf(parseOutTradeNo('1415659990')),
    body: 'JSAPI支付测试',
    attach: '支付测试',
    totalFen: fen(1),
    spbillCreateIp: '14.23.150.211',
    notifyUrl: 'https://shop.example.com/wx/notify',
    openid: valueOf(parseOpenid('oUpF8uMuAJO_M2pxb1Q9zNjWeS6o')),
  }),
);

test('the unifiedorder request of vectors/v2-messages is printed with its fields and its sign', () => {
  const sent = sentFields(ORDER, { ...SEAL, nonce: '1add1a30ac87aa2db72f57a2375d8fec' });
  expect(sent).toEqual(vectorFields('unifiedorder-request'));
});

// Computed with Python's hmac over the fields of the request without sign_type.
test('the fields of the unifiedorder request have their HMAC-SHA256 sign too', () => {
  expect(signFields(vectorFields('unifiedorder-request'), DEMO_KEY, 'HMAC-SHA256')).toBe(
    '8C1ADB9495161C9CC8B8947B4CB51721B6A5A23C130D29E1E967111D09DBA946',
  );
});

// Computed with Python's hashlib and hmac.
test('a downloadbill request has the sign of its vector', () => {
  const fields = valueOf(
    downloadbill.printRequest({ billDate: valueOf(parseBeijingDay('20141110')), billType: 'ALL' }),
  );
  expect(sentFields(fields, SEAL).get('sign')).toBe('EACED4DF2125661537FEA38B687AA24A');
});

test('a downloadfundflow request sends and signs sign_type HMAC-SHA256 and has the sign of its vector', () => {
  const fields = valueOf(
    downloadfundflow.printRequest({ billDate: valueOf(parseBeijingDay('20141110')), accountType: 'Basic' }),
  );
  const sent = sentFields(fields, { ...SEAL, signType: 'HMAC-SHA256' });
  expect(sent.get('sign_type')).toBe('HMAC-SHA256');
  expect(sent.get('sign')).toBe('BFF0CE7DA627C3327F16A07D5225D879B2CA80F67B8789B65A1CCB405D8E7A93');
});

test('a getsignkey request has only mch_id, nonce_str and the sign of its vector', () => {
  const seal = { ...SEAL, sender: senderOf(getsignkey, SENDER), nonce: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS' };
  expect(sentFields(valueOf(getsignkey.printRequest({})), seal)).toEqual(
    fieldsOf({
      mch_id: '10000100',
      nonce_str: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
      sign: '663F5D1546FE61FA6E1E4502C475CF5A',
    }),
  );
});

test("a service provider's request names the sub-merchant", () => {
  const sender = {
    ...SENDER,
    subAppid: valueOf(parseAppid('wxaaaaaaaaaaaaaaaa')),
    subMchid: valueOf(parseMchid('1900000109')),
  };
  const placed = sentFields(ORDER, { ...SEAL, sender: senderOf(unifiedorder, sender) });
  expect([placed.get('sub_appid'), placed.get('sub_mch_id')]).toEqual(['wxaaaaaaaaaaaaaaaa', '1900000109']);
});

test('a bill is asked for without sub_appid, because downloadbill refuses fields that it does not know', () => {
  const sender = { ...SENDER, subAppid: SENDER.appid, subMchid: SENDER.mchid };
  expect(senderOf(downloadbill, sender)).toEqual({ ...SENDER, subMchid: SENDER.mchid });
  expect(senderOf(downloadfundflow, { ...SENDER, subAppid: SENDER.appid })).toEqual(SENDER);
});

test('a field of the operation wins over the sender’s, for an order of another appid of the merchant', () => {
  expect(sentFields(fieldsOf({ appid: 'wxother' }), SEAL).get('appid')).toBe('wxother');
});

test('how a request is signed is the seal’s alone, so that what is sent and what signs it agree', () => {
  const odd = fieldsOf({ sign_type: 'HMAC-SHA256', sign: '00', body: 'x' });
  const withMd5 = sentFields(odd, SEAL);
  expect(withMd5.has('sign_type')).toBe(false);
  expect(withMd5.get('sign')).toBe(signFields(withMd5, DEMO_KEY, 'MD5'));
  const withHmac = sentFields(odd.set('sign_type', 'MD5'), { ...SEAL, signType: 'HMAC-SHA256' });
  expect(withHmac.get('sign_type')).toBe('HMAC-SHA256');
});

test('an emoji is refused with the name of its field before anything is sent', () => {
  expect(printRequest(fieldsOf({ body: 'tea 🍵' }), SEAL)).toMatchObject({
    ok: false,
    reason: 'four-byte-character',
    message: expect.stringContaining('body'),
  });
});
