import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseApiV3Key } from '../../values/secret.ts';
import { API_V3_KEY, privateKey, publicKey, valueOf, vectorRows } from '../vectors.suite.ts';
import { openSealedText, sealText } from './aead.ts';
import { decryptField, encryptField } from './oaep.ts';

const AEAD_ROWS = vectorRows('v3-ciphers/aead.json').map((row) => ({
  id: row('id'),
  plaintext: row('plaintext'),
  key: valueOf(parseApiV3Key(row('key'))),
  sealed: { ciphertext: row('ciphertext'), nonce: row('nonce'), associatedData: row('associatedData') },
}));
const UNREADABLE = { ok: false, reason: 'sealed-text-unreadable' };

describe('AEAD_AES_256_GCM', () => {
  test.each(AEAD_ROWS)('vector $id opens to its plain text and seals to its cipher text', (row) => {
    expect(openSealedText(row.sealed, row.key)).toEqual({ ok: true, value: row.plaintext });
    expect(sealText(row.plaintext, row.sealed, row.key)).toEqual(row.sealed);
  });

  test('every sealed text opens with its own key, nonce and data, and with no other', () => {
    const nonces = fc.stringMatching(/^[0-9A-Za-z]{12}$/);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), nonces, fc.string(), (text, nonce, associatedData) => {
        const sealed = sealText(text, { nonce, associatedData }, API_V3_KEY);
        expect(openSealedText(sealed, API_V3_KEY)).toEqual({ ok: true, value: text });
        expect(openSealedText(sealed, valueOf(parseApiV3Key('x'.repeat(32))))).toMatchObject(UNREADABLE);
        expect(openSealedText({ ...sealed, nonce: `${nonce}0` }, API_V3_KEY)).toMatchObject(UNREADABLE);
        expect(openSealedText({ ...sealed, associatedData: `${associatedData}0` }, API_V3_KEY)).toMatchObject(
          UNREADABLE,
        );
      }),
    );
  });

  test('a sealed text with any one character changed, added or removed does not open', () => {
    const sealed = sealText('{"a":1}', { nonce: '0123456789ab', associatedData: 'transaction' }, API_V3_KEY);
    const characters = fc.constantFrom(...'ABCxyz019+/= \n-_'.split(''));
    fc.assert(
      fc.property(fc.nat(sealed.ciphertext.length - 1), characters, fc.constantFrom(0, 1), (at, character, removed) => {
        const ciphertext = sealed.ciphertext.slice(0, at) + character + sealed.ciphertext.slice(at + removed);
        fc.pre(ciphertext !== sealed.ciphertext);
        expect(openSealedText({ ...sealed, ciphertext }, API_V3_KEY)).toMatchObject(UNREADABLE);
      }),
    );
  });

  test.each(['', 'AAAA', 'no base64', '=='])('the cipher text “%s” is refused, not thrown', (ciphertext) => {
    expect(openSealedText({ ciphertext, nonce: '0123456789ab', associatedData: '' }, API_V3_KEY)).toMatchObject(
      UNREADABLE,
    );
  });

  test('an empty nonce is refused, not thrown', () => {
    const sealed = sealText('a', { nonce: '0123456789ab', associatedData: '' }, API_V3_KEY);
    expect(openSealedText({ ...sealed, nonce: '' }, API_V3_KEY)).toMatchObject(UNREADABLE);
  });

  test('a text that cannot be opened says which key is meant and shows none', () => {
    const refused = openSealedText({ ciphertext: '', nonce: 'n', associatedData: '' }, API_V3_KEY);
    expect(refused).toMatchObject({ message: expect.stringContaining('APIv3 key') });
    expect(JSON.stringify(refused)).not.toContain(API_V3_KEY.reveal());
  });
});

describe('RSA-OAEP', () => {
  const rows = vectorRows('v3-ciphers/oaep.json').map((row) => ({ id: row('id'), row }));
  test.each(rows)('vector $id decrypts to its plain text', ({ row }) => {
    expect(decryptField(row('ciphertext'), privateKey(row('privateKey')))).toEqual({
      ok: true,
      value: row('plaintext'),
    });
  });

  const PUBLIC = publicKey('merchant-public-key');
  const PRIVATE = privateKey('merchant-private-key');

  test('what is encrypted for a merchant only the merchant reads, and it never looks the same twice', () => {
    const ciphertext = valueOf(encryptField('张三', PUBLIC));
    expect(decryptField(ciphertext, PRIVATE)).toEqual({ ok: true, value: '张三' });
    expect(decryptField(ciphertext, privateKey('platform-private-key'))).toMatchObject({ ok: false });
    expect(valueOf(encryptField('张三', PUBLIC))).not.toBe(ciphertext);
  });

  test('an encrypted field in base64 that no encoder writes is refused, though its bytes are the right ones', () => {
    const ciphertext = valueOf(encryptField('张三', PUBLIC));
    for (const odd of [`${ciphertext}\n`, ` ${ciphertext}`, ciphertext.replace(/=+$/, '')]) {
      expect(decryptField(odd, PRIVATE)).toMatchObject({ ok: false, reason: 'encrypted-field-unreadable' });
    }
  });

  test('a field of 214 bytes is the longest', () => {
    expect(decryptField(valueOf(encryptField('a'.repeat(214), PUBLIC)), PRIVATE)).toMatchObject({ ok: true });
    expect(encryptField('a'.repeat(215), PUBLIC)).toMatchObject({ ok: false, reason: 'too-long' });
    expect(encryptField('三'.repeat(72), PUBLIC)).toMatchObject({
      message: expect.stringContaining('216 UTF-8 bytes'),
    });
  });

  test('a key that is not RSA takes no field at all', () => {
    const { publicKey: other } = generateKeyPairSync('ed25519');
    expect(encryptField('a', other)).toMatchObject({ ok: false });
  });

  test.each(['', 'AAAA', 'no base64', 'A'.repeat(344)])(
    'the encrypted field “%s” is refused, not thrown',
    (ciphertext) => {
      expect(decryptField(ciphertext, PRIVATE)).toMatchObject({ ok: false, reason: 'encrypted-field-unreadable' });
    },
  );
});
