import { describe, expect, test } from 'vitest';
import { CLOSE_WAIT_MS, closeGuard, createPlacements } from './placements.ts';

describe('the memory of placed orders', () => {
  test('keeps the first time of an order that is placed again', () => {
    const placements = createPlacements();
    placements.add('a', 1);
    placements.add('a', 2);
    expect(placements.placedAtMs('a')).toBe(1);
  });

  test('forgets the oldest order beyond its bound', () => {
    const placements = createPlacements(2);
    for (const [key, atMs] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ] as const)
      placements.add(key, atMs);
    expect(['a', 'b', 'c'].map(placements.placedAtMs)).toEqual([undefined, 2, 3]);
  });
});

describe('the guard of closeOrder', () => {
  test('lets an order of unknown age pass', () => {
    expect(closeGuard(undefined, 0)).toEqual({ kind: 'possible' });
  });

  test('opens exactly five minutes after the order was placed', () => {
    expect(closeGuard(1_000, 1_000 + CLOSE_WAIT_MS - 1)).toEqual({ kind: 'too-early', possibleFromMs: 301_000 });
    expect(closeGuard(1_000, 1_000 + CLOSE_WAIT_MS)).toEqual({ kind: 'possible' });
  });
});
