import { alarm, attemptOf, type Draft, unchanged, withAttempt } from './draft.ts';
import type { Moment } from './moment.ts';
import type { RefundReport, TradeReport } from './observation.ts';
import type { Attempt, Mismatch, Order } from './order.ts';
import { holdsMoney, leftFen } from './refund-sums.ts';

/** WeChat Pay leaves the currency out when it is this one. */
const CURRENCY = 'CNY';

/** What a trade report does not have in common with what was ordered (R4); empty when it may move the order. */
export function mismatchesOf(order: Order, attempt: Attempt | undefined, report: TradeReport): readonly Mismatch[] {
  const { payment } = report;
  const isPaidState = report.tradeState === 'SUCCESS' || report.tradeState === 'REFUND';
  const known = attempt?.payment;
  const isSame: Readonly<Partial<Record<Mismatch, boolean>>> = {
    appid: report.appid === order.appid,
    mchid: report.mchid === order.mchid,
    outTradeNo: attempt !== undefined,
    payment: isPaidState === (payment !== undefined),
    totalFen: payment === undefined || payment.totalFen === attempt?.content.totalFen,
    feeType: (payment?.feeType ?? CURRENCY) === CURRENCY,
    transactionId: known === undefined || payment === undefined || payment.transactionId === known.transactionId,
  };
  return MISMATCHES.filter((field) => isSame[field] === false);
}

const MISMATCHES: readonly Mismatch[] = [
  'appid',
  'mchid',
  'outTradeNo',
  'payment',
  'totalFen',
  'feeType',
  'transactionId',
];

/**
 * What a refund report does not have in common with its order: a known refund keeps its attempt, its amount and its
 * number at WeChat Pay; one that holds no money so far must fit into what is left of the payment.
 */
export function refundMismatchesOf(order: Order, report: RefundReport): readonly Mismatch[] {
  const known = order.refunds.find(({ outRefundNo }) => outRefundNo === report.outRefundNo);
  if (report.mchid !== undefined && report.mchid !== order.mchid) return ['mchid'];
  const isUnknownAttempt = attemptOf(order, report.outTradeNo) === undefined;
  if (isUnknownAttempt || (known !== undefined && known.outTradeNo !== report.outTradeNo)) return ['outTradeNo'];
  if (known !== undefined && known.refundFen !== report.refundFen) return ['refundFen'];
  const isNewlyHeld = (known === undefined || !holdsMoney(known)) && report.state !== 'closed';
  if (isNewlyHeld && report.refundFen > leftFen(order, report.outTradeNo)) return ['refundFen'];
  const isOther = known?.refundId !== undefined && report.refundId !== undefined && known.refundId !== report.refundId;
  return isOther ? ['outRefundNo'] : [];
}

/** Sets a report aside: it changes nothing, and a person is told, once per attempt and kind of mismatch. */
export function quarantine(
  order: Order,
  attempt: Attempt | undefined,
  fields: readonly Mismatch[],
  { nowMs }: Moment,
): Draft {
  const list = fields.join(', ');
  const summary = `a report was set aside: ${list} ${fields.length === 1 ? 'does' : 'do'} not match what was ordered`;
  const isKnown = attempt?.quarantined?.fields.join(', ') === list;
  if (attempt === undefined || isKnown) {
    const draft = unchanged(attempt === undefined ? order : withAttempt(order, attempt), summary);
    return isKnown ? draft : alarm(draft, { kind: 'quarantined', message: `order ${order.orderId}: ${summary}` });
  }
  const marked = withAttempt(order, { ...attempt, quarantined: { fields, atMs: nowMs } });
  const { outTradeNo } = attempt;
  return alarm(unchanged(marked, summary), {
    kind: 'quarantined',
    message: `order ${order.orderId}: ${summary}`,
    outTradeNo,
  });
}
