import { createVirtualClock } from '@orderkeeper/ports';
import { expect, test } from 'vitest';
import { drawPlan } from './plan/draw-plan.ts';
import { simulate } from './simulate.ts';
import { runWorld, START_MS } from './world/run-world.ts';

const CLOCK = createVirtualClock({ startMs: START_MS });

/** The first of the four hundred that .ci/run goes through. */
const WORLDS = { seed: 1, orders: 4, worlds: 25 };

test('every promise is kept in a fixed set of worlds', async () => {
  const { failures, figures } = await simulate(WORLDS, CLOCK);
  expect(failures.map(({ story, violations, command }) => [...story, JSON.stringify(violations), command])).toEqual([]);
  // A set in which nothing goes wrong would show nothing.
  expect(figures.crashes).toBeGreaterThan(10);
  expect([...figures.mishaps.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(300);
  for (const kind of ['attempts', 'calls']) {
    for (const protocol of ['v2', 'v3']) expect(figures.protocols.get(`${protocol} ${kind}`)).toBeGreaterThan(30);
  }
  for (const kind of ['key-rotation', 'key-switch']) expect(figures.mishaps.get(kind)).toBeGreaterThan(2);
  for (const state of ['paid', 'closed', 'refunded', 'reversed']) expect(figures.ends.get(state)).toBeGreaterThan(0);
});

test('the same seeds are the same worlds to the last word, and other seeds are others', async () => {
  const digestOf = async (seed: number): Promise<string> =>
    (await simulate({ seed, orders: 5, worlds: 3 }, CLOCK)).digest;
  const first = await digestOf(4711);
  expect(await digestOf(4711)).toBe(first);
  expect(await digestOf(4712)).not.toBe(first);
});

test('a world in which many calls of APIv3 are under way at once is the same every time', async () => {
  const drawn = drawPlan(20, 40);
  const orders = drawn.orders.map((order) => ({ ...order, protocol: 'v3' as const, wantedAtMs: 1_000 }));
  const plan = { ...drawn, orders, mishaps: [] };
  const [first, again] = [await runWorld(plan), await runWorld(plan)];
  const inTheFirstSecond = first.end.calls.filter(({ atMs }) => atMs < START_MS + 2_000);
  expect(inTheFirstSecond.length).toBeGreaterThan(orders.length / 2);
  expect(again.story).toEqual(first.story);
});

test('a part of a plan is a plan: only the parts that are kept happen', async () => {
  const { figures } = await simulate({ seed: 3, orders: 6, worlds: 1, keep: new Set(['O2', 'O5']) }, CLOCK);
  expect(figures.orders).toBe(2);
  expect(figures.crashes).toBe(0);
});
