import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { valueOf } from '../testing/test-world.ts';
import { API_V3_KEY, createCertificate, keyText, PUBLIC_KEY, V3_TEXTS } from '../testing/v3-keys.ts';
import { parseV3Merchant, V3_MERCHANT_TEXTS_FOUND, type V3MerchantTexts } from './parse-v3-merchant.ts';

const { certificateSerial: _, ...WITHOUT_SERIAL } = V3_TEXTS;
const LIFE = { fromMs: Date.UTC(2026, 0, 1), untilMs: Date.UTC(2031, 0, 1) };
const { certificatePem = '' } = createCertificate('5A1E', { keyName: 'merchant-private-key', ...LIFE });
const { certificatePem: strangersPem = '' } = createCertificate('5A1F', { keyName: 'platform-private-key', ...LIFE });
const PUBLIC_KEY_TEXTS = { id: PUBLIC_KEY.serial, pem: keyText('wechatpay-public-key') };

test('the texts of a merchant become a merchant, its serial read from the certificate or given', () => {
  const fromCertificate = valueOf(parseV3Merchant({ ...WITHOUT_SERIAL, certificatePem }));
  const given = valueOf(parseV3Merchant({ ...WITHOUT_SERIAL, certificateSerial: '5a:1e 0f' }));
  expect(fromCertificate).toMatchObject({ appid: V3_TEXTS.appid, mchid: V3_TEXTS.mchid });
  expect(fromCertificate.credentials.serial).toBe('5A1E');
  expect(given.credentials.serial).toBe('5A1E0F');
  expect(fromCertificate).not.toHaveProperty('publicKeys');
});

test('everything that a merchant may have is kept', () => {
  const texts = {
    ...V3_TEXTS,
    publicKeys: [PUBLIC_KEY_TEXTS],
    subAppid: 'wx0000000000000009',
    subMchid: '1900000555',
    appSecret: 'secret',
  };
  const merchant = valueOf(parseV3Merchant(texts));
  expect(merchant).toMatchObject({ subAppid: 'wx0000000000000009', subMchid: '1900000555' });
  expect(merchant.publicKeys?.map(({ serial }) => serial)).toEqual([PUBLIC_KEY.serial]);
  expect(merchant.appSecret?.reveal()).toBe('secret');
  expect(inspect(merchant, { depth: 9 })).not.toMatch(new RegExp(`${API_V3_KEY}|'secret'|PRIVATE KEY`));
});

describe('a failure says where the right text is found', () => {
  test.each<[keyof V3MerchantTexts, Partial<V3MerchantTexts>]>([
    ['appid', { appid: 'wx-1' }],
    ['mchid', { mchid: 'M1' }],
    ['privateKeyPem', { privateKeyPem: 'none' }],
    ['privateKeyPem', { privateKeyPem: keyText('merchant-public-key') }],
    ['certificatePem', { certificatePem: 'none' }],
    ['certificatePem', { certificatePem: strangersPem }],
    ['certificateSerial', { certificateSerial: 'serial' }],
    ['certificateSerial', { certificatePem, certificateSerial: '5A1F' }],
    ['apiV3Key', { apiV3Key: 'short' }],
    ['publicKeys', { publicKeys: [{ ...PUBLIC_KEY_TEXTS, id: '1' }] }],
    ['publicKeys', { publicKeys: [{ ...PUBLIC_KEY_TEXTS, pem: keyText('platform-certificate') }] }],
    ['subAppid', { subAppid: '', subMchid: '1900000555' }],
    ['subMchid', { subMchid: 'x' }],
    ['subMchid', { subAppid: 'wx0000000000000009' }],
    ['appSecret', { appSecret: '' }],
  ])('%s is named when it cannot be used', (field, texts) => {
    const parsed = parseV3Merchant({ ...V3_TEXTS, ...texts });
    expect(parsed).toMatchObject({ ok: false, reason: 'merchant-invalid' });
    const message = parsed.ok ? '' : parsed.message;
    expect(message.startsWith(`${field}: `)).toBe(true);
    expect(message).toContain(V3_MERCHANT_TEXTS_FOUND[field]);
    expect(message).not.toMatch(/MII[A-Za-z0-9+/]{9}/);
  });

  test('a merchant needs its certificate or the serial of it', () => {
    const parsed = parseV3Merchant(WITHOUT_SERIAL);
    expect(parsed.ok ? '' : parsed.message).toContain('certificatePem: is missing');
  });
});
