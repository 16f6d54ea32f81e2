import type { AttemptFact } from './attempt-fact.ts';
import { cellOf, isLive } from './attempt-transitions.ts';
import { beginClosing, closed, closeFromFirstSight, moveClosing } from './close-order.ts';
import { beginReversing, isMicropay, reverseAgain } from './micropay.ts';
import type { Moment } from './moment.ts';
import type { Attempt, AttemptState, Prepay, ReceivedPayment } from './order.ts';
import { askNow } from './query-schedule.ts';
import { tryAgain } from './tries.ts';

/** What became of an attempt, and why. The same object when nothing changed. */
export interface Applied {
  readonly attempt: Attempt;
  readonly why: string;
}

/** Leads an attempt where the table says, and notes on it what the fact brought. */
export function applyFact(before: Attempt, fact: AttemptFact, moment: Moment): Applied {
  const { to, why } = cellOf(before.state, fact.fact);
  const state: AttemptState = to === 'stays' ? before.state : to;
  const isKept = state === before.state;
  if (isKept && !isLive(before)) return { attempt: noteRefundState(before, fact), why };
  const moved = isKept ? noteOn(before, fact, moment) : enter(before, state, fact, moment);
  return { attempt: isLive(moved) ? moved : withoutAsk(moved), why };
}

/** On entering a state: what makes it that state. */
function enter(before: Attempt, state: AttemptState, fact: AttemptFact, moment: Moment): Attempt {
  switch (state) {
    case 'creating':
      return { ...before, state };
    case 'open':
    case 'paying':
      return noteOn({ ...before, state }, fact, moment);
    case 'paid':
      return fact.fact === 'paid' ? { ...before, state, ...received(fact, moment) } : before;
    case 'closing':
      return fact.fact === 'close-wanted' ? beginClosing(before, fact.because, moment) : before;
    case 'closed':
      if (fact.fact === 'never-arrived') return closed(before, 'never-arrived', moment);
      return { ...closed(before, 'closed-at-wechat', moment), tradeState: 'CLOSED' };
    case 'reversing':
      if (fact.fact === 'reverse-wanted') return beginReversing(before, moment);
      return reverseAgain(before, fact.fact === 'reverse-again' ? 'again' : 'unknown', moment);
    case 'reversed':
      return { ...before, state, tradeState: 'REVOKED' };
    case 'rejected':
      return { ...before, state, failureCode: fact.fact === 'place-rejected' ? fact.code : 'REJECTED' };
    case 'failed':
      if (fact.fact === 'never-arrived') return { ...before, state, failureCode: 'NEVER_ARRIVED' };
      return { ...before, state, tradeState: 'PAYERROR', failureCode: 'PAYERROR' };
  }
}

/** Within a live state: counters, the prepay id, WeChat Pay's word, and doubts that a query must settle. */
function noteOn(attempt: Attempt, fact: AttemptFact, moment: Moment): Attempt {
  const { nowMs } = moment;
  switch (fact.fact) {
    case 'placed':
      return withPrepay(attempt, fact.prepay);
    case 'place-rejected':
      return askNow(withFailure(attempt, fact.code), 'doubt', nowMs);
    case 'reverse-expired':
      return askNow(attempt, 'doubt', nowMs);
    case 'place-doubtful':
      return askNow(attempt.prepay === undefined ? placeLater(attempt, moment) : attempt, 'doubt', nowMs);
    case 'place-unknown':
      if (attempt.prepay !== undefined) return attempt;
      return isMicropay(attempt) ? placeLater(attempt, moment) : askNow(placeLater(attempt, moment), 'doubt', nowMs);
    case 'paying':
      return noteUnpaid(attempt, fact.tradeState, fact.fact, moment);
    case 'unpaid':
      return noteUnpaid(attempt, 'NOTPAY', fact.fact, moment);
    case 'not-found':
    case 'query-unknown':
      return moveClosing(attempt, fact.fact, moment);
    case 'close-done':
    case 'close-order-paid':
    case 'close-order-not-exist':
    case 'close-busy':
    case 'close-unknown':
      if (attempt.state === 'closing') return moveClosing(attempt, fact.fact, moment);
      return fact.fact === 'close-unknown' ? attempt : askNow(attempt, 'doubt', nowMs);
    case 'reverse-again':
    case 'reverse-unknown':
      if (attempt.state !== 'reversing') return attempt;
      return reverseAgain(attempt, fact.fact === 'reverse-again' ? 'again' : 'unknown', moment);
    case 'paid':
    case 'closed':
    case 'revoked':
    case 'failed':
    case 'never-arrived':
    case 'close-wanted':
    case 'close-order-closed':
    case 'reverse-wanted':
    case 'reverse-done':
      return attempt;
  }
}

function noteUnpaid(
  attempt: Attempt,
  tradeState: NonNullable<Attempt['tradeState']>,
  fact: 'paying' | 'unpaid',
  moment: Moment,
): Attempt {
  const sighted = closeFromFirstSight(attempt, moment);
  return sighted === undefined
    ? moveClosing(withTradeState(attempt, tradeState), fact, moment)
    : withTradeState(sighted, tradeState);
}

const placeLater = (attempt: Attempt, { nowMs, rules }: Moment): Attempt => ({
  ...attempt,
  placing: tryAgain(attempt.placing, rules.placeAgainAfterMs, nowMs),
});

type PaidFact = Extract<AttemptFact, { fact: 'paid' }>;

function received(
  { payment, tradeState, learnedBy }: PaidFact,
  { nowMs }: Moment,
): Pick<Attempt, 'payment' | 'tradeState'> {
  const { feeType: _alwaysCny, ...known } = payment;
  const receivedPayment: ReceivedPayment = { ...known, learnedBy, learnedAtMs: nowMs };
  return { payment: receivedPayment, tradeState };
}

/** SUCCESS becomes REFUND, never the other way round; everything else about a final attempt stays as it is. */
function noteRefundState(attempt: Attempt, fact: AttemptFact): Attempt {
  const isNews = attempt.state === 'paid' && fact.fact === 'paid' && fact.tradeState === 'REFUND';
  return isNews ? withTradeState(attempt, 'REFUND') : attempt;
}

/** The newest prepay id counts: answers of repeated calls may overtake each other. */
function withPrepay(attempt: Attempt, prepay: Prepay): Attempt {
  const known = attempt.prepay;
  const isNewer =
    known === undefined ||
    prepay.receivedAtMs > known.receivedAtMs ||
    (prepay.receivedAtMs === known.receivedAtMs && openingOf(prepay) > openingOf(known));
  return isNewer ? { ...attempt, prepay } : attempt;
}

/** What opens the payment, whichever it is: of two that came at once any worker prefers the same. */
const openingOf = ({ prepayId, codeUrl, mwebUrl }: Prepay): string => prepayId ?? codeUrl ?? mwebUrl ?? '';

const withTradeState = (attempt: Attempt, tradeState: NonNullable<Attempt['tradeState']>): Attempt =>
  attempt.tradeState === tradeState ? attempt : { ...attempt, tradeState };

const withFailure = (attempt: Attempt, failureCode: string): Attempt =>
  attempt.failureCode === failureCode ? attempt : { ...attempt, failureCode };

function withoutAsk(attempt: Attempt): Attempt {
  if (attempt.ask === undefined) return attempt;
  const { ask: _settled, ...rest } = attempt;
  return rest;
}
