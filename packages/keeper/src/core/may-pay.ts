import { failure, ok, type Result } from '@orderkeeper/protocol';
import { isLive } from './attempt-transitions.ts';
import type { Attempt, AttemptState, Order, Prepay } from './order.ts';

const MINUTE_MS = 60_000;

/**
 * A prepay id opens the payment for two hours; afterwards the same order is placed again for a new one.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1
 */
export const PREPAY_AGE_MS_MAX = 120 * MINUTE_MS;

/** The address for the phone's browser (H5) is valid for five minutes. */
export const MWEB_URL_AGE_MS_MAX = 5 * MINUTE_MS;

/** Why payment parameters are not given out. */
export type MayPayReason =
  | 'order-not-open'
  | 'no-live-attempt'
  | 'not-placed-yet'
  | 'payer-is-paying'
  | 'ending'
  | 'expired'
  | 'prepay-too-old'
  | 'micropay';

/** An attempt that can be paid now, and what opens it. */
export interface Payable {
  readonly attempt: Attempt;
  readonly prepay: Prepay;
}

/** Whether the payer's client may be given payment parameters now, for which attempt, or why not. */
export function mayPay(order: Order, nowMs: number): Result<Payable, MayPayReason> {
  if (order.state !== 'open') return failure('order-not-open', `the order is ${order.state}: nothing is to be paid`);
  const attempt = order.attempts.find(isLive);
  if (attempt === undefined) return failure('no-live-attempt', 'no attempt can be paid; open another one');
  if (attempt.content.tradeType === 'MICROPAY') {
    return failure('micropay', 'a micropay attempt is paid with the code on the phone; there are no parameters');
  }
  const obstacle = OBSTACLE_OF[attempt.state];
  if (obstacle !== 'none') return failure(obstacle.reason, obstacle.message);
  if (nowMs >= Math.min(order.expiresAtMs, attempt.content.expiresAtMs)) {
    return failure('expired', 'the time to pay is over; the order is being closed');
  }
  const { prepay } = attempt;
  if (prepay === undefined) return failure('not-placed-yet', 'WeChat Pay has not answered yet; try again in a moment');
  if (nowMs - prepay.receivedAtMs >= prepayAgeMsMax(attempt)) {
    return failure('prepay-too-old', 'what opens the payment is too old; place the attempt again for a new one');
  }
  return ok({ attempt, prepay });
}

const prepayAgeMsMax = (attempt: Attempt): number =>
  attempt.content.tradeType === 'MWEB' ? MWEB_URL_AGE_MS_MAX : PREPAY_AGE_MS_MAX;

interface Obstacle {
  readonly reason: MayPayReason;
  readonly message: string;
}

const FINAL: Obstacle = { reason: 'no-live-attempt', message: 'no attempt can be paid; open another one' };

/** Parameters are given out in `open` alone. */
const OBSTACLE_OF: Readonly<Record<AttemptState, Obstacle | 'none'>> = {
  creating: { reason: 'not-placed-yet', message: 'WeChat Pay has not answered yet; try again in a moment' },
  open: 'none',
  paying: { reason: 'payer-is-paying', message: 'the payer is entering the password' },
  closing: { reason: 'ending', message: 'the attempt is being closed' },
  reversing: { reason: 'ending', message: 'the attempt is being taken back' },
  paid: FINAL,
  closed: FINAL,
  reversed: FINAL,
  rejected: FINAL,
  failed: FINAL,
};
