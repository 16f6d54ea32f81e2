import { automaticRefundNo, refundAutomatically } from './automatic-refund.ts';
import { alarm, type Draft, tell } from './draft.ts';
import type { Moment } from './moment.ts';
import type { Attempt } from './order.ts';
import { paymentData } from './payment-data.ts';

/**
 * Money arrived for an order that was closed or reversed (R11). The order's declared policy decides: `refund` sends it
 * back and leaves the order closed, `reopen` takes it and makes the order paid. Either way it is told and alarmed.
 */
export function paidAfterClose(draft: Draft, attempt: Attempt, { nowMs }: Moment): Draft {
  const { outTradeNo } = attempt;
  const { orderId, state, latePayment } = draft.order;
  const found = `order ${orderId} was ${state} when ${attempt.payment?.totalFen ?? 0} fen arrived under ${outTradeNo}`;
  switch (latePayment) {
    case 'refund': {
      const order = refundAutomatically(draft.order, attempt, 'paid-after-close', nowMs);
      const outRefundNo = automaticRefundNo(outTradeNo, 'paid-after-close');
      const data = { ...paymentData(order, attempt), policy: latePayment, outRefundNo };
      const told = tell({ ...draft, order }, { type: 'order.paid_after_close', data });
      return alarm(told, { kind: 'paid-after-close', message: `${found}; it is refunded, as declared`, outTradeNo });
    }
    case 'reopen': {
      const order = { ...draft.order, paidBy: outTradeNo };
      const data = { ...paymentData(order, attempt), policy: latePayment };
      const told = tell({ ...draft, order }, { type: 'order.paid_after_close', data });
      return alarm(told, {
        kind: 'paid-after-close',
        message: `${found}; the order is paid now, as declared`,
        outTradeNo,
      });
    }
  }
}
