import type { Attempt } from './order.ts';
import type { Rules } from './rules.ts';

/**
 * A fraction at or above 0 and below 1 that is always the same for a number and a position (FNV-1a, 32 bits):
 * any worker, also after a crash, comes to the same moment.
 */
function fractionOf(outTradeNo: string, position: number): number {
  let hash = 0x811c9dc5;
  for (const character of `${outTradeNo}#${position}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  // FNV's high bits move little for short texts that differ at their end: mix once more.
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return ((hash ^ (hash >>> 15)) >>> 0) / 4_294_967_296;
}

/** When an attempt is asked about if nothing else happens (R6): each moment of the schedule, moved by its jitter. */
export function scheduledQueriesAtMs(
  attempt: Pick<Attempt, 'outTradeNo' | 'openedAtMs'>,
  rules: Rules,
): readonly number[] {
  return rules.queryAfterMs.map((afterMs, position) => {
    const stretch = 1 + rules.jitter * (2 * fractionOf(attempt.outTradeNo, position) - 1);
    return attempt.openedAtMs + Math.round(afterMs * stretch);
  });
}

/** A moment up to which an attempt is watched by the schedule, and at which it is asked about for certain. */
export interface Watch {
  readonly endMs: number;
}

/**
 * The next query of a watched attempt: the first moment of the schedule after the last query, never past the end of
 * the watch, and then at the end itself. A moment that passed while nobody worked is made up for by one query, not by
 * one for each. At the end an answer is needed, so a query without one is repeated.
 */
export function nextQueryAtMs(attempt: Attempt, { endMs }: Watch, rules: Rules): number {
  const sinceMs = attempt.lastQueryAtMs ?? attempt.openedAtMs;
  if (sinceMs >= endMs) return endQueryAtMs(attempt, { endMs }, rules);
  const scheduledMs = scheduledQueriesAtMs(attempt, rules).find((atMs) => atMs > sinceMs) ?? endMs;
  const losingMs = rules.notices === 'being-lost' ? sinceMs + rules.queryEveryMsWhenLosing : endMs;
  return Math.min(scheduledMs, losingMs, endMs);
}

/** The query at the end alone; when it was not answered, it is repeated after as long again as it was late. */
export function endQueryAtMs(attempt: Attempt, { endMs }: Watch, rules: Rules): number {
  const sinceMs = attempt.lastQueryAtMs ?? attempt.openedAtMs;
  if (sinceMs < endMs) return endMs;
  return sinceMs + Math.min(Math.max(sinceMs - endMs, rules.queryAgainMsMin), rules.queryAgainMsMax);
}

/** When the payer's return, or a doubt, makes us ask: at once, but not right after the last query (R6). */
export function askAtMs(attempt: Attempt, rules: Rules): number | undefined {
  if (attempt.ask === undefined) return undefined;
  const gapEndMs = attempt.lastQueryAtMs === undefined ? 0 : attempt.lastQueryAtMs + rules.payerReturnGapMs;
  return Math.max(attempt.ask.atMs, attempt.ask.because === 'payer-returned' ? gapEndMs : 0);
}

/** Wants a query out of turn; a wish that is still waiting is kept. */
export function askNow(attempt: Attempt, because: 'payer-returned' | 'doubt', nowMs: number): Attempt {
  return attempt.ask === undefined ? { ...attempt, ask: { atMs: nowMs, because } } : attempt;
}

/** A query was answered, or given up: the schedule goes on from here. */
export function queryMade(attempt: Attempt, nowMs: number): Attempt {
  const { ask: _answered, ...rest } = attempt;
  return {
    ...rest,
    queriesMade: attempt.queriesMade + 1,
    lastQueryAtMs: Math.max(nowMs, attempt.lastQueryAtMs ?? nowMs),
  };
}
