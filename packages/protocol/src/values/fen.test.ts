import * as fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { addFen, type Fen, fen, parseFen, parseYuan, printYuan, subtractFen } from './fen.ts';

const MAX = 9_007_199_254_740_991;

test('amounts in the program are whole literals; anything else does not compile', () => {
  const computed: number = 19;
  const amount = { fen: 0 };
  expectTypeOf(fen(1990)).toEqualTypeOf<Fen>();
  // @ts-expect-error a fraction
  expect(() => fen(19.9)).toThrow(RangeError);
  // @ts-expect-error a number that is not known
  expect(fen(computed)).toBe(19);
  // @ts-expect-error a property that may change
  expect(fen(amount.fen)).toBe(0);
  // @ts-expect-error negative
  expect(() => fen(-1)).toThrow(RangeError);
  // @ts-expect-error one of two is negative
  expect(() => fen(computed > 20 ? 1 : -1)).toThrow(RangeError);
  // @ts-expect-error one of two is a fraction
  expect(() => fen(computed > 20 ? 1 : 0.5)).toThrow(RangeError);
  // @ts-expect-error written with an exponent
  expect(() => fen(1e21)).toThrow(RangeError);
  // @ts-expect-error not a number
  expect(() => fen('1')).toThrow(RangeError);
});

test('a number is no amount, and an amount is no other branded number', () => {
  expectTypeOf<number>().not.toExtend<Fen>();
  expectTypeOf<Fen>().toExtend<number>();
});

test.each([
  ['0', 0],
  ['1', 1],
  ['1990', 1990],
  ['9007199254740991', MAX],
])('"%s" fen are read', (text, amount) => {
  expect(parseFen(text)).toEqual({ ok: true, value: amount });
});

test.each([
  '',
  '-1',
  '+1',
  '1.0',
  '1.',
  '.1',
  '01',
  '00',
  '1e3',
  '0x10',
  ' 1',
  '1 ',
  '1\n',
  '1,000',
  '１',
  'NaN',
  '1_0',
])('"%s" is no amount of fen', (text) => {
  expect(parseFen(text)).toMatchObject({ ok: false, reason: 'not-whole-fen' });
});

test.each(['9007199254740992', '9999999999999999'])('%s fen are too many to be exact', (text) => {
  expect(parseFen(text)).toMatchObject({ ok: false, reason: 'too-large' });
});

test.each([
  ['0.00', 1, 0],
  ['-0.00', 1, 0],
  ['0.01', 1, 1],
  ['-0.01', -1, 1],
  ['19.9', 1, 1990],
  ['19.90000', 1, 1990],
  ['45.0', 1, 4500],
  ['5', 1, 500],
  ['1.15', 1, 115],
  ['1.10', 1, 110],
  ['90071992547409.91', 1, MAX],
])('%s yuan are read exactly', (text, sign, amount) => {
  expect(parseYuan(text)).toEqual({ ok: true, value: { sign, amount } });
});

test.each(['', '-', '.', '.5', '5.', '0.001', '1.999', '--1', '+1.00', '1,000.00', '1e2', ' 1', '¥1'])(
  '"%s" is no amount of yuan',
  (text) => {
    expect(parseYuan(text)).toMatchObject({ ok: false, reason: 'not-whole-fen' });
  },
);

test.each(['90071992547409.92', '99999999999999999999999'])('%s yuan are too many to be exact', (text) => {
  expect(parseYuan(text)).toMatchObject({ ok: false, reason: 'too-large' });
});

const anyFen = fc.nat({ max: MAX }).map((amount) => {
  const read = parseFen(String(amount));
  if (!read.ok) throw new Error(read.message);
  return read.value;
});

test('every amount comes back from its text, in fen and in yuan', () => {
  fc.assert(
    fc.property(anyFen, (amount) => {
      expect(parseFen(String(amount))).toEqual({ ok: true, value: amount });
      expect(parseYuan(printYuan(amount))).toEqual({ ok: true, value: { sign: 1, amount } });
    }),
  );
});

test('yuan are written with two decimals', () => {
  expect([fen(0), fen(5), fen(50), fen(1990), fen(100000)].map(printYuan)).toEqual([
    '0.00',
    '0.05',
    '0.50',
    '19.90',
    '1000.00',
  ]);
});

test('adding and taking away are exact, or say that they are not', () => {
  expect(addFen(fen(1), fen(2))).toBe(3);
  expect(() => addFen(fen(9007199254740991), fen(1))).toThrow(RangeError);
  expect(subtractFen(fen(3), fen(2))).toEqual({ ok: true, value: 1 });
  expect(subtractFen(fen(2), fen(2))).toEqual({ ok: true, value: 0 });
  expect(subtractFen(fen(1), fen(2))).toMatchObject({ ok: false, reason: 'negative' });
});
