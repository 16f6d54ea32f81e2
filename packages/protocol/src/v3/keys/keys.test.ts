import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseApiV3Key } from '../../values/secret.ts';
import { sealText } from '../cipher/aead.ts';
import { signMessage } from '../sign/rsa.ts';
import { answerMessage } from '../sign/message.ts';
import { printWechatpayHeaders } from '../sign/wechatpay-headers.ts';
import {
  API_V3_KEY,
  bytes,
  CERTIFICATE,
  keyText,
  KEYS,
  PLATFORM_PRIVATE_KEYS,
  PLATFORM_SERIAL,
  PUBLIC_KEY,
  PUBLIC_KEY_ID,
  SIGNED_AT_MS,
  valueOf,
  vectorBytes,
  vectorText,
} from '../vectors.suite.ts';
import { addKeys, createKeyRing, encryptionKeyOf, keyOf, type PlatformCertificate } from './key-ring.ts';
import { readCertificates, readVerifiedCertificates } from './read-certificates.ts';
import {
  readMerchantCredentials,
  readMerchantPrivateKey,
  readPlatformCertificate,
  readWechatpayPublicKey,
} from './read-keys.ts';

describe('the key ring', () => {
  const newer: PlatformCertificate = { ...CERTIFICATE, serial: 'AB', validFromMs: CERTIFICATE.validFromMs + 1000 };

  test('certificates and public keys stand side by side and each is found by its serial', () => {
    expect(keyOf(KEYS, PLATFORM_SERIAL, SIGNED_AT_MS)).toEqual({ ok: true, value: CERTIFICATE });
    expect(keyOf(KEYS, PLATFORM_SERIAL.toLowerCase(), SIGNED_AT_MS)).toMatchObject({ reason: 'unknown-serial' });
    expect(keyOf(KEYS, PUBLIC_KEY_ID, SIGNED_AT_MS)).toEqual({ ok: true, value: PUBLIC_KEY });
  });

  test('adding keys leaves the old ring as it was and loses none', () => {
    const before = createKeyRing([CERTIFICATE]);
    const after = addKeys(before, [newer, PUBLIC_KEY]);
    expect([...before.keys()]).toEqual([PLATFORM_SERIAL]);
    expect([...after.keys()]).toEqual([PLATFORM_SERIAL, 'AB', PUBLIC_KEY_ID]);
  });

  test('fields are encrypted with the public key, else with the certificate that began last', () => {
    const nowMs = SIGNED_AT_MS + 2000;
    expect(valueOf(encryptionKeyOf(KEYS, nowMs))).toBe(PUBLIC_KEY);
    expect(valueOf(encryptionKeyOf(createKeyRing([newer, CERTIFICATE]), nowMs))).toBe(newer);
    expect(valueOf(encryptionKeyOf(createKeyRing([newer, CERTIFICATE]), SIGNED_AT_MS))).toBe(CERTIFICATE);
    expect(encryptionKeyOf(createKeyRing([]), nowMs)).toMatchObject({ ok: false, reason: 'key-not-valid' });
  });
});

describe('reading keys', () => {
  test('the platform certificate of the vectors has its serial and its ten years', () => {
    expect(CERTIFICATE).toMatchObject({
      serial: PLATFORM_SERIAL,
      validFromMs: Date.UTC(2026, 0, 1),
      validUntilMs: Date.UTC(2036, 0, 1),
    });
  });

  test.each(['', 'PUB_KEY_ID', PLATFORM_SERIAL, 'PUB_KEY_ID_ 1'])('“%s” is no id of a public key', (id) => {
    expect(readWechatpayPublicKey(id, keyText('wechatpay-public-key'))).toMatchObject({
      reason: 'not-a-public-key-id',
    });
  });

  test('a file of another kind is named by what was expected', () => {
    const certificate = keyText('platform-certificate');
    const expected = (file: string) => ({ ok: false, reason: 'not-pem', message: expect.stringContaining(file) });
    expect(readWechatpayPublicKey(PUBLIC_KEY_ID, certificate)).toMatchObject(expected('pub_key.pem'));
    expect(readMerchantPrivateKey(certificate)).toMatchObject(expected('apiclient_key.pem'));
    expect(readPlatformCertificate(keyText('wechatpay-public-key'))).toMatchObject(expected('platform certificate'));
    expect(readPlatformCertificate('')).toMatchObject(expected('platform certificate'));
  });

  test('a damaged file is refused, and its content is in no message', () => {
    const damage = (pem: string): string => pem.replace(/\n[^\n]{64}\n/, '\nAAAA\n');
    const refused = [
      readWechatpayPublicKey(PUBLIC_KEY_ID, damage(keyText('wechatpay-public-key'))),
      readMerchantPrivateKey(damage(keyText('merchant-private-key'))),
      readPlatformCertificate(damage(keyText('platform-certificate'))),
    ];
    expect(refused.map((result) => result.ok)).toEqual([false, false, false]);
    expect(JSON.stringify(refused)).not.toMatch(/MII[A-Za-z0-9+/]{8}/);
  });

  test.each([
    ['an elliptic curve', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['1024 bits', generateKeyPairSync('rsa', { modulusLength: 1024 })],
  ])('a key of %s is refused', (_, pair) => {
    const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(readWechatpayPublicKey(PUBLIC_KEY_ID, pem)).toMatchObject({ ok: false, reason: 'not-rsa-2048' });
  });

  test('a key and the certificate that belongs to it are what a merchant signs with', () => {
    const files = { privateKeyPem: keyText('platform-private-key'), certificatePem: keyText('platform-certificate') };
    expect(valueOf(readMerchantCredentials(files)).serial).toBe(PLATFORM_SERIAL);
  });

  test('a key of another certificate is found before the gateway refuses every call', () => {
    const files = { privateKeyPem: keyText('merchant-private-key'), certificatePem: keyText('platform-certificate') };
    expect(readMerchantCredentials(files)).toMatchObject({ ok: false, reason: 'key-mismatch' });
    expect(readMerchantCredentials({ ...files, certificatePem: '' })).toMatchObject({ reason: 'not-pem' });
    expect(readMerchantCredentials({ ...files, privateKeyPem: '' })).toMatchObject({ reason: 'not-pem' });
  });
});

describe('certificates of the gateway', () => {
  const BODY = vectorBytes('v3-messages/certificates.json');
  const TEXT = vectorText('v3-messages/certificates.json');
  const headersFor = (body: Uint8Array, serial: string) => {
    const [timestamp, nonce] = [String(SIGNED_AT_MS / 1000), 'n'];
    const key = PLATFORM_PRIVATE_KEYS[serial];
    if (key === undefined) throw new TypeError('no such key');
    const signature = signMessage(answerMessage({ timestamp, nonce, body }), key);
    return printWechatpayHeaders({ timestamp, nonce, signature, serial });
  };

  test('vector G3 opens to the certificate of the vectors', () => {
    const [certificate] = valueOf(readCertificates(BODY, API_V3_KEY));
    expect(certificate?.serial).toBe(PLATFORM_SERIAL);
    expect(certificate?.publicKey.equals(CERTIFICATE.publicKey)).toBe(true);
  });

  test('the first answer is verified with a certificate that it brings itself', () => {
    const request = {
      headers: headersFor(BODY, PLATFORM_SERIAL),
      body: BODY,
      nowMs: SIGNED_AT_MS,
      apiV3Key: API_V3_KEY,
    };
    const ring = valueOf(readVerifiedCertificates({ ...request, keys: createKeyRing([]) }));
    expect([...ring.keys()]).toEqual([PLATFORM_SERIAL]);
  });

  test('during a switch the answer may be signed with the public key, and the ring keeps both', () => {
    const request = { headers: headersFor(BODY, PUBLIC_KEY_ID), body: BODY, nowMs: SIGNED_AT_MS, apiV3Key: API_V3_KEY };
    const ring = valueOf(readVerifiedCertificates({ ...request, keys: createKeyRing([PUBLIC_KEY]) }));
    expect([...ring.keys()]).toEqual([PUBLIC_KEY_ID, PLATFORM_SERIAL]);
  });

  test('an answer that opens but is signed by nobody known is refused', () => {
    const request = { headers: headersFor(BODY, PUBLIC_KEY_ID), body: BODY, nowMs: SIGNED_AT_MS, apiV3Key: API_V3_KEY };
    expect(readVerifiedCertificates({ ...request, keys: createKeyRing([]) })).toMatchObject({
      reason: 'unknown-serial',
    });
  });

  test('another APIv3 key opens no certificate', () => {
    const refused = readCertificates(BODY, valueOf(parseApiV3Key('x'.repeat(32))));
    expect(refused).toMatchObject({ ok: false, reason: 'sealed-text-unreadable' });
  });

  test('a certificate counts from its effective time on, where that is later than its own beginning', () => {
    const later = TEXT.replace('"effective_time":"2026-01-01', '"effective_time":"2026-03-01');
    const [certificate] = valueOf(readCertificates(bytes(later), API_V3_KEY));
    expect(certificate?.validFromMs).toBe(Date.UTC(2026, 2, 1));
  });

  test('a missing or broken effective time is no reason to go without the certificate', () => {
    const odd = TEXT.replace('"effective_time":"2026-01-01T08:00:00+08:00"', '"effective_time ":1');
    expect(readCertificates(bytes(odd), API_V3_KEY)).toMatchObject({ ok: true });
  });

  const sealed = (text: string, serial: string) => {
    const { nonce, ciphertext } = sealText(text, { nonce: '0123456789ab', associatedData: '' }, API_V3_KEY);
    const encrypted = { algorithm: 'AEAD_AES_256_GCM', nonce, ciphertext };
    return bytes(JSON.stringify({ data: [{ serial_no: serial, encrypt_certificate: encrypted }] }));
  };

  test.each([
    ['a serial of another certificate', sealed(keyText('platform-certificate'), 'ABCD'), 'serial-mismatch'],
    ['a sealed text that is no certificate', sealed('hello', PLATFORM_SERIAL), 'not-pem'],
    ['an unknown algorithm', bytes(TEXT.replace('AES_256', 'AES_128')), 'field-invalid'],
    ['no serial', bytes(TEXT.replace('"serial_no"', '"serial"')), 'field-missing'],
    ['no data', bytes('{}'), 'field-missing'],
    ['data that are no list', bytes('{"data":1}'), 'field-invalid'],
    ['data of no objects', bytes('{"data":[1]}'), 'field-invalid'],
    ['an array', bytes('[]'), 'not-an-object'],
    ['HTML', bytes('<html>'), 'not-json'],
    ['no body', bytes(''), 'not-json'],
  ])('an answer with %s is refused', (_, body, reason) => {
    expect(readCertificates(body, API_V3_KEY)).toMatchObject({ ok: false, reason });
  });

  test('a failure inside of the list names the entry and the member', () => {
    const refused = readCertificates(bytes(TEXT.replace('AES_256', 'AES_128')), API_V3_KEY);
    expect(refused).toMatchObject({ message: expect.stringContaining('data[0].encrypt_certificate.algorithm: ') });
  });
});
