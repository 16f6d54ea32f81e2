import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beijingDayOf } from '../../values/beijing-time.ts';
import { type Fen, fen } from '../../values/fen.ts';
import { parseOutTradeNo } from '../../values/numbers.ts';
import { bytes, valueOf } from '../vectors.suite.ts';
import {
  anyOutTradeNo,
  dashedBeijingDay,
  fenAmount,
  flag,
  instant,
  limited,
  notifyUrl,
  oneOf,
  optional,
  outTradeNo,
  positiveCount,
  positiveFen,
  readableEntries,
  receivedList,
  refundStatus,
  sentList,
  sentObject,
  text,
} from './json-kinds.ts';
import { type JsonTable, printJson, readJson, type SentJsonTable } from './json-table.ts';
import { JSON_BYTES_MAX, readJsonText } from './json-value.ts';

interface Sample {
  readonly name: string;
  readonly totalFen: Fen;
  readonly payerFen?: Fen;
  readonly note?: string;
}

const SAMPLE: JsonTable<Sample> = {
  name: text(6)('name'),
  totalFen: positiveFen('amount.total'),
  payerFen: optional(fenAmount)('amount.payer_total'),
  note: optional(text(8))('note'),
};

const read = (json: string) => readJson(SAMPLE, valueOf(readJsonText(bytes(json))));

describe('printing', () => {
  test('flat properties become nested members in the order of the table', () => {
    const printed = printJson(SAMPLE, { note: 'n', payerFen: fen(0), totalFen: fen(1), name: 'a' });
    expect(JSON.stringify(valueOf(printed))).toBe('{"name":"a","amount":{"total":1,"payer_total":0},"note":"n"}');
  });

  test('what is absent or empty is left out, never sent as null', () => {
    expect(valueOf(printJson(SAMPLE, { name: 'a', totalFen: fen(1), note: '' }))).toEqual({
      name: 'a',
      amount: { total: 1 },
    });
    const untyped: Sample = JSON.parse('{"name":"a","totalFen":1,"note":null}');
    expect(printJson(SAMPLE, untyped)).toMatchObject({
      reason: 'field-invalid',
      message: expect.stringContaining('note: is null'),
    });
  });

  test('a required member that is empty is missing', () => {
    expect(printJson(SAMPLE, { name: '', totalFen: fen(1) })).toMatchObject({
      reason: 'field-missing',
      message: 'name is required',
    });
  });

  test('a property that no row has is not sent', () => {
    const more = { name: 'a', totalFen: fen(1), surprise: 1 };
    expect(valueOf(printJson<Sample>(SAMPLE, more))).toEqual({ name: 'a', amount: { total: 1 } });
  });

  test.each([
    ['name', { name: '中中中', totalFen: fen(1) }, 'name: has 9 UTF-8 bytes, allowed are 6'],
    ['a 4-byte character', { name: '😀', totalFen: fen(1) }, 'name: has a 4-byte character'],
    ['half a character', { name: '\ud83d', totalFen: fen(1) }, 'name: has a 4-byte character'],
    ['a nested amount', { name: 'a', totalFen: fen(0) }, 'amount.total: must be above 0 fen'],
  ])('a refusal of %s names the member by its path', (_, message, sentence) => {
    expect(printJson(SAMPLE, message)).toMatchObject({
      reason: 'field-invalid',
      message: expect.stringContaining(sentence),
    });
  });
});

describe('reading', () => {
  test('nested members become flat properties, and unknown members are not looked at', () => {
    expect(read('{"x":1,"amount":{"total":100,"y":[]},"name":"a"}')).toEqual({
      ok: true,
      value: { name: 'a', totalFen: 100 },
    });
  });

  test.each(['""', 'null', '[]', '1', '{}'])('an optional member that is %s does not hide the rest', (note) => {
    expect(read(`{"name":"a","amount":{"total":1},"note":${note}}`)).toEqual({
      ok: true,
      value: { name: 'a', totalFen: 1 },
    });
  });

  test.each([
    '{"name":"a"}',
    '{"name":"a","amount":{}}',
    '{"name":"a","amount":1}',
    '{"name":"a","amount":{"total":null}}',
  ])('a required member is missing from %s', (json) => {
    expect(read(json)).toMatchObject({ reason: 'field-missing', message: 'amount.total is missing from the message' });
  });

  test.each(['0.01', '1.5', '-1', '"100"', 'true', '9007199254740993', '1e300', '[1]'])('%s is no amount', (total) => {
    expect(read(`{"name":"a","amount":{"total":${total}}}`)).toMatchObject({ reason: 'field-invalid' });
  });

  test('the largest amount is exact', () => {
    expect(read('{"name":"a","amount":{"total":9007199254740991}}')).toMatchObject({
      value: { totalFen: 9007199254740991 },
    });
  });

  test('names that JavaScript treats specially are only names', () => {
    const object = valueOf(readJsonText(bytes('{"__proto__":{"name":"a"},"constructor":1}')));
    expect(object.get('__proto__')).toEqual({ name: 'a' });
    expect(readJson(SAMPLE, object)).toMatchObject({ reason: 'field-missing' });
    const nested = valueOf(readJsonText(bytes('{"name":"a","amount":{"__proto__":{"total":1}}}')));
    expect(readJson(SAMPLE, nested)).toMatchObject({ reason: 'field-missing' });
    expect(Object.prototype).not.toHaveProperty('name');
  });

  test.each([
    ['an array', '[]', 'not-an-object'],
    ['null', 'null', 'not-an-object'],
    ['a text', '"a"', 'not-an-object'],
    ['a number', '1', 'not-an-object'],
    ['nothing', '', 'not-json'],
    ['HTML', '<html></html>', 'not-json'],
    ['a cut message', '{"a":', 'not-json'],
  ])('%s is no message', (_, json, reason) => {
    expect(readJsonText(bytes(json))).toMatchObject({ ok: false, reason });
  });

  test('bytes that are no UTF-8, and bodies beyond the limit, are refused', () => {
    expect(readJsonText(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toMatchObject({
      reason: 'not-json',
    });
    expect(readJsonText(new Uint8Array(JSON_BYTES_MAX + 1))).toMatchObject({ reason: 'too-large' });
  });

  test('whatever arrives is read or refused, never thrown', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const object = readJsonText(bytes(json));
        if (object.ok) expect(typeof readJson(SAMPLE, object.value).ok).toBe('boolean');
        else expect(object.reason).toBe('not-an-object');
      }),
    );
  });
});

test('what is printed is read back', () => {
  const amounts = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).map((amount): Fen => {
    const value = fenAmount('').read(amount);
    return valueOf(value);
  });
  fc.assert(
    fc.property(
      fc.stringMatching(/^[!-~]{1,6}$/),
      amounts,
      fc.option(amounts, { nil: undefined }),
      (name, totalFen, payerFen) => {
        const sample: Sample = { name, totalFen, ...(payerFen === undefined ? {} : { payerFen }) };
        const printed = JSON.stringify(valueOf(printJson(SAMPLE, sample)));
        expect(read(printed)).toEqual({ ok: true, value: sample });
      },
    ),
  );
});

describe('kinds', () => {
  test('a yes or no is one of the two and nothing that looks like it', () => {
    expect(flag('f').print(false)).toEqual({ ok: true, value: false });
    expect(flag('f').read(true)).toEqual({ ok: true, value: true });
    expect(flag('f').read('true')).toMatchObject({ ok: false });
  });

  test('pieces are counted from one', () => {
    expect(positiveCount('n').print(1)).toMatchObject({ ok: true });
    expect([0, -1, 1.5, Number.NaN].map((count) => positiveCount('n').print(count).ok)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test('instants are RFC 3339 in Beijing on the wire', () => {
    expect(instant('t').print(Date.UTC(2026, 0, 1))).toEqual({ ok: true, value: '2026-01-01T08:00:00+08:00' });
    expect(instant('t').read('2026-01-01T00:00:00Z')).toEqual({ ok: true, value: Date.UTC(2026, 0, 1) });
    const last = Date.UTC(9999, 11, 31, 16) - 1;
    expect(instant('t').print(last)).toEqual({ ok: true, value: '9999-12-31T23:59:59+08:00' });
    expect([-1, last + 1, Number.NaN].map((atMs) => instant('t').print(atMs).ok)).toEqual([false, false, false]);
  });

  test('days have dashes on the wire', () => {
    expect(dashedBeijingDay('d').print(beijingDayOf(Date.UTC(2026, 10, 24)))).toEqual({
      ok: true,
      value: '2026-11-24',
    });
    expect(dashedBeijingDay('d').read('2026-11-24')).toMatchObject({ ok: true, value: { text: '20261124' } });
    expect(['20261124', '2026-13-01', 20261124].map((day) => dashedBeijingDay('d').read(day).ok)).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('numbers that only v2 allows can be asked for, but not placed', () => {
    for (const number of ['12345', 'a@b.c'.replace('.', '_') + '6']) {
      const parsed = valueOf(parseOutTradeNo(number));
      expect(outTradeNo('n').print(parsed)).toMatchObject({ ok: false, message: expect.stringContaining('6 to 32') });
      expect(anyOutTradeNo('n').print(parsed)).toMatchObject({ ok: true });
    }
  });

  test.each([
    '',
    'shop.example.com/x',
    '/x',
    'https://',
    'ftp://shop.example.com',
    'https://shop.example.com/?a=1',
    'https://shop.example.com/#a',
  ])('notices cannot be sent to “%s”', (url) => {
    expect(notifyUrl(255)('notify_url').print(url)).toMatchObject({ ok: false, reason: 'value' });
  });

  test('an address for notices is https, or http of a line of its own, and not too long', () => {
    expect(notifyUrl(255)('n').print('https://shop.example.com:8443/wx')).toMatchObject({ ok: true });
    expect(notifyUrl(255)('n').print('http://a.wxpay.local/wx')).toMatchObject({ ok: true });
    expect(notifyUrl(255)('n').print(`https://a.example.com/${'a'.repeat(255)}`)).toMatchObject({ ok: false });
  });

  test.each([
    ['SUCCESS', 'SUCCESS'],
    ['PROCESSING', 'PROCESSING'],
    ['CLOSED', 'REFUNDCLOSE'],
    ['ABNORMAL', 'CHANGE'],
  ] as const)('the status %s of a refund is %s in the words of v2, there and back', (wire, word) => {
    expect(refundStatus('status').read(wire)).toEqual({ ok: true, value: word });
    expect(refundStatus('status').print(word)).toEqual({ ok: true, value: wire });
  });

  test.each(['REFUNDCLOSE', 'CHANGE', 'toString', '', 'success'])('the status “%s” is none of APIv3', (status) => {
    expect(refundStatus('status').read(status)).toMatchObject({ ok: false });
  });

  test('words that are not in the set are refused with the set', () => {
    expect(oneOf('A', 'B')('w').read('C')).toMatchObject({ message: 'is none of A, B' });
  });

  const GOODS: SentJsonTable<{ readonly id: string }> = { id: text(4)('goods_id') };
  const LIST: SentJsonTable<{ readonly goods: readonly { readonly id: string }[] }> = {
    goods: sentList(GOODS, { countMin: 1, countMax: 2 })('detail.goods'),
  };

  test('a failure inside of a list names the entry and the member', () => {
    const printed = printJson(LIST, { goods: [{ id: 'a' }, { id: 'abcde' }] });
    expect(printed).toMatchObject({ message: 'detail.goods[1].goods_id: has 5 UTF-8 bytes, allowed are 4' });
  });

  test('a list that is too short or too long is refused', () => {
    expect(printJson(LIST, { goods: [] })).toMatchObject({
      message: expect.stringContaining('has 0 entries, allowed are 1 to 2'),
    });
    expect(printJson(LIST, { goods: [{ id: 'a' }, { id: 'a' }, { id: 'a' }] })).toMatchObject({ ok: false });
  });

  test('a failure inside of an object names the path of the member', () => {
    const table: SentJsonTable<{ readonly scene: { readonly id: string } }> = {
      scene: sentObject(GOODS)('scene_info'),
    };
    expect(printJson(table, { scene: { id: '' } })).toMatchObject({
      reason: 'field-missing',
      message: 'scene_info.goods_id is required',
    });
  });

  test('a structure with a limit is measured as the JSON that is sent', () => {
    const detail = limited(18, sentObject(GOODS))('detail');
    expect(detail.print({ id: '中' })).toMatchObject({ ok: true });
    expect(detail.print({ id: '中a' })).toMatchObject({
      ok: false,
      message: expect.stringContaining('19 bytes of JSON'),
    });
    expect(detail.print({ id: '' })).toMatchObject({ reason: 'field-missing' });
  });

  const ENTRY: JsonTable<{ readonly id: string }> = { id: text(4)('id') };

  test('of an essential list every entry must be readable, of a circumstance only those that are', () => {
    const values = [{ id: 'a' }, { id: 1 }, 1];
    expect(receivedList(ENTRY)('list').read(values)).toMatchObject({ ok: false, message: '[1].id: is no text' });
    expect(readableEntries(ENTRY)('list').read(values)).toEqual({ ok: true, value: [{ id: 'a' }] });
    expect(readableEntries(ENTRY)('list').read({})).toMatchObject({ ok: false });
  });

  test('lists that are only received are not sent', () => {
    expect(receivedList(ENTRY)('list').print([])).toMatchObject({ ok: false });
    expect(readableEntries(ENTRY)('list').print([])).toMatchObject({ ok: false });
  });
});
