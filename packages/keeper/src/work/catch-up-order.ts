import type { DutyPriority } from '../core/decision.ts';
import type { LeasedDuty } from '../store/store.ts';

/** A duty with what is at stake. */
export interface WeighedDuty {
  readonly duty: LeasedDuty;
  readonly totalFen: number;
}

const RANK: Readonly<Record<DutyPriority, number>> = { 'payer-waits': 0, close: 1, sweep: 2 };

/**
 * The order in which a backlog is worked off (R18): payers first, then closes, then sweeps; within each the most money
 * times the longest wait, so that a large amount goes first and a small one cannot wait for ever.
 */
export function catchUpOrder(duties: readonly WeighedDuty[], nowMs: number): readonly LeasedDuty[] {
  const weight = ({ duty, totalFen }: WeighedDuty): number => totalFen * Math.max(nowMs - duty.dueAtMs, 1);
  return [...duties]
    .sort((a, b) => RANK[a.duty.priority] - RANK[b.duty.priority] || weight(b) - weight(a))
    .map(({ duty }) => duty);
}
