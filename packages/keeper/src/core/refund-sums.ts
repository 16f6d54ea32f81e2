import { addFen, type Fen, fen, type OutTradeNo, subtractFen } from '@orderkeeper/protocol';
import type { Order, Refund, RefundState } from './order.ts';

/** Whether a refund holds a part of the payment: money that has gone back, or that may. */
const HOLDS: Readonly<Record<RefundState, 'holds' | 'holds-nothing'>> = {
  asked: 'holds',
  processing: 'holds',
  succeeded: 'holds',
  closed: 'holds-nothing',
  // The money is with the merchant again, but a person may still send it on in the merchant console.
  abnormal: 'holds',
  rejected: 'holds-nothing',
};

/** Whether a refund takes part in {@link heldFen}. */
export const holdsMoney = (refund: Pick<Refund, 'state'>): boolean => HOLDS[refund.state] === 'holds';

/** The refunds of one payment, oldest first. */
export const refundsOf = (order: Order, outTradeNo: OutTradeNo): readonly Refund[] =>
  order.refunds.filter((refund) => refund.outTradeNo === outTradeNo);

const sum = (refunds: readonly Refund[]): Fen =>
  refunds.reduce<Fen>((total, refund) => addFen(total, refund.refundFen), fen(0));

/** What has gone back for certain. */
export const refundedFen = (order: Order, outTradeNo: OutTradeNo): Fen =>
  sum(refundsOf(order, outTradeNo).filter((refund) => refund.state === 'succeeded'));

/** What has gone back or is on its way: the part of the payment that cannot be refunded once more. */
export const heldFen = (order: Order, outTradeNo: OutTradeNo): Fen =>
  sum(refundsOf(order, outTradeNo).filter(holdsMoney));

/** How many parts count against WeChat Pay's limit; a refused refund was never one. */
export const partsOf = (order: Order, outTradeNo: OutTradeNo): number =>
  refundsOf(order, outTradeNo).filter((refund) => refund.state !== 'rejected').length;

/** What can still be refunded of an attempt. A refund may be known before its payment: the ordered amount bounds it. */
export function leftFen(order: Order, outTradeNo: OutTradeNo): number {
  const attempt = order.attempts.find((candidate) => candidate.outTradeNo === outTradeNo);
  if (attempt === undefined) return 0;
  const left = subtractFen(attempt.payment?.totalFen ?? attempt.content.totalFen, heldFen(order, outTradeNo));
  return left.ok ? left.value : 0;
}
