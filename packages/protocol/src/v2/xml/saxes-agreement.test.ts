import * as fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { bytes, vector } from '../messages.suite.ts';
import { NASTY_DOCUMENTS } from './nasty-documents.suite.ts';
import { readXml } from './read-xml.ts';

/*
 * saxes is a complete XML reader by other people. Behind a handler that allows flat messages only, it has to accept
 * exactly the documents that ours accepts, and find the same fields in them.
 *
 * The handler states every rule by which a flat message is less than XML: no DOCTYPE, no processing instruction, XML
 * 1.0 only, two levels, no element twice, ASCII names without prefix, and between fields nothing but blanks and
 * comments that are written as such. Beyond these rules there is no known difference.
 */

const NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const ATTRIBUTE_NAME = /^[A-Za-z_:][A-Za-z0-9_.:-]*$/;

function refuse(what: string | Error): never {
  throw new Error(String(what));
}

function readWithSaxes(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  const parser = new SaxesParser();
  let depth = 0;
  let value = '';
  parser.on('error', refuse);
  parser.on('doctype', () => refuse('DOCTYPE'));
  parser.on('processinginstruction', () => refuse('processing instruction'));
  parser.on('xmldecl', ({ version }) => (version === '1.0' ? undefined : refuse('version')));
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    value = '';
    if (!NAME.test(name) || !Object.keys(attributes).every((attribute) => ATTRIBUTE_NAME.test(attribute)))
      refuse('name');
    if (depth > 2 || (depth === 1 && name !== 'xml') || (depth === 2 && fields.has(name))) refuse('shape');
  });
  parser.on('closetag', ({ name }) => {
    if (depth === 2) fields.set(name, value);
    depth -= 1;
  });
  parser.on('text', (part) => {
    if (depth === 2) value += part;
    else if (/[^ \t\r\n]/.test(part)) refuse('text between fields');
  });
  parser.on('cdata', (part) => (depth === 2 ? (value += part) : refuse('CDATA between fields')));
  parser.write(text).close();
  return fields;
}

/** References to blanks. saxes gives them out as blanks, so where they stand between fields, only this tells them apart. */
const BLANK_REFERENCE = /&#(?:x0*(?:9|[Aa]|[Dd]|20)|0*(?:9|10|13|32));/g;

type Verdict = readonly (readonly [string, string])[] | 'refused';

function verdictOfSaxes(body: Uint8Array): Verdict {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    readWithSaxes(text.replaceAll(BLANK_REFERENCE, '&#xE000;'));
    return [...readWithSaxes(text)];
  } catch {
    return 'refused';
  }
}

function verdictOfOurs(body: Uint8Array): Verdict {
  const document = readXml(body);
  return document.ok ? [...document.value] : 'refused';
}

const CAPTURED = ['closeorder-busy-hmac', 'orderquery-notpay', 'refundquery-one', 'refused-sign'].map(vector);
const SEEDS = NASTY_DOCUMENTS.filter(({ text }) => text.length < 2000).map(({ text }) => bytes(text));

/** What edits insert: every piece of syntax there is, and characters at the edges of what is allowed. */
const TOKENS = [
  '< > / & ; # ! ? - -- ] ]]> " \' = : . _ a A 1 xml 中 😀 x'.split(' '),
  [' ', '\t', '\r', '\n', '\r\n', '\u0000', '\u0085', '\u00a0', '\u2028', '\ufeff', '\ufffd', '\ufffe'],
  ['<a>', '</a>', '<a/>', '<xml>', '</xml>', '<!--', '-->', '<!-- c -->', '<![CDATA[', '<![CDATA[<]]>'],
  ['<!DOCTYPE x>', '<?xml version="1.0"?>', '<?p q?>', ' version="1.0"', ' encoding="UTF-8"', ' standalone="no"'],
  '&lt; &gt; &amp; &quot; &apos; &#13; &#x20; &#0; &#xD800; &#x10FFFF; &#00065; &nbsp; &AMP;'.split(' '),
  [' b="1"', " b='1'", 'b="1"', ' b=""', ' b = "&lt;"'],
]
  .flat()
  .map(bytes);

const HARMLESS = ['a', '1', ' ', '\n', '中', '&amp;', '<!-- c -->'].map(bytes);

const EDIT = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  removed: fc.constantFrom(0, 0, 0, 0, 0, 1, 2, 30),
  inserted: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...TOKENS) },
    { weight: 6, arbitrary: fc.constantFrom(...HARMLESS) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 2 }) },
    { weight: 2, arbitrary: fc.constant(new Uint8Array()) },
  ),
});

const BLANKS = fc.constantFrom('', '', '', ' ', '\n', '\r\n', '<!-- - -->', '\t<!---->\n');
const ATTRIBUTES = fc.constantFrom('', '', '', ' ', ' a="1"', ` a='"' b = "&lt;>"`);
const CONTENT = fc
  .array(
    fc.oneof(
      fc.stringMatching(/^[a-z0-9 中é]{0,8}$/),
      fc.stringMatching(/^[a-z<>&'"\]中 \n]{0,8}$/).map((text) => `<![CDATA[${text.replaceAll(']]>', '')}]]>`),
      fc.constantFrom('&lt;', '&amp;', '&#65;', '&#x4e2d;', '<!-- c -->', '\r\n', ']', '>', '😀'),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));
const ELEMENT = fc
  .tuple(fc.stringMatching(/^[a-z_][a-z0-9_.-]{0,4}$/), ATTRIBUTES, CONTENT, BLANKS)
  .map(([name, attributes, content, blanks]) => ({
    name,
    text: `<${name}${attributes}>${content}</${name}>${blanks}`,
  }));
const WELL_FORMED = fc
  .tuple(
    fc.constantFrom(
      '',
      '',
      '\ufeff',
      '<?xml version="1.0"?>',
      `<?xml version='1.0' encoding='utf-8' standalone="yes"?>`,
    ),
    BLANKS,
    ATTRIBUTES,
    fc.uniqueArray(ELEMENT, { selector: ({ name }) => name, maxLength: 6 }),
    BLANKS,
  )
  .map(([declaration, before, attributes, elements, after]) =>
    bytes(
      `${declaration}${before}<xml${attributes}>${before}${elements.map(({ text }) => text).join('')}</xml>${after}`,
    ),
  );

/** Mostly from what is right, because most damage to what is wrong stays wrong. */
const SEED = fc.oneof(
  { weight: 4, arbitrary: WELL_FORMED },
  { weight: 3, arbitrary: fc.constantFrom(...CAPTURED, ...SEEDS.filter((body) => readXml(body).ok)) },
  { weight: 1, arbitrary: fc.constantFrom(...SEEDS) },
);

const MUTANT = fc.tuple(SEED, fc.array(EDIT, { minLength: 1, maxLength: 2 })).map(([seed, edits]) =>
  edits.reduce((body, { at, removed, inserted }) => {
    const from = Math.floor(at * (body.length + 1));
    return Uint8Array.of(...body.subarray(0, from), ...inserted, ...body.subarray(from + removed));
  }, seed),
);

test.each(NASTY_DOCUMENTS.map(({ what, text }) => [what, text] as const))('saxes agrees about: %s', (_, text) => {
  expect(verdictOfOurs(bytes(text))).toEqual(verdictOfSaxes(bytes(text)));
});

test('flat documents of every layout are accepted by both, with equal fields', () => {
  fc.assert(
    fc.property(WELL_FORMED, (body) => {
      // `]]>` can come about where two parts meet; then both must refuse.
      expect(verdictOfOurs(body)).toEqual(verdictOfSaxes(body));
    }),
    { numRuns: 1000 },
  );
});

test('damaged documents are accepted by both with equal fields, or refused by both', () => {
  fc.assert(
    fc.property(MUTANT, (body) => {
      expect(verdictOfOurs(body)).toEqual(verdictOfSaxes(body));
    }),
    { numRuns: 5000 },
  );
});

test('the damage is neither so heavy that nothing is accepted nor so light that everything is', () => {
  const verdicts = fc.sample(MUTANT, { numRuns: 500, seed: 1 }).map(verdictOfOurs);
  const acceptedCount = verdicts.filter((verdict) => verdict !== 'refused').length;
  expect(acceptedCount).toBeGreaterThan(25);
  expect(acceptedCount).toBeLessThan(400);
});
