import { applyFact } from './apply-fact.ts';
import type { AttemptFact } from './attempt-fact.ts';
import { isLive } from './attempt-transitions.ts';
import { closableAtMs } from './close-order.ts';
import { alarm, type Draft, tell, withAttempt } from './draft.ts';
import { giveUpAtMs, isMicropay, isPastReversing } from './micropay.ts';
import type { Moment } from './moment.ts';
import type { Attempt, Order } from './order.ts';
import { endAtExpiry, endOrder } from './order-state.ts';
import { endAttempt, receivePayment } from './receive-payment.ts';

/** Applies one fact to one attempt of an order, and draws the conclusions for the order. */
export function observeAttempt(order: Order, before: Attempt, fact: AttemptFact, moment: Moment): Draft {
  const applied = applyFact(before, fact, moment);
  const after = endWhenOver(applied.attempt, fact, moment);
  const summary = `${before.outTradeNo}: ${fact.fact}; ${pathOf(before, after)}: ${applied.why}`;
  const draft: Draft = { order: withAttempt(order, after), news: [], alarms: [], summary };
  const concluded = conclude(draft, before, after, moment);
  return { ...concluded, order: endAtExpiry(concluded.order, moment.nowMs) };
}

const pathOf = (before: Attempt, after: Attempt): string =>
  before.state === after.state ? `stays ${after.state}` : `${before.state} → ${after.state}`;

/** The facts by which WeChat Pay, asked at the end of an attempt's time, says that it is not paid. */
const UNPAID_FACTS: ReadonlySet<AttemptFact['fact']> = new Set(['unpaid', 'paying', 'not-found']);

/** An attempt whose time is over, and which a query has just found unpaid, is ended: that query was the first of R7. */
function endWhenOver(attempt: Attempt, fact: AttemptFact, moment: Moment): Attempt {
  const { nowMs, rules } = moment;
  const isWatched = isLive(attempt) && attempt.closing === undefined && attempt.reversing === undefined;
  if (!isWatched || isPastReversing(attempt)) return attempt;
  if (isMicropay(attempt)) {
    const isGivenUp =
      nowMs >= giveUpAtMs(attempt, rules) && (UNPAID_FACTS.has(fact.fact) || fact.fact === 'query-unknown');
    return isGivenUp ? endAttempt(attempt, 'expired', moment) : attempt;
  }
  if (nowMs < attempt.content.expiresAtMs || !UNPAID_FACTS.has(fact.fact)) return attempt;
  const closing = endAttempt(attempt, 'expired', moment);
  return nowMs >= closableAtMs(closing, rules) ? applyFact(closing, fact, moment).attempt : closing;
}

function conclude(draft: Draft, before: Attempt, after: Attempt, moment: Moment): Draft {
  const warned = warnWhenStuck(draft, before, after, moment);
  if (before.state === after.state) return warned;
  const { orderId } = draft.order;
  const { outTradeNo, failureCode } = after;
  switch (after.state) {
    case 'paid':
      return receivePayment(warned, after, moment);
    case 'rejected':
    case 'failed': {
      const data = { orderId, outTradeNo, state: after.state, failureCode };
      return tell(warned, { type: 'attempt.failed', data });
    }
    case 'closed':
      return after.receipt?.because === 'elsewhere'
        ? { ...warned, order: endOrder(warned.order, 'elsewhere', moment.nowMs) }
        : warned;
    case 'creating':
    case 'open':
    case 'paying':
    case 'closing':
    case 'reversing':
    case 'reversed':
      return warned;
  }
}

/** When the waits between tries have grown to their longest, a person is told, once; the keeper goes on trying. */
function warnWhenStuck(draft: Draft, before: Attempt, after: Attempt, { rules }: Moment): Draft {
  const hasReached = (tries: number, triesBefore: number, tellAt: number): boolean =>
    tries >= tellAt && triesBefore < tellAt;
  const isStuck =
    hasReached(after.closing?.triesMade ?? 0, before.closing?.triesMade ?? 0, rules.closeAgainAfterMs.length) ||
    hasReached(after.reversing?.triesMade ?? 0, before.reversing?.triesMade ?? 0, rules.reverseAgainAfterMs.length) ||
    (after.state === 'paying' && before.state === 'reversing');
  if (!isStuck) return draft;
  const { outTradeNo, state } = after;
  const message = `${outTradeNo} is still ${state}; the keeper goes on, please look at it in the merchant console`;
  return alarm(draft, { kind: 'attempt-stuck', message, outTradeNo });
}
