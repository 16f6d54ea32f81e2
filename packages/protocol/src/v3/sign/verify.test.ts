import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKeyRing } from '../keys/key-ring.ts';
import {
  bytes,
  CERTIFICATE,
  headersOf,
  KEYS,
  PLATFORM_SERIAL,
  PUBLIC_KEY,
  PUBLIC_KEY_ID,
  publicKey,
  SIGNED_AT_MS,
  valueOf,
  vectorRow,
  vectorRows,
} from '../vectors.suite.ts';
import { verifyAnswer } from './verify.ts';
import { printWechatpayHeaders, readWechatpayHeaders } from './wechatpay-headers.ts';

const ANSWERS = vectorRows('v3-signatures/answers.json').map((row) => ({ id: row('id'), row }));
const a1 = (name: string): string => ANSWERS[0]?.row(name) ?? '';
const HEADERS = headersOf(a1);
const A1 = { headers: HEADERS, body: bytes(a1('body')), keys: KEYS, nowMs: SIGNED_AT_MS };

const verifyWith = (headers: Readonly<Record<string, string>>) =>
  verifyAnswer({ ...A1, headers: { ...HEADERS, ...headers } });

describe('vectors of others', () => {
  test.each(ANSWERS)('answer $id verifies with the key that its serial names', ({ row }) => {
    const verified = verifyAnswer({ ...A1, headers: headersOf(row), body: bytes(row('body')) });
    expect(valueOf(verified).serial).toBe(row('serial'));
  });

  test('the published answer O-RESP verifies at its time with the key of its page', () => {
    const row = vectorRow('v3-signatures/official.json', 'answer');
    const nowMs = Number(row('timestamp')) * 1000;
    const key = publicKey('official-platform-public-key');
    const official = { ...CERTIFICATE, serial: row('serial'), publicKey: key, validFromMs: 0 };
    const request = { headers: headersOf(row), body: bytes(row('body')), nowMs };
    expect(verifyAnswer({ ...request, keys: createKeyRing([official]) })).toEqual({ ok: true, value: official });
    expect(verifyAnswer({ ...request, keys: KEYS })).toMatchObject({ ok: false, reason: 'unknown-serial' });
  });
});

test('an answer with one byte of its body changed is refused', () => {
  const body = bytes(a1('body').replace('pr=J', 'pr=K'));
  expect(verifyAnswer({ ...A1, body })).toMatchObject({ ok: false, reason: 'signature-mismatch' });
});

test('an answer of one key does not verify with another', () => {
  expect(verifyWith({ 'wechatpay-serial': PUBLIC_KEY_ID })).toMatchObject({ reason: 'signature-mismatch' });
});

test.each(['wechatpay-timestamp', 'wechatpay-nonce', 'wechatpay-signature', 'wechatpay-serial'])(
  'an answer without %s is refused by the name of the header',
  (name) => {
    const missing = { ok: false, reason: 'header-missing', message: expect.stringContaining(name) };
    expect(verifyWith({ [name]: '' })).toMatchObject(missing);
    const { [name]: _, ...headers } = HEADERS;
    expect(verifyAnswer({ ...A1, headers })).toMatchObject(missing);
  },
);

test('the type of the signature may be absent, but not another', () => {
  expect(verifyWith({ 'wechatpay-signature-type': '' })).toMatchObject({ ok: true });
  expect(verifyWith({ 'wechatpay-signature-type': 'WECHATPAY2-SM2-WITH-SM3' })).toMatchObject({
    reason: 'header-malformed',
  });
});

test.each([
  ['wechatpay-timestamp', 'a word', 'now'],
  ['wechatpay-timestamp', 'below zero', '-1'],
  ['wechatpay-timestamp', 'with a point', '1767225600.0'],
  ['wechatpay-timestamp', 'in hex', '0x695'],
  ['wechatpay-nonce', 'two words', 'a b'],
  ['wechatpay-nonce', 'of 129 characters', 'a'.repeat(129)],
  ['wechatpay-signature', 'of 2049 characters', 'a'.repeat(2049)],
  ['wechatpay-serial', 'an id without digits', 'PUB_KEY_ID_'],
  ['wechatpay-serial', 'a word of no hex digits', 'serial'],
])('the header %s may not be %s', (name, _, value) => {
  expect(verifyWith({ [name]: value })).toMatchObject({
    reason: 'header-malformed',
    message: expect.stringContaining(name),
  });
});

test.each([-300_000, 300_000, 86_400_000])(
  'a signature made %i ms from now is an old one or from a wrong clock',
  (ms) => {
    expect(verifyAnswer({ ...A1, nowMs: SIGNED_AT_MS + ms })).toMatchObject({ ok: false, reason: 'clock-skew' });
  },
);

// The certificate of the vectors begins at the very second of the signature, so the past side uses the public key.
test.each([-299_999, 299_999])('a signature made %i ms from now is accepted', (ms) => {
  const a4 = ANSWERS[3]?.row ?? a1;
  expect(verifyAnswer({ ...A1, headers: headersOf(a4), nowMs: SIGNED_AT_MS + ms })).toMatchObject({ ok: true });
});

test.each([a1('signature'), 'anything', ''])(
  'a probe is told apart and refused, whatever follows its prefix',
  (rest) => {
    expect(verifyWith({ 'wechatpay-signature': `WECHATPAY/SIGNTEST/${rest}` })).toMatchObject({
      ok: false,
      reason: 'probe',
    });
  },
);

test('a serial that no key has is refused with what to do about it', () => {
  const unknown = (serial: string, keys: Parameters<typeof createKeyRing>[0]) =>
    verifyAnswer({ ...A1, keys: createKeyRing(keys), headers: { ...HEADERS, 'wechatpay-serial': serial } });
  const saying = (text: string) => ({ reason: 'unknown-serial', message: expect.stringContaining(text) });
  expect(unknown('PUB_KEY_ID_01', [CERTIFICATE])).toMatchObject(saying('merchant console'));
  expect(unknown('ABCDEF', [CERTIFICATE])).toMatchObject(saying('fetch /v3/certificates once'));
  expect(unknown(PLATFORM_SERIAL, [PUBLIC_KEY])).toMatchObject(saying('send the id of the public key'));
});

test('a certificate vouches for nothing outside of its time', () => {
  const nowMs = CERTIFICATE.validUntilMs + 1;
  const headers = { ...HEADERS, 'wechatpay-timestamp': String(Math.floor(nowMs / 1000)) };
  expect(verifyAnswer({ ...A1, headers, nowMs })).toMatchObject({ reason: 'key-not-valid' });
  expect(verifyAnswer({ ...A1, nowMs: SIGNED_AT_MS - 1000 })).toMatchObject({ reason: 'key-not-valid' });
});

test('changing anything of a signed answer makes it refused', () => {
  const names = ['wechatpay-timestamp', 'wechatpay-nonce', 'wechatpay-signature', 'wechatpay-serial', 'body'] as const;
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.nat(), fc.constantFrom(...'0Aa9'.split('')), (name, at, character) => {
      const original = name === 'body' ? a1('body') : (HEADERS[name] ?? '');
      const place = at % original.length;
      const changed = original.slice(0, place) + character + original.slice(place + 1);
      const isSame = changed === original;
      const verified =
        name === 'body' ? verifyAnswer({ ...A1, body: bytes(changed) }) : verifyWith({ [name]: changed });
      expect(verified.ok).toBe(isSame);
    }),
  );
});

test('no message of a refusal contains the signature', () => {
  const refused = verifyWith({ 'wechatpay-nonce': 'another' });
  expect(JSON.stringify(refused)).not.toContain(a1('signature').slice(0, 20));
});

test('printed headers are read back', () => {
  const values = { timestamp: '1', nonce: 'n', signature: 's', serial: 'AB' };
  expect(readWechatpayHeaders(printWechatpayHeaders(values))).toEqual({ ok: true, value: values });
});
