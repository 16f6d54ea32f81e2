import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseApiKey } from '../../values/secret.ts';
import { DEMO_KEY, fieldsOf, valueOf, vectorFields } from '../messages.suite.ts';
import { signFields, type SignType } from './sign.ts';
import { verifyFields } from './verify.ts';

const CAPTURED_MD5 = [
  'unifiedorder-jsapi',
  'unifiedorder-native',
  'unifiedorder-orderpaid',
  'unifiedorder-number-used',
  'orderquery-success',
  'orderquery-notpay',
  'orderquery-closed',
  'orderquery-not-exist',
  'closeorder-success',
  'refund-accepted',
  'refundquery-one',
];

/** Fields with a valid sign. */
const signed = (fields: Readonly<Record<string, string>>, signType: SignType): Map<string, string> =>
  fieldsOf(fields).set('sign', signFields(fieldsOf(fields), DEMO_KEY, signType));

test.each(CAPTURED_MD5)('the captured answer %s verifies, with and without knowing the request', (name) => {
  expect(verifyFields(vectorFields(name), DEMO_KEY)).toEqual({ ok: true, value: 'MD5' });
  expect(verifyFields(vectorFields(name), DEMO_KEY, 'MD5')).toEqual({ ok: true, value: 'MD5' });
});

test('without sign_type the algorithm is that of the request, or told by the length of the sign', () => {
  const fields = vectorFields('closeorder-busy-hmac');
  expect(verifyFields(fields, DEMO_KEY, 'HMAC-SHA256')).toEqual({ ok: true, value: 'HMAC-SHA256' });
  expect(verifyFields(fields, DEMO_KEY)).toEqual({ ok: true, value: 'HMAC-SHA256' });
});

test.each(['MD5', 'HMAC-SHA256'] as const)('sign_type %s decides when it is there', (signType) => {
  const fields = signed({ a: '1', sign_type: signType }, signType);
  expect(verifyFields(fields, DEMO_KEY)).toEqual({ ok: true, value: signType });
});

test('an answer may be stronger than its request', () => {
  const fields = signed({ a: '1', sign_type: 'HMAC-SHA256' }, 'HMAC-SHA256');
  expect(verifyFields(fields, DEMO_KEY, 'MD5')).toEqual({ ok: true, value: 'HMAC-SHA256' });
});

test.each([{ a: '1' }, { a: '1', sign_type: 'MD5' }])(
  'an MD5 answer to an HMAC-SHA256 request is refused: %j',
  (fields) => {
    expect(verifyFields(signed(fields, 'MD5'), DEMO_KEY, 'HMAC-SHA256')).toMatchObject({ reason: 'sign-type-weaker' });
  },
);

test('a sign of MD5 length that claims to be HMAC-SHA256 is refused', () => {
  const fields = signed({ a: '1', sign_type: 'HMAC-SHA256' }, 'MD5');
  expect(verifyFields(fields, DEMO_KEY)).toMatchObject({ reason: 'sign-mismatch' });
  expect(verifyFields(fields, DEMO_KEY, 'HMAC-SHA256')).toMatchObject({ reason: 'sign-type-weaker' });
});

test.each(['RSA', 'md5', 'HMAC_SHA256', 'HMAC-SHA1', ' MD5', 'constructor'])(
  'the sign type "%s" is refused',
  (signType) => {
    const fields = signed({ a: '1', sign_type: signType }, 'MD5');
    expect(verifyFields(fields, DEMO_KEY)).toMatchObject({ ok: false, reason: 'sign-type-unknown' });
  },
);

test('an empty sign_type counts as none', () => {
  expect(verifyFields(signed({ a: '1', sign_type: '' }, 'MD5'), DEMO_KEY).ok).toBe(true);
});

test.each([{}, { sign: '' }])('a message without a sign (%j) is refused', (extra) => {
  expect(verifyFields(fieldsOf({ a: '1', ...extra }), DEMO_KEY)).toMatchObject({ ok: false, reason: 'sign-missing' });
});

test.each([
  ['in small letters', (sign: string) => sign.toLowerCase()],
  ['cut short', (sign: string) => sign.slice(1)],
  ['with a blank', (sign: string) => `${sign} `],
  ['of wide characters', (sign: string) => '０'.repeat(sign.length)],
  ['of zeros', (sign: string) => '0'.repeat(sign.length)],
  ['twice', (sign: string) => sign + sign],
])('a sign %s is refused', (_, change) => {
  const fields = vectorFields('orderquery-success');
  const changed = new Map(fields).set('sign', change(fields.get('sign') ?? ''));
  expect(verifyFields(changed, DEMO_KEY)).toMatchObject({ ok: false, reason: 'sign-mismatch' });
});

test('the key of another merchant verifies nothing', () => {
  const key = valueOf(parseApiKey('192006250b4c09247ec02edce69f6a2e'));
  expect(verifyFields(vectorFields('orderquery-success'), key)).toMatchObject({ reason: 'sign-mismatch' });
});

const NAME = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/).filter((name) => name !== 'sign' && name !== 'sign_type');
const FIELDS = fc.dictionary(NAME, fc.string({ minLength: 1, maxLength: 10 }), { minKeys: 1 });

test('whatever is signed verifies, unknown fields included, and any changed, added or removed value is noticed', () => {
  fc.assert(
    fc.property(FIELDS, fc.constantFrom<SignType>('MD5', 'HMAC-SHA256'), fc.nat(), (object, signType, pick) => {
      const fields = signed(object, signType);
      expect(verifyFields(fields, DEMO_KEY, signType).ok).toBe(true);
      const names = Object.keys(object);
      const name = names[pick % names.length] ?? '';
      const changed = new Map(fields).set(name, `${fields.get(name)}x`);
      const added = new Map(fields).set('an_added_field', '1');
      const removed = new Map(fields);
      removed.delete(name);
      for (const forged of [changed, added, removed]) {
        expect(verifyFields(forged, DEMO_KEY, signType)).toMatchObject({ ok: false, reason: 'sign-mismatch' });
      }
    }),
  );
});

test('an empty field may be added or left out: it is not signed', () => {
  const fields = vectorFields('closeorder-success');
  expect(fields.get('sub_mch_id')).toBe('');
  const without = new Map(fields);
  without.delete('sub_mch_id');
  expect(verifyFields(without, DEMO_KEY).ok).toBe(true);
});

test('no message contains a sign or the key', () => {
  const fields = new Map(vectorFields('orderquery-success')).set('total_fee', '2');
  const text = JSON.stringify(verifyFields(fields, DEMO_KEY));
  expect(text).not.toContain(fields.get('sign'));
  expect(text).not.toContain(DEMO_KEY.reveal());
});
