import { automaticRefundNo, refundAutomatically } from './automatic-refund.ts';
import { alarm, type Draft, tell } from './draft.ts';
import type { Moment } from './moment.ts';
import type { Attempt } from './order.ts';
import { paymentData } from './payment-data.ts';

/**
 * A second attempt of a paid order was paid (R10): the payment is stored, refunded under a number derived from the
 * attempt, and told. A person hears of it; above the cap with an alarm of its own.
 */
export function paidTwice(draft: Draft, attempt: Attempt, { nowMs, rules }: Moment): Draft {
  const { outTradeNo } = attempt;
  const order = refundAutomatically(draft.order, attempt, 'paid-twice', nowMs);
  const data = {
    ...paymentData(order, attempt),
    paidBy: order.paidBy,
    outRefundNo: automaticRefundNo(outTradeNo, 'paid-twice'),
  };
  const told = tell({ ...draft, order }, { type: 'order.paid_twice', data });
  const paidFen = attempt.payment?.totalFen ?? 0;
  const message = `order ${order.orderId} was paid by ${order.paidBy} and again by ${outTradeNo}: ${paidFen} fen are refunded`;
  const raised = alarm(told, { kind: 'paid-twice', message, outTradeNo });
  if (paidFen <= rules.duplicateRefundCapFen) return raised;
  return alarm(raised, {
    kind: 'duplicate-refund-above-cap',
    message: `${message}; that is above ${rules.duplicateRefundCapFen} fen, please look whether the refund is right`,
    outTradeNo,
  });
}
