import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDecimal } from './cells.ts';

test.each([
  ['45', 0, 45],
  ['45.0', 0, 45],
  ['0.00', 2, 0],
  ['-0.00000', 5, 0],
  ['0.59400', 5, 59_400],
  ['-0.17820', 5, -17_820],
  ['0.01', 5, 1000],
  ['007.5', 1, 75],
  ['90071992547.40991', 5, 9_007_199_254_740_991],
])('%s with %i decimals is %i', (text, decimals, value) => {
  expect(readDecimal(text, decimals)).toEqual({ ok: true, value });
});

test.each(['', '.5', '5.', '1e3', '+1', '1,000', '0x10', ' 1', '1.234567', '90071992547.40992', 'NaN', '１'])(
  '"%s" is no decimal number of five decimals',
  (text) => {
    expect(readDecimal(text, 5)).toMatchObject({ ok: false, reason: 'not-a-number' });
  },
);

test('every whole number of thousandths comes back exactly, where floating point would not', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      const digits = String(Math.abs(value)).padStart(6, '0');
      const text = `${value < 0 ? '-' : ''}${digits.slice(0, -5)}.${digits.slice(-5)}`;
      expect(readDecimal(text, 5)).toEqual({ ok: true, value });
    }),
  );
});
