import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, fieldsOf, valueOf, vector, vectorFields } from '../messages.suite.ts';
import { printXml, type PrintXmlOptions } from './print-xml.ts';
import { readXml } from './read-xml.ts';

const NAME = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,12}$/);
/** What can be sent: the basic plane without control characters and halves of pairs, rich in what is special. */
const VALUE = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '&',
        '"',
        "'",
        ']',
        ']]>',
        '\r',
        '\n',
        '\t',
        ' ',
        '&amp;',
        '<![CDATA[',
        '中',
        'é',
        '\ufffd',
      ),
      fc.integer({ min: 0x20, max: 0xd7ff }).map((code) => String.fromCharCode(code)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
const FIELDS = fc
  .uniqueArray(fc.tuple(NAME, VALUE), { selector: ([name]) => name, maxLength: 12 })
  .map((pairs) => new Map(pairs));
const OPTIONS: fc.Arbitrary<PrintXmlOptions> = fc.record(
  {
    root: fc.constantFrom('xml', 'root'),
    cdata: fc.constantFrom('when-needed', 'always'),
    bareFields: fc.uniqueArray(NAME).map((names) => new Set(names)),
    separator: fc.constantFrom('', '\n'),
  },
  { requiredKeys: [] },
);

test('whatever is printed reads back as the same fields in the same order, in every layout', () => {
  fc.assert(
    fc.property(FIELDS, OPTIONS, (fields, options) => {
      const xml = bytes(valueOf(printXml(fields, options)));
      const back = valueOf(readXml(xml, options.root === undefined ? {} : { root: options.root }));
      expect([...back]).toEqual([...fields]);
    }),
    { numRuns: 1000 },
  );
});

test('a captured request in plain values is printed to the byte', () => {
  const printed = valueOf(printXml(vectorFields('unifiedorder-request')));
  expect(bytes(printed)).toEqual(bytes(new TextDecoder().decode(vector('unifiedorder-request')).trimEnd()));
});

test('a captured answer in CDATA is printed to the byte', () => {
  const printed = valueOf(printXml(vectorFields('orderquery-not-exist'), { cdata: 'always', separator: '\n' }));
  expect(printed).toBe(new TextDecoder().decode(vector('orderquery-not-exist')).trimEnd());
});

test('CDATA is used for markup only, unless asked for', () => {
  const fields = fieldsOf({ detail: '{"a":"<b>"}', body: '中 "x"', attach: '' });
  expect(valueOf(printXml(fields))).toBe(
    '<xml><detail><![CDATA[{"a":"<b>"}]]></detail><body>中 "x"</body><attach></attach></xml>',
  );
  expect(valueOf(printXml(fields, { cdata: 'always', bareFields: new Set(['body']) }))).toBe(
    '<xml><detail><![CDATA[{"a":"<b>"}]]></detail><body>中 "x"</body><attach><![CDATA[]]></attach></xml>',
  );
});

test('what CDATA cannot hold is escaped', () => {
  expect(valueOf(printXml(fieldsOf({ a: ']]>', b: '1\r2' }), { cdata: 'always' }))).toBe(
    '<xml><a>]]&gt;</a><b>1&#13;2</b></xml>',
  );
});

test.each(['😀', 'a😀b', '𠮷', '\ud83d', '\ude00'])(
  '%j has four bytes and is refused by the name of its field',
  (value) => {
    expect(printXml(fieldsOf({ ok: '1', body: value }))).toMatchObject({
      ok: false,
      reason: 'four-byte-character',
      message: expect.stringContaining('body'),
    });
  },
);

test.each(['\u0000', '\u0008', '\u000b', '\u001f', '\ufffe', '\uffff'])(
  'the control character %j is refused',
  (value) => {
    const refused = printXml(fieldsOf({ attach: `1${value}` }));
    expect(refused).toMatchObject({
      ok: false,
      reason: 'invalid-character',
      message: expect.stringContaining('attach'),
    });
  },
);

test.each(['', '1a', 'a b', 'a>', 'a/', '名', 'a:b', '-a', 'a\n'])('%j is no name of a field', (name) => {
  expect(printXml(fieldsOf({ [name]: '1' }))).toMatchObject({ ok: false, reason: 'field-name' });
});

test('a field named __proto__ is printed like any other', () => {
  expect(valueOf(printXml(new Map([['__proto__', '1']])))).toBe('<xml><__proto__>1</__proto__></xml>');
});

test('no refusal repeats the value', () => {
  expect(JSON.stringify(printXml(fieldsOf({ a: 'private😀' })))).not.toContain('private');
});
