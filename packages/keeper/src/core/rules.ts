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
  /** A payer who comes back is asked for at once, but not more often than this. */
  readonly payerReturnGapMs: number;
  /** Whether this merchant's notices arrive; the keeper measures it. While they are lost it asks more often (R6). */
  readonly notices: 'arriving' | 'being-lost';
  readonly queryEveryMsWhenLosing: number;
  /** A query that must be answered (at expiry, after a close) is repeated after as long as it is late, within these. */
  readonly queryAgainMsMin: number;
  readonly queryAgainMsMax: number;
  /** Placing calls that ended unknown are repeated after these, a query first. */
  readonly placeAgainAfterMs: readonly number[];
  /** Looks at a closed attempt, counted from its receipt; afterwards the bill has the last word. */
  readonly lookAfterCloseMs: readonly number[];
  /** An attempt that was asked about so often is not looked at again once it is closed (R6). */
  readonly queriesMax: number;
  /** Close answers that are not final are tried again after these. */
  readonly closeAgainAfterMs: readonly number[];
  /** Micropay: polls, and when to give up and reverse (R8). */
  readonly micropayPollMs: number;
  readonly micropayReverseAfterMs: number;
  readonly micropayReverseNotBeforeMs: number;
  readonly reverseAgainAfterMs: readonly number[];
  /** Looks at a refund (R12); after the last one a person is told. */
  readonly refundLookAfterMs: readonly number[];
  /** Looks at a refund that waits for a person, counted from when it began to; its notice may get lost as any other. */
  readonly abnormalLookAfterMs: readonly number[];
  readonly refundPartsMax: number;
  /** Two refunds of one payment are this far apart, as WeChat Pay asks. */
  readonly refundGapMs: number;
  /** Refund calls that ended unknown are repeated after these, a look first. */
  readonly refundAgainAfterMs: readonly number[];
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
  payerReturnGapMs: 2 * SECOND,
  notices: 'arriving',
  queryEveryMsWhenLosing: 30 * SECOND,
  queryAgainMsMin: 5 * SECOND,
  queryAgainMsMax: 5 * MINUTE,
  placeAgainAfterMs: [2 * SECOND, 10 * SECOND, 30 * SECOND, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE],
  lookAfterCloseMs: [MINUTE, 15 * MINUTE, 2 * HOUR],
  queriesMax: 10,
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
  abnormalLookAfterMs: [
    ...Array.from({ length: 14 }, (_, day) => (day + 1) * DAY),
    ...Array.from({ length: 24 }, (_, week) => (week + 3) * 7 * DAY),
  ],
  refundPartsMax: 50,
  refundGapMs: MINUTE,
  refundAgainAfterMs: [5 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, HOUR, 6 * HOUR],
  duplicateRefundCapFen: 100_000,
};
