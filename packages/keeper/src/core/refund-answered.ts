import { attemptOf, type Draft, unchanged } from './draft.ts';
import type { Moment } from './moment.ts';
import { moveRefund, type RefundNews } from './move-refund.ts';
import type { Observation, RefundReport } from './observation.ts';
import type { Order, Refund } from './order.ts';
import { quarantine, refundMismatchesOf } from './quarantine.ts';

type RefundAnswer = Extract<
  Observation,
  { kind: 'refund-rejected' | 'refund-postponed' | 'refund-unknown' | 'refund-not-found' | 'refund-look-unknown' }
>;

type Reported = Extract<Observation, { kind: 'refund-reported' }>;

/** WeChat Pay's word about a refund; one that we do not know was made elsewhere and is taken into the books. */
export function refundReported(order: Order, { report, learnedBy }: Reported, moment: Moment): Draft {
  const known = order.refunds.find((refund) => refund.outRefundNo === report.outRefundNo);
  const mismatches = refundMismatchesOf(order, report);
  if (mismatches.length > 0) return quarantine(order, attemptOf(order, report.outTradeNo), mismatches, moment);
  const news = { ...newsOf(report), learnedBy };
  if (known !== undefined) return moveRefund(order, known, news, moment);
  const made = madeElsewhere(report, moment);
  return moveRefund({ ...order, refunds: [...order.refunds, made] }, made, news, moment);
}

const madeElsewhere = ({ outRefundNo, outTradeNo, refundFen }: RefundReport, { nowMs }: Moment): Refund => ({
  outRefundNo,
  outTradeNo,
  refundFen,
  reason: 'elsewhere',
  state: 'asked',
  askedAtMs: nowMs,
  looksMade: 0,
});

const newsOf = ({ state, refundId, finishedAtMs }: RefundReport): RefundNews => ({
  fact: state,
  ...(refundId === undefined ? {} : { refundId }),
  ...(finishedAtMs === undefined ? {} : { finishedAtMs }),
});

/** A refund call or a look that brought no report. */
export function refundAnswered(order: Order, answer: RefundAnswer, moment: Moment): Draft {
  const known = order.refunds.find((refund) => refund.outRefundNo === answer.outRefundNo);
  if (known === undefined) return unchanged(order, `the order has no refund ${answer.outRefundNo}`);
  switch (answer.kind) {
    case 'refund-rejected':
      return refundRefused(order, known, answer.code, moment);
    case 'refund-postponed':
      return moveRefund(order, known, { fact: 'come-back-later' }, moment);
    case 'refund-unknown':
      return moveRefund(order, known, { fact: 'unknown' }, moment);
    case 'refund-not-found': {
      // An earlier refusal counts once it is certain that no earlier call had arrived.
      const isRefused = known.state === 'asked' && known.failureCode !== undefined;
      return moveRefund(order, known, { fact: isRefused ? 'rejected' : 'not-found' }, moment);
    }
    case 'refund-look-unknown':
      return moveRefund(order, known, { fact: 'look-unknown' }, moment);
  }
}

/** After a call without an answer a refusal is no proof: the first call may have arrived, so a look decides. */
function refundRefused(order: Order, known: Refund, failureCode: string, moment: Moment): Draft {
  const isDoubtful = known.state === 'asked' && known.sending !== undefined;
  return moveRefund(order, known, { fact: isDoubtful ? 'unknown' : 'rejected', failureCode }, moment);
}
