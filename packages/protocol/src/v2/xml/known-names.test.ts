import { expect, test } from 'vitest';
import { KNOWN_NAMES, knownNameAt } from './known-names.ts';

test.each(KNOWN_NAMES)('%s is known wherever it stands in a text', (name) => {
  expect(knownNameAt(name, 0)).toBe(name);
  expect(knownNameAt(`</${name}>`, 2)).toBe(name);
  expect(knownNameAt(`<${name.slice(0, -1)}>`, 1)).not.toBe(name);
});

test.each(['', '>', 'sig', 'Sign', 'SIGN', '签名', '_', 'x', '__proto__', 'cash_fee_', 'cash_fee_x'])(
  '"%s" is or begins with no known name',
  (text) => {
    expect(knownNameAt(text, 0)).toBeUndefined();
  },
);

test('a known name may go on as an unknown one', () => {
  expect(knownNameAt('coupon_fee0', 0)).toBe('coupon_fee');
});
