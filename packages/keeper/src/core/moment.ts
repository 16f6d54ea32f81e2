import type { Rules } from './rules.ts';

/** When something is decided, and by which rules. Passed in from outside (R15): nothing here knows the time. */
export interface Moment {
  /** UTC milliseconds. */
  readonly nowMs: number;
  readonly rules: Rules;
}
