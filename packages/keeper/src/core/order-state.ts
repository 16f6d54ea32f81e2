import { isLive } from './attempt-transitions.ts';
import { attemptOf, type News } from './draft.ts';
import { paymentData } from './payment-data.ts';
import type { Order, OrderState } from './order.ts';
import { refundedFen } from './refund-sums.ts';

/** Where an order stands, from its attempts and refunds; the only place where it is decided. */
export function orderStateOf(order: Order): OrderState {
  const payer = order.paidBy === undefined ? undefined : attemptOf(order, order.paidBy);
  if (payer?.payment !== undefined) {
    if (payer.state === 'reversed') return 'reversed';
    return refundedFen(order, payer.outTradeNo) >= payer.payment.totalFen ? 'refunded' : 'paid';
  }
  // Without money a final state stays: only a payment that the late-payment policy keeps can lead out of it (R11, R17).
  if (order.state === 'closed' || order.state === 'reversed') return order.state;
  if (order.attempts.some(isLive)) return 'open';
  if (order.attempts.at(-1)?.state === 'reversed') return 'reversed';
  return order.ending === undefined ? 'open' : 'closed';
}

/** Whether anything can still be paid or paid again. */
export const isOpen = (order: Order): boolean => order.state === 'open';

/** An open order past its expiry with nothing left to be paid ends. */
export function endAtExpiry(order: Order, nowMs: number): Order {
  const isOver = isOpen(order) && nowMs >= order.expiresAtMs && !order.attempts.some(isLive);
  return isOver ? endOrder(order, 'expired', nowMs) : order;
}

/** Nothing more is wanted for an order; the first reason counts. */
export function endOrder(order: Order, because: NonNullable<Order['ending']>['because'], nowMs: number): Order {
  return order.ending === undefined ? { ...order, ending: { because, sinceMs: nowMs } } : order;
}

/** What the merchant's systems are told about the way from one state to the other. */
export function newsOfState(before: Order, after: Order): readonly News[] {
  if (before.state === after.state) return [];
  switch (after.state) {
    case 'open':
      return [];
    case 'refunded':
    case 'paid':
      return before.paidBy === undefined ? newsOfPayment(after) : [];
    case 'closed':
      return [{ type: 'order.closed', data: { orderId: after.orderId, because: after.ending?.because ?? 'asked' } }];
    case 'reversed':
      return [{ type: 'order.reversed', data: { orderId: after.orderId, outTradeNo: reversedNo(after) } }];
  }
}

function newsOfPayment(order: Order): readonly News[] {
  const payer = order.paidBy === undefined ? undefined : attemptOf(order, order.paidBy);
  return payer === undefined ? [] : [{ type: 'order.paid', data: paymentData(order, payer) }];
}

const reversedNo = (order: Order): string | undefined => order.paidBy ?? order.attempts.at(-1)?.outTradeNo;
