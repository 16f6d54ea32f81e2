import type { DutyPriority } from '../../core/decision.ts';

/** Priorities as the database sorts them: most urgent first (R18). */
export const PRIORITY_RANK = { 'payer-waits': 0, close: 1, sweep: 2 } as const satisfies Record<DutyPriority, number>;

const PRIORITIES: readonly DutyPriority[] = ['payer-waits', 'close', 'sweep'];

/** Back from the database; a CHECK keeps other numbers out. */
export function priorityOf(rank: number): DutyPriority {
  const priority = PRIORITIES[rank];
  if (priority === undefined) throw new Error(`there is no priority ${rank}`);
  return priority;
}
