import { expect, test } from 'vitest';
import { MERCHANT_TEXTS_FOUND, parseMerchant } from './parse-merchant.ts';

const TEXTS = { appid: 'wx2421b1c4370ec43b', mchid: '10000100', apiKey: '192006250b4c09247ec02edce69f6a2d' };

test('texts become a merchant', () => {
  const merchant = parseMerchant({ ...TEXTS, signType: 'MD5', subMchid: '20000200', subAppid: 'wx2', appSecret: 's' });
  expect(merchant).toMatchObject({
    ok: true,
    value: { appid: TEXTS.appid, mchid: TEXTS.mchid, signType: 'MD5', subMchid: '20000200', subAppid: 'wx2' },
  });
});

test('what is optional may be left out', () => {
  expect(parseMerchant(TEXTS)).toMatchObject({ ok: true, value: { appid: TEXTS.appid } });
});

test.each([
  ['appid', 'wx 1'],
  ['mchid', 'M1'],
  ['apiKey', 'short-key-secret'],
  ['signType', 'SHA1'],
  ['subAppid', ''],
  ['subMchid', 'x'],
  ['appSecret', ''],
] as const)(
  'a wrong %s is refused by name, with the place where it is found and without the text itself',
  (field, text) => {
    const merchant = parseMerchant({ ...TEXTS, [field]: text });
    if (merchant.ok) throw new Error('expected a refusal');
    expect(merchant.message.startsWith(`${field}: `)).toBe(true);
    expect(merchant.message).toContain(MERCHANT_TEXTS_FOUND[field]);
    if (text.length > 4) expect(merchant.message).not.toContain(text);
  },
);

test('an identity is taken over as it is', () => {
  const identity = { certificatePem: 'c', privateKeyPem: 'k' };
  const merchant = parseMerchant(TEXTS, { identity });
  expect(merchant.ok && merchant.value.identity).toBe(identity);
});
