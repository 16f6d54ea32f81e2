import type { Tries } from './order.ts';

/** The wait after the `triesMade`-th try; the last one repeats for ever. */
export function waitAfterTryMs(againAfterMs: readonly number[], triesMade: number): number {
  return againAfterMs[Math.min(triesMade, againAfterMs.length) - 1] ?? 0;
}

/** One try more without a final answer: the next may leave after its wait. */
export function tryAgain(tries: Tries | undefined, againAfterMs: readonly number[], nowMs: number): Tries {
  const triesMade = (tries?.triesMade ?? 0) + 1;
  return { triesMade, notBeforeMs: nowMs + waitAfterTryMs(againAfterMs, triesMade) };
}
