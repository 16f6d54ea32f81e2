import { expect, test } from 'vitest';
import { bytes, valueOf, vector } from '../messages.suite.ts';
import { NASTY_DOCUMENTS } from './nasty-documents.suite.ts';
import { readXml, XML_BYTES_MAX } from './read-xml.ts';

test.each(NASTY_DOCUMENTS.filter(({ reason }) => reason !== undefined))(
  '$what is refused as $reason',
  ({ text, reason }) => {
    expect(readXml(bytes(text))).toMatchObject({ ok: false, reason });
  },
);

test.each(NASTY_DOCUMENTS.filter(({ fields }) => fields !== undefined))('$what is read', ({ text, fields = {} }) => {
  expect(Object.fromEntries(valueOf(readXml(bytes(text))))).toEqual(fields);
});

test('a field named __proto__ is a field like any other', () => {
  const fields = valueOf(readXml(bytes('<xml><__proto__>1</__proto__><a>2</a></xml>')));
  expect([...fields]).toEqual([
    ['__proto__', '1'],
    ['a', '2'],
  ]);
  expect(Reflect.get({}, 'a')).toBeUndefined();
});

test('fields keep the order of the document', () => {
  expect([...valueOf(readXml(vector('closeorder-success'))).keys()]).toEqual([
    'return_code',
    'return_msg',
    'appid',
    'mch_id',
    'sub_mch_id',
    'nonce_str',
    'sign',
    'result_code',
  ]);
});

test.each([
  ['a lone continuation byte', [0x80]],
  ['half a character', [0xe4, 0xb8]],
  ['a slash written long', [0xc0, 0xaf]],
  ['half of a pair', [0xed, 0xa0, 0xbd]],
  ['GBK', [0xd6, 0xd0]],
  ['five bytes', [0xf8, 0x88, 0x80, 0x80, 0x80]],
])('bytes that are not UTF-8 (%s) are refused', (_, content) => {
  const body = Uint8Array.of(...bytes('<xml><a>'), ...content, ...bytes('</a></xml>'));
  expect(readXml(body)).toMatchObject({ ok: false, reason: 'not-utf8' });
});

test('a document in another encoding of Unicode is refused', () => {
  expect(readXml(Buffer.from('<xml/>', 'utf16le'))).toMatchObject({ ok: false, reason: 'invalid-character' });
});

test('size is checked before anything else is looked at', () => {
  const atLimit = bytes(`<xml><a>${'x'.repeat(XML_BYTES_MAX - 18)}</a></xml>`);
  expect(atLimit).toHaveLength(XML_BYTES_MAX);
  expect(readXml(atLimit).ok).toBe(true);
  expect(readXml(new Uint8Array(XML_BYTES_MAX + 1))).toMatchObject({ ok: false, reason: 'too-large' });
  expect(readXml(bytes('<xml/>'), { bytesMax: 5 })).toMatchObject({ ok: false, reason: 'too-large' });
});

test('the root of a decrypted part is asked for by name', () => {
  expect([...valueOf(readXml(bytes('<root><a>1</a></root>'), { root: 'root' }))]).toEqual([['a', '1']]);
  expect(readXml(bytes('<xml><a>1</a></xml>'), { root: 'root' })).toMatchObject({ reason: 'wrong-root' });
});

test('a view into a larger buffer is read as what it shows', () => {
  const whole = bytes('garbage<xml><a>1</a></xml>garbage');
  expect([...valueOf(readXml(whole.subarray(7, whole.length - 7)))]).toEqual([['a', '1']]);
});

test('a refusal names the field and where it stands, never a value', () => {
  const refused = readXml(bytes('<xml><ok>1</ok><attach>secret & secret</attach></xml>'));
  expect(refused).toMatchObject({ message: expect.stringContaining('attach') });
  expect(JSON.stringify(refused)).not.toContain('secret &');
  expect(readXml(bytes('<xml><a>1</b></xml>'))).toMatchObject({ message: expect.stringMatching(/at character \d+/) });
});

test('a long name is shortened in messages', () => {
  const refused = readXml(bytes(`<xml><${'a'.repeat(1000)}>&x;`));
  expect(JSON.stringify(refused).length).toBeLessThan(250);
});
