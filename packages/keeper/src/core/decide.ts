import { type AttemptFact, CLOSE_FACTS, factOfReport, notFound, reverseFact } from './attempt-fact.ts';
import { isLive } from './attempt-transitions.ts';
import type { Decision } from './decision.ts';
import { attemptOf, type Draft, refuse, unchanged, withAttempt } from './draft.ts';
import { wantEnd } from './end-order.ts';
import { finishDecision } from './finish-decision.ts';
import { isMicropay } from './micropay.ts';
import type { Moment } from './moment.ts';
import type { Observation, TradeReport } from './observation.ts';
import { observeAttempt } from './observe-attempt.ts';
import type { Attempt, LearnedBy, Order } from './order.ts';
import { wantAttempt } from './pay-again.ts';
import { payerReturned } from './payer-returned.ts';
import { mismatchesOf, quarantine } from './quarantine.ts';
import { queryMade } from './query-schedule.ts';
import { refundAnswered, refundReported } from './refund-answered.ts';
import { wantRefund } from './refund-wanted.ts';
import type { Rules } from './rules.ts';

/**
 * Decides what an observation means for an order: total and pure. It answers for everything in every state, never
 * throws, and reads no clock: `nowMs` is now in UTC milliseconds. The same observation again changes no state and
 * tells nothing (R5); what is final is left only for more (R17).
 */
export function decide(order: Order, observation: Observation, nowMs: number, rules: Rules): Decision {
  const moment: Moment = { nowMs, rules };
  const replan = observation.kind === 'rules-changed' ? 'all' : 'changed';
  return finishDecision(order, draftOf(order, observation, moment), moment, replan);
}

function draftOf(order: Order, observation: Observation, moment: Moment): Draft {
  switch (observation.kind) {
    case 'attempt-wanted':
      return wantAttempt(order, observation.attempt, moment);
    case 'placed':
      return onAttempt(order, observation, () => ({ fact: 'placed', prepay: observation.prepay }), moment);
    case 'place-rejected':
      return onAttempt(order, observation, () => ({ fact: 'place-rejected', code: observation.code }), moment);
    case 'place-doubtful':
      return onAttempt(order, observation, () => ({ fact: 'place-doubtful', code: observation.code }), moment);
    case 'place-unknown':
      return onAttempt(order, observation, () => ({ fact: 'place-unknown' }), moment);
    case 'trade':
      return onReport(order, observation.report, observation.learnedBy, moment);
    case 'trade-not-found':
      return onQuery(order, observation, (attempt) => notFound(attempt, moment), moment);
    case 'query-unknown':
      return onQuery(order, observation, () => ({ fact: 'query-unknown' }), moment);
    case 'close-wanted':
      return wantEnd(order, observation.because, moment);
    case 'close-answered':
      return onAttempt(order, observation, () => CLOSE_FACTS[observation.answer], moment);
    case 'micropay-answered':
      return onAttempt(order, observation, () => MICROPAY_FACTS[observation.answer], moment);
    case 'reverse-wanted':
      return wantReverse(order, observation.outTradeNo, moment);
    case 'reverse-answered':
      return onAttempt(order, observation, (attempt) => reverseFact(attempt, observation.answer), moment);
    case 'refund-wanted':
      return wantRefund(order, observation.refund, moment);
    case 'refund-reported':
      return refundReported(order, observation, moment);
    case 'refund-rejected':
    case 'refund-postponed':
    case 'refund-unknown':
    case 'refund-not-found':
    case 'refund-look-unknown':
      return refundAnswered(order, observation, moment);
    case 'payer-returned':
      return payerReturned(order, moment);
    case 'rules-changed':
      return unchanged(order, 'the duties are planned anew');
  }
}

type AttemptName = Pick<Attempt, 'outTradeNo'>;
type MicropayAnswer = Extract<Observation, { kind: 'micropay-answered' }>['answer'];

const MICROPAY_FACTS: Readonly<Record<MicropayAnswer, AttemptFact>> = {
  'user-paying': { fact: 'paying', tradeState: 'USERPAYING' },
  unknown: { fact: 'place-unknown' },
};

/** Something about an attempt that was no query. */
function onAttempt(
  order: Order,
  { outTradeNo }: AttemptName,
  factOf: (attempt: Attempt) => AttemptFact,
  moment: Moment,
): Draft {
  const attempt = attemptOf(order, outTradeNo);
  if (attempt === undefined) return unchanged(order, `the order has no attempt ${outTradeNo}`);
  return observeAttempt(order, attempt, factOf(attempt), moment);
}

/** The end of a query. It counts only while an answer could still change anything. */
function onQuery(order: Order, name: AttemptName, factOf: (attempt: Attempt) => AttemptFact, moment: Moment): Draft {
  const counted = countQuery(order, name, moment);
  return onAttempt(counted, name, factOf, moment);
}

function countQuery(order: Order, { outTradeNo }: AttemptName, { nowMs }: Moment): Order {
  const attempt = attemptOf(order, outTradeNo);
  const isSettled = attempt === undefined || attempt.state === 'paid' || attempt.state === 'reversed';
  return isSettled ? order : withAttempt(order, queryMade(attempt, nowMs));
}

/** WeChat Pay's word about a trade: only what matches the order moves it (R4). */
function onReport(order: Order, report: TradeReport, learnedBy: LearnedBy, moment: Moment): Draft {
  const counted = learnedBy === 'query' ? countQuery(order, report, moment) : order;
  const attempt = attemptOf(counted, report.outTradeNo);
  const mismatches = mismatchesOf(counted, attempt, report);
  if (attempt === undefined || mismatches.length > 0) return quarantine(counted, attempt, mismatches, moment);
  return observeAttempt(counted, attempt, factOfReport(report, learnedBy), moment);
}

/** A person wants a charge taken back: micropay only, and not once it is paid, when a refund is the way. */
function wantReverse(order: Order, outTradeNo: Attempt['outTradeNo'], moment: Moment): Draft {
  const attempt = attemptOf(order, outTradeNo);
  if (attempt === undefined) return refuse(order, 'no-such-attempt', `the order has no attempt ${outTradeNo}`);
  if (!isMicropay(attempt))
    return refuse(order, 'not-micropay', 'only micropay is reversed; close this attempt instead');
  if (attempt.state === 'paid') return refuse(order, 'order-paid', 'the charge is paid; refund it instead');
  if (!isLive(attempt)) return unchanged(order, `${outTradeNo} is ${attempt.state} already`);
  return observeAttempt(order, attempt, { fact: 'reverse-wanted' }, moment);
}
