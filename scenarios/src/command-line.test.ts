import { expect, test } from 'vitest';
import { readCommandLine } from './command-line.ts';

test('without arguments a hundred worlds of four orders are meant', () => {
  expect(readCommandLine([])).toEqual({ ok: true, value: { seed: 1, orders: 4, worlds: 100 } });
});

test('the parts of one world are meant when parts are named', () => {
  const wish = readCommandLine(['--seed', '8231', '--orders', '5', '--keep', 'O1,M2']);
  expect(wish).toEqual({ ok: true, value: { seed: 8231, orders: 5, worlds: 1, keep: new Set(['O1', 'M2']) } });
});

test.each([['--seed', 'x'], ['--orders', '0'], ['--worlds', '1.5'], ['--sed', '1'], ['word']])(
  'wrong use is refused: %s %s',
  (...args) => {
    expect(readCommandLine(args.filter((arg) => arg !== undefined))).toMatchObject({ ok: false, reason: 'usage' });
  },
);
