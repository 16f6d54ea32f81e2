import { createHash } from 'node:crypto';
import type { Clock } from '@orderkeeper/ports';
import { compareBooks } from './books/compare-books.ts';
import type { Violation } from './books/violation.ts';
import { addWorld, type Figures, noFigures } from './figures.ts';
import { drawPlan } from './plan/draw-plan.ts';
import { keepParts } from './plan/keep-parts.ts';
import { shrink } from './shrink.ts';
import { runWorld } from './world/run-world.ts';
import type { WorldEnd } from './world/world-end.ts';

/** What is to be simulated: `worlds` seeds from `seed` on. */
export interface SimulateWish {
  readonly seed: number;
  readonly orders: number;
  readonly worlds: number;
  /** Only these parts of the plan, as a failing run has named them. */
  readonly keep?: ReadonlySet<string>;
}

/** A world in which a promise was broken, told as short as possible. */
export interface Failure {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly story: readonly string[];
  readonly command: string;
}

/** What came of all worlds. */
export interface Simulated {
  readonly figures: Figures;
  /** Equal for the same worlds at the same commit. */
  readonly digest: string;
  readonly failures: readonly Failure[];
  readonly tookMs: number;
}

const DIGEST_LENGTH = 16;

/** Runs the worlds one after the other; a failing one is shrunk and told, and the others go on until `failuresMax`. */
export async function simulate(wish: SimulateWish, clock: Clock, failuresMax = 3): Promise<Simulated> {
  const startedAtMs = clock.nowMs();
  const figures = noFigures();
  const digest = createHash('sha256');
  const failures: Failure[] = [];
  for (let seed = wish.seed; seed < wish.seed + wish.worlds && failures.length < failuresMax; seed += 1) {
    const drawn = drawPlan(seed, wish.orders);
    const plan = wish.keep === undefined ? drawn : keepParts(drawn, wish.keep);
    const run = await runWorld(plan);
    addWorld(figures, run.end);
    digest.update(run.digest);
    const [violation] = compareBooks(run.end);
    if (violation === undefined) continue;
    const isStillBroken = (end: WorldEnd): boolean => compareBooks(end).some(({ rule }) => rule === violation.rule);
    const { parts, run: least } = await shrink(plan, run, isStillBroken);
    const command = `npm run simulate -- --seed ${seed} --orders ${wish.orders} --keep ${parts.join(',')}`;
    failures.push({ seed, violations: compareBooks(least.end), story: least.story, command });
  }
  const tookMs = clock.nowMs() - startedAtMs;
  return { figures, digest: digest.digest('hex').slice(0, DIGEST_LENGTH), failures, tookMs };
}
