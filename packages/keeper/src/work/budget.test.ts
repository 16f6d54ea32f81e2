import { type Mchid, parseMchid } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import { createBudget } from './budget.ts';

const mchid = (text: string): Mchid => {
  const parsed = parseMchid(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
};

const SHOP = mchid('1900000109');
const OTHER = mchid('1900000110');
const NOW_MS = 1_000_000;

/** Ten calls at once, ten per second. */
const budgetOfTen = () => createBudget(() => ({ callsPerSecond: 10, burst: 10 }));

/** How many calls of a priority are granted at one moment. */
function granted(budget: ReturnType<typeof budgetOfTen>, priority: 'payer-waits' | 'close' | 'sweep', nowMs = NOW_MS) {
  let count = 0;
  while (budget.take(SHOP, priority, nowMs) === 'taken') count += 1;
  return count;
}

describe('R18: calls are budgeted per merchant', () => {
  test('R18: a payer finds calls when sweeps and closes have taken all they may', () => {
    const budget = budgetOfTen();
    expect(granted(budget, 'sweep')).toBe(6);
    expect(granted(budget, 'close')).toBe(2);
    expect(granted(budget, 'payer-waits')).toBe(2);
    expect(budget.exhausted(NOW_MS)).toEqual([SHOP]);
  });

  test('R18: a refusal says from when on a call can be had, and then it can', () => {
    const budget = budgetOfTen();
    granted(budget, 'payer-waits');
    const refused = budget.take(SHOP, 'payer-waits', NOW_MS);
    expect(refused).toEqual({ availableAtMs: NOW_MS + 100 });
    expect(budget.take(SHOP, 'payer-waits', NOW_MS + 99)).not.toBe('taken');
    expect(budget.take(SHOP, 'payer-waits', NOW_MS + 100)).toBe('taken');
  });

  test('R18: a sweep waits longer for its call than a payer does', () => {
    const budget = budgetOfTen();
    granted(budget, 'payer-waits');
    expect(budget.take(SHOP, 'sweep', NOW_MS)).toEqual({ availableAtMs: NOW_MS + 460 });
  });

  test('R18: a bucket never holds more than its burst, however long nobody calls', () => {
    const budget = budgetOfTen();
    granted(budget, 'payer-waits');
    expect(granted(budget, 'payer-waits', NOW_MS + 3_600_000)).toBe(10);
  });

  test('R18: one merchant does not spend what is another one’s', () => {
    const budget = budgetOfTen();
    granted(budget, 'payer-waits');
    expect(budget.take(OTHER, 'sweep', NOW_MS)).toBe('taken');
    expect(budget.exhausted(NOW_MS)).toEqual([SHOP]);
  });

  test('R18: a call that cannot wait is paid for by those that can', () => {
    const budget = budgetOfTen();
    for (let call = 0; call < 15; call += 1) budget.takeAnyway(SHOP, NOW_MS);
    expect(budget.take(SHOP, 'payer-waits', NOW_MS + 500)).toEqual({ availableAtMs: NOW_MS + 600 });
  });

  test('a clock that is set back neither fills nor empties the bucket', () => {
    const budget = budgetOfTen();
    granted(budget, 'payer-waits');
    expect(granted(budget, 'payer-waits', NOW_MS - 60_000)).toBe(0);
    expect(granted(budget, 'payer-waits', NOW_MS)).toBe(0);
    expect(granted(budget, 'payer-waits', NOW_MS + 1_000)).toBe(10);
  });
});
