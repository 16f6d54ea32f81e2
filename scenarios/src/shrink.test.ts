import { expect, test } from 'vitest';
import { drawPlan } from './plan/draw-plan.ts';
import { keepParts, partsOf } from './plan/keep-parts.ts';
import { shrink } from './shrink.ts';
import { runWorld } from './world/run-world.ts';
import type { WorldEnd } from './world/world-end.ts';

test('a failing world is told with the fewest parts that still fail, and those parts alone fail again', async () => {
  const plan = drawPlan(5, 6);
  const failed = await runWorld(plan);
  // In the place of a broken promise: that somebody paid. It takes an order and a payer, and nothing else.
  const isBroken = ({ ledger }: WorldEnd): boolean => ledger.some(({ state }) => state === 'SUCCESS');
  expect(isBroken(failed.end)).toBe(true);
  const { parts, run } = await shrink(plan, failed, isBroken);
  expect(isBroken(run.end)).toBe(true);
  expect(parts.length).toBeLessThanOrEqual(2);
  expect(partsOf(plan).length).toBeGreaterThan(10);
  const again = await runWorld(keepParts(plan, new Set(parts)));
  expect(again.digest).toBe(run.digest);
});
