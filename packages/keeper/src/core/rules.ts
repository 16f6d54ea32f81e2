import type { LatePaymentPolicy } from './order.ts';

/** The numbers that the keeper lives by, each with its default; a merchant may set its own. */
export interface Rules {
  readonly latePayment: LatePaymentPolicy;
  /** A v2 order is not closed before this age (R7). */
  readonly closeAgeMs: number;
  /** When an open attempt is asked about, counted from its opening (R6). */
  readonly queryAfterMs: readonly number[];
  /** ± this share of each delay, so that many orders do not ask at the same moment. */
  readonly jitter: number;
  /** While notices are being lost (R6). */
  readonly queryEveryMsWhenLosing: number;
  /** Close answers that are not final are tried again after these. */
  readonly closeAgainAfterMs: readonly number[];
  /** Micropay: polls, and when to give up and reverse (R8). */
  readonly micropayPollMs: number;
  readonly micropayReverseAfterMs: number;
  readonly micropayReverseNotBeforeMs: number;
  readonly reverseAgainAfterMs: readonly number[];
  /** Looks at a refund (R12); after the last one a person is told. */
  readonly refundLookAfterMs: readonly number[];
  readonly refundPartsMax: number;
  /** A second payment above this is refunded all the same, and alarmed (R10). */
  readonly duplicateRefundCapFen: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What holds unless a merchant's configuration says otherwise. */
export const DEFAULT_RULES: Rules = {
  latePayment: 'refund',
  closeAgeMs: 5 * MINUTE,
  queryAfterMs: [5 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 3 * MINUTE, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE],
  jitter: 0.2,
  queryEveryMsWhenLosing: 30 * SECOND,
  closeAgainAfterMs: [5 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE],
  micropayPollMs: 5 * SECOND,
  micropayReverseAfterMs: 45 * SECOND,
  micropayReverseNotBeforeMs: 15 * SECOND,
  reverseAgainAfterMs: [5 * SECOND, 10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE],
  refundLookAfterMs: [
    10 * SECOND,
    MINUTE,
    10 * MINUTE,
    HOUR,
    6 * HOUR,
    ...Array.from({ length: 14 }, (_, day) => (day + 1) * DAY),
  ],
  refundPartsMax: 50,
  duplicateRefundCapFen: 100_000,
};
