import type { Alarm, EventType } from './decision.ts';
import { alarm, type Draft, tell, unchanged } from './draft.ts';
import type { Moment } from './moment.ts';
import type { LearnedBy, Order, Refund, RefundState } from './order.ts';
import { nextLookAtMs } from './refund-duties.ts';
import { REFUND_NEXT, type RefundFact } from './refund-transitions.ts';
import type { Rules } from './rules.ts';
import { tryAgain } from './tries.ts';

/** What an observation says about a refund: where it leads, and what it adds. */
export interface RefundNews extends RefundNotes {
  readonly fact: RefundFact;
  /** A report that nobody here asked for, such as a notice, is no look. */
  readonly learnedBy?: LearnedBy;
}

type RefundNotes = Partial<Pick<Refund, 'refundId' | 'finishedAtMs' | 'failureCode'>>;

/** Leads a refund of the order where the table says, and notes on it what the observation brought. */
export function moveRefund(order: Order, before: Refund, news: RefundNews, moment: Moment): Draft {
  const { fact, learnedBy: _way, ...notes } = news;
  const { to, why } = REFUND_NEXT[before.state][fact];
  const state: RefundState = to === 'stays' ? before.state : to;
  const isMoved = state !== before.state;
  const entered = isMoved ? enter(before, state, moment) : before;
  const after = noteOn(isMoved || state === fact ? withNotes(entered, notes) : entered, news, moment);
  const path = isMoved ? `${before.state} → ${state}` : `stays ${state}`;
  const summary = `refund ${before.outRefundNo}: ${fact}; ${path}: ${why}`;
  if (after === before) return unchanged(order, summary);
  const refunds = order.refunds.map((refund) => (refund.outRefundNo === after.outRefundNo ? after : refund));
  return conclude(unchanged({ ...order, refunds }, summary), before, after, moment.rules);
}

/** A new state starts without the traces of the tries before it; a refusal keeps its code. */
function enter(before: Refund, state: RefundState, { nowMs }: Moment): Refund {
  const { lookAtMs: _look, failureCode, sending: _sending, ...rest } = before;
  switch (state) {
    case 'processing':
      return { ...rest, state, acceptedAtMs: nowMs };
    case 'rejected':
      return failureCode === undefined ? { ...rest, state } : { ...rest, state, failureCode };
    case 'abnormal':
      return { ...rest, state, abnormalAtMs: nowMs };
    case 'asked':
    case 'succeeded':
    case 'closed':
      return { ...rest, state };
  }
}

/** Counts tries and looks while the refund is being followed. */
function noteOn(refund: Refund, news: RefundNews, { nowMs, rules }: Moment): Refund {
  switch (refund.state) {
    case 'succeeded':
    case 'closed':
    case 'rejected':
      return refund;
    case 'abnormal':
      // As below, the report that made it `abnormal` is no look of this schedule.
      return refund.abnormalAtMs === nowMs || !isAbnormalLook(news) ? refund : looked(refund, nowMs);
    case 'asked':
      return noteOnAsked(refund, news, { nowMs, rules });
    case 'processing':
      // The answer that made it `processing` is no look: the schedule starts with it.
      return refund.acceptedAtMs === nowMs || !isLook(news.fact) ? refund : looked(refund, nowMs);
  }
}

function noteOnAsked(
  refund: Refund,
  { fact, learnedBy: _way, ...notes }: RefundNews,
  { nowMs, rules }: Moment,
): Refund {
  const again = (): Refund => ({ ...refund, sending: tryAgain(refund.sending, rules.refundAgainAfterMs, nowMs) });
  switch (fact) {
    case 'unknown':
      return { ...withNotes(again(), notes), lookAtMs: nowMs };
    case 'come-back-later':
      return again();
    case 'not-found':
      return looked(refund, nowMs);
    case 'look-unknown': {
      // The first call is still in doubt: the look is repeated, not the call.
      const tried = again();
      return { ...looked(tried, nowMs), lookAtMs: tried.sending?.notBeforeMs ?? nowMs };
    }
    case 'wanted-again':
    case 'processing':
    case 'succeeded':
    case 'closed':
    case 'abnormal':
    case 'rejected':
      return refund;
  }
}

const isAbnormalLook = ({ fact, learnedBy }: RefundNews): boolean =>
  isLook(fact) || (fact === 'abnormal' && learnedBy === 'query');

const isLook = (fact: RefundFact): boolean => fact === 'processing' || fact === 'not-found' || fact === 'look-unknown';

function looked(refund: Refund, nowMs: number): Refund {
  const { lookAtMs: _made, ...rest } = refund;
  return { ...rest, looksMade: refund.looksMade + 1, lastLookAtMs: nowMs };
}

/** Only what the refund does not say already; the same object when that is nothing. */
function withNotes(refund: Refund, notes: RefundNotes): Refund {
  const isNews =
    (notes.refundId ?? refund.refundId) !== refund.refundId ||
    (notes.finishedAtMs ?? refund.finishedAtMs) !== refund.finishedAtMs ||
    (notes.failureCode ?? refund.failureCode) !== refund.failureCode;
  return isNews ? { ...refund, ...notes } : refund;
}

/** What is told when a refund comes to a state. */
const EVENT_OF: Readonly<Record<RefundState, EventType | 'nothing'>> = {
  asked: 'nothing',
  processing: 'nothing',
  succeeded: 'refund.succeeded',
  closed: 'refund.closed',
  abnormal: 'refund.abnormal',
  rejected: 'refund.rejected',
};

function conclude(draft: Draft, before: Refund, after: Refund, rules: Rules): Draft {
  const type = EVENT_OF[after.state];
  const isMoved = before.state !== after.state;
  const told = isMoved && type !== 'nothing' ? tell(draft, { type, data: refundData(draft.order, after) }) : draft;
  const raised = alarmOf(before, after, rules);
  return raised === undefined ? told : alarm(told, raised);
}

function alarmOf(before: Refund, after: Refund, rules: Rules): Alarm | undefined {
  const { outRefundNo, outTradeNo, refundFen } = after;
  if (after.state === 'abnormal' && before.state !== 'abnormal') {
    const message = `refund ${outRefundNo} of ${refundFen} fen could not reach the payer; finish it in the merchant console`;
    return { kind: 'refund-abnormal', message, outTradeNo };
  }
  const isUsedUp = after.state === 'processing' && nextLookAtMs(after, rules) === undefined;
  if (!isUsedUp || nextLookAtMs(before, rules) === undefined) return undefined;
  const message = `refund ${outRefundNo} is still being processed after ${after.looksMade} looks; please ask WeChat Pay`;
  return { kind: 'refund-not-final', message, outTradeNo };
}

/** A refund as the merchant's systems are told: free of when and by which way we learned it. */
function refundData(order: Order, refund: Refund): Readonly<Record<string, unknown>> {
  const { outRefundNo, outTradeNo, refundFen, reason, state, refundId, finishedAtMs, failureCode, note } = refund;
  return {
    orderId: order.orderId,
    mchid: order.mchid,
    outTradeNo,
    outRefundNo,
    refundFen,
    reason,
    state,
    ...(refundId === undefined ? {} : { refundId }),
    ...(finishedAtMs === undefined ? {} : { finishedAtMs }),
    ...(failureCode === undefined ? {} : { failureCode }),
    ...(note === undefined ? {} : { note }),
  };
}
