import { askNow } from './query-schedule.ts';
import type { Moment } from './moment.ts';
import type { Attempt } from './order.ts';
import type { Rules } from './rules.ts';
import { tryAgain } from './tries.ts';

/**
 * Micropay (付款码支付): polled, and taken back when it comes to no end; never closed (R8).
 * @see https://pay.weixin.qq.com/wiki/doc/api/micropay.php?chapter=9_10
 */
export const isMicropay = (attempt: Pick<Attempt, 'content'>): boolean => attempt.content.tradeType === 'MICROPAY';

/**
 * A payer's code is good for one minute; the call that brought it may have been held up on its way. After twice that time
 * a charge that WeChat Pay does not know will not be made any more.
 * @see https://pay.weixin.qq.com/wiki/doc/api/micropay.php?chapter=9_10
 */
const CODE_LIFETIME_MS = 60_000;

/** Whether a charge that is not there may be on its way. */
export const mayStillArrive = ({ openedAtMs }: Attempt, nowMs: number): boolean =>
  nowMs < openedAtMs + 2 * CODE_LIFETIME_MS;

/** When an unanswered charge is given up and taken back. */
export const giveUpAtMs = (attempt: Attempt, rules: Rules): number => attempt.openedAtMs + rules.micropayReverseAfterMs;

/** The next poll; the last one is at the moment of giving up. */
export function nextPollAtMs(attempt: Attempt, rules: Rules): number {
  const sinceMs = attempt.lastQueryAtMs ?? attempt.openedAtMs;
  return Math.min(sinceMs + rules.micropayPollMs, Math.max(giveUpAtMs(attempt, rules), sinceMs));
}

/** Begins to take it back. */
export function beginReversing(attempt: Attempt, { nowMs }: Moment): Attempt {
  return { ...attempt, state: 'reversing', reversing: { sinceMs: nowMs, triesMade: 0, notBeforeMs: nowMs } };
}

/** The next reverse; WeChat Pay may refuse one in the first fifteen seconds. */
export function nextReverseAtMs(attempt: Attempt, rules: Rules): number {
  return Math.max(attempt.reversing?.notBeforeMs ?? 0, attempt.openedAtMs + rules.micropayReverseNotBeforeMs);
}

/** A reverse that is to be repeated: after `again` (`recall` is Y) as it is, after no answer with a question first. */
export function reverseAgain(attempt: Attempt, because: 'again' | 'unknown', moment: Moment): Attempt {
  const sinceMs = attempt.reversing?.sinceMs ?? moment.nowMs;
  const tries = tryAgain(attempt.reversing, moment.rules.reverseAgainAfterMs, moment.nowMs);
  const again: Attempt = { ...attempt, state: 'reversing', reversing: { sinceMs, ...tries } };
  return because === 'unknown' ? askNow(again, 'doubt', moment.nowMs) : again;
}

/** Whether a reverse was refused for age: such an attempt is only asked about. */
export const isPastReversing = (attempt: Attempt): boolean =>
  attempt.reversing !== undefined && attempt.state !== 'reversing';
