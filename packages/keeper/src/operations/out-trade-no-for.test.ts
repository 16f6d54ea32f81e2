import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderId } from '../testing/keeper-world.ts';
import { outTradeNoFor } from './out-trade-no-for.ts';

const visible = fc.string({
  unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCodePoint(code)),
  minLength: 1,
  maxLength: 64,
});

/** An attempt of an order, in a protocol that wants so many characters. */
const attempts = fc.record({
  id: visible,
  number: fc.integer({ min: 1, max: 999 }),
  lengthMin: fc.constantFrom(1, 6),
});

test('a short plain order id is read in the number of its attempts', () => {
  expect(outTradeNoFor(orderId('A2026-17'), 1)).toBe('A2026-17-1');
  expect(outTradeNoFor(orderId('A2026-17'), 12)).toBe('A2026-17-12');
});

test('where a protocol wants more characters, the number of the attempt gets zeros', () => {
  expect(outTradeNoFor(orderId('7'), 1, 6)).toBe('7-0001');
  expect(outTradeNoFor(orderId('A1'), 12, 6)).toBe('A1-012');
  expect(outTradeNoFor(orderId('A2026-17'), 1, 6)).toBe('A2026-17-1');
});

test('an order id with other characters is abbreviated, its letters and digits first', () => {
  expect(outTradeNoFor(orderId('shop/2026/17'), 1)).toMatch(/^shop202617_[0-9a-f]{16}-1$/);
});

test('a long order id is cut to what WeChat Pay takes', () => {
  const number = outTradeNoFor(orderId('x'.repeat(64)), 1);
  expect(number).toMatch(/^x+_[0-9a-f]{16}-1$/);
  expect(number).toHaveLength(32);
});

test('an order id that looks like an abbreviated one does not meet it', () => {
  const abbreviated = outTradeNoFor(orderId('shop/2026/17'), 1);
  expect(outTradeNoFor(orderId(abbreviated.replace(/-1$/, '')), 1)).not.toBe(abbreviated);
});

test('every order id and attempt has one legal number, always the same, and never that of another', () => {
  fc.assert(
    fc.property(attempts, attempts, (a, b) => {
      const [first, second] = [a, b].map(({ id, number, lengthMin }) => outTradeNoFor(orderId(id), number, lengthMin));
      expect(first).toMatch(/^[0-9A-Za-z_-]{1,32}$/);
      expect(first?.length).toBeGreaterThanOrEqual(a.lengthMin);
      expect(outTradeNoFor(orderId(a.id), a.number, a.lengthMin)).toBe(first);
      if (a.id !== b.id || a.number !== b.number) expect(first).not.toBe(second);
      else if (a.lengthMin === b.lengthMin) expect(first).toBe(second);
    }),
  );
});
