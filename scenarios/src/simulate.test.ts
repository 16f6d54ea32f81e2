import { createVirtualClock } from '@orderkeeper/ports';
import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';
import { START_MS } from './world/run-world.ts';

const CLOCK = createVirtualClock({ startMs: START_MS });

test('every promise is kept in a fixed set of worlds', async () => {
  const { failures, figures } = await simulate({ seed: 1, orders: 4, worlds: 60 }, CLOCK);
  expect(failures.map(({ story, violations, command }) => [...story, JSON.stringify(violations), command])).toEqual([]);
  // A set in which nothing goes wrong would show nothing.
  expect(figures.crashes).toBeGreaterThan(20);
  expect([...figures.mishaps.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(300);
  for (const state of ['paid', 'closed', 'refunded', 'reversed']) expect(figures.ends.get(state)).toBeGreaterThan(0);
});

test('the same seeds are the same worlds to the last word, and other seeds are others', async () => {
  const digestOf = async (seed: number): Promise<string> =>
    (await simulate({ seed, orders: 5, worlds: 3 }, CLOCK)).digest;
  const first = await digestOf(4711);
  expect(await digestOf(4711)).toBe(first);
  expect(await digestOf(4712)).not.toBe(first);
});

test('a part of a plan is a plan: only the parts that are kept happen', async () => {
  const { figures } = await simulate({ seed: 3, orders: 6, worlds: 1, keep: new Set(['O2', 'O5']) }, CLOCK);
  expect(figures.orders).toBe(2);
  expect(figures.crashes).toBe(0);
});
