import type { HttpFailureReason } from '@orderkeeper/ports';

/** After more failures of one kind than this the first host counts as bad. */
const FAILURES_MAX = 2;

/** So long calls go to the second host first; then the first host gets its chance back. */
const AVOID_MS = 3 * 60_000;

/** So many successes in a row wipe out what was counted before. */
const SUCCESSES_TO_FORGET = 2;

/** What a client remembers about its first host. */
export interface HostHealth {
  readonly connectTimeoutsCount: number;
  readonly nameErrorsCount: number;
  readonly successesInRow: number;
  /** The first host is bad until this instant, UTC milliseconds. */
  readonly avoidUntilMs?: number;
}

/** Nothing is held against the first host. */
export const HEALTHY: HostHealth = { connectTimeoutsCount: 0, nameErrorsCount: 0, successesInRow: 0 };

/** What a request to the first host showed: it was reached, or why not. */
export type HostEvent = 'reached' | HttpFailureReason;

/** Which host a call tries first at an instant. */
export function firstHost(health: HostHealth, nowMs: number): 'primary' | 'secondary' {
  return health.avoidUntilMs !== undefined && nowMs < health.avoidUntilMs ? 'secondary' : 'primary';
}

/**
 * The health after an event, as WeChat Pay's own Java SDK counts it: more than two connect timeouts, or more than two
 * name errors, turn calls away for three minutes. Failures once connected say nothing here: the retry of that call
 * goes to the second host anyway.
 */
export function nextHealth(health: HostHealth, event: HostEvent, nowMs: number): HostHealth {
  const current = health.avoidUntilMs !== undefined && nowMs >= health.avoidUntilMs ? HEALTHY : health;
  switch (event) {
    case 'reached':
      return afterSuccess(current);
    case 'connect-timeout':
      return afterFailure({ ...current, connectTimeoutsCount: current.connectTimeoutsCount + 1 }, nowMs);
    case 'name-not-resolved':
      return afterFailure({ ...current, nameErrorsCount: current.nameErrorsCount + 1 }, nowMs);
    case 'connection-refused':
    case 'tls-failed':
    case 'answer-timeout':
    case 'connection-lost':
    case 'answer-too-large':
    case 'aborted':
      return current.successesInRow === 0 ? current : { ...current, successesInRow: 0 };
  }
}

function afterSuccess(health: HostHealth): HostHealth {
  if (health.connectTimeoutsCount === 0 && health.nameErrorsCount === 0) return health;
  const successesInRow = health.successesInRow + 1;
  return successesInRow >= SUCCESSES_TO_FORGET ? HEALTHY : { ...health, successesInRow };
}

function afterFailure(health: HostHealth, nowMs: number): HostHealth {
  const isBad = health.connectTimeoutsCount > FAILURES_MAX || health.nameErrorsCount > FAILURES_MAX;
  return { ...health, successesInRow: 0, ...(isBad ? { avoidUntilMs: nowMs + AVOID_MS } : {}) };
}
