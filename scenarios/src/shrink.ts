import { keepParts, partsOf } from './plan/keep-parts.ts';
import type { WorldPlan } from './plan/plan.ts';
import { runWorld } from './world/run-world.ts';
import type { WorldEnd, WorldRun } from './world/world-end.ts';

/** The smallest part of a plan that was found to break the same promise. */
export interface Shrunk {
  readonly parts: readonly string[];
  readonly run: WorldRun;
}

const RUNS_MAX = 400;

/** Leaves out one part after the other, as long as the same promise stays broken; ends when nothing more can be left out. */
export async function shrink(
  plan: WorldPlan,
  failed: WorldRun,
  isStillBroken: (end: WorldEnd) => boolean,
): Promise<Shrunk> {
  let parts = partsOf(plan);
  let run = failed;
  let runs = 0;
  for (let size = Math.ceil(parts.length / 2); size >= 1; ) {
    let round: 'fruitless' | 'fruitful' = 'fruitless';
    for (let start = 0; start < parts.length && runs < RUNS_MAX; ) {
      const fewer = parts.filter((_, index) => index < start || index >= start + size);
      runs += 1;
      const again = await runWorld(keepParts(plan, new Set(fewer)));
      if (isStillBroken(again.end)) {
        parts = fewer;
        run = again;
        round = 'fruitful';
      } else start += size;
    }
    if (size > 1) size = Math.floor(size / 2);
    else if (round === 'fruitless' || runs >= RUNS_MAX) break;
  }
  return { parts, run };
}
