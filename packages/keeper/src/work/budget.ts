import type { Mchid } from '@orderkeeper/protocol';
import type { CallLimits } from '../core/call-limits.ts';
import type { DutyPriority } from '../core/decision.ts';

/** The share of the burst that must be left untouched, so that a payer always finds something (R18). */
const KEPT_SHARE: Readonly<Record<DutyPriority, number>> = { 'payer-waits': 0, close: 0.2, sweep: 0.4 };

/** Calls of each merchant, as a bucket that fills steadily. */
export interface Budget {
  /** Takes one call, or says from when on one can be had. */
  readonly take: (mchid: Mchid, priority: DutyPriority, nowMs: number) => 'taken' | { readonly availableAtMs: number };
  /** Takes one call that cannot wait; later ones pay for it. */
  readonly takeAnyway: (mchid: Mchid, nowMs: number) => void;
  /** Merchants without a call left, whatever it is for. */
  readonly exhausted: (nowMs: number) => readonly Mchid[];
}

interface Bucket {
  calls: number;
  atMs: number;
}

/** Creates full buckets; `limitsOf` says how large each is. */
export function createBudget(limitsOf: (mchid: Mchid) => CallLimits): Budget {
  const buckets = new Map<Mchid, Bucket>();
  const filled = (mchid: Mchid, nowMs: number): Bucket => {
    const { callsPerSecond, burst } = limitsOf(mchid);
    const bucket = buckets.get(mchid) ?? { calls: burst, atMs: nowMs };
    const elapsedMs = Math.max(nowMs - bucket.atMs, 0);
    bucket.calls = Math.min(burst, bucket.calls + (elapsedMs * callsPerSecond) / 1000);
    bucket.atMs = Math.max(nowMs, bucket.atMs);
    buckets.set(mchid, bucket);
    return bucket;
  };
  return {
    take: (mchid, priority, nowMs) => {
      const { callsPerSecond, burst } = limitsOf(mchid);
      const bucket = filled(mchid, nowMs);
      const needed = 1 + KEPT_SHARE[priority] * (burst - 1);
      if (bucket.calls >= needed) {
        bucket.calls -= 1;
        return 'taken';
      }
      return { availableAtMs: nowMs + Math.ceil(((needed - bucket.calls) * 1000) / callsPerSecond) };
    },
    takeAnyway: (mchid, nowMs) => {
      filled(mchid, nowMs).calls -= 1;
    },
    exhausted: (nowMs) => [...buckets.keys()].filter((mchid) => filled(mchid, nowMs).calls < 1),
  };
}
