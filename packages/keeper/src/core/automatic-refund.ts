import { type OutRefundNo, type OutTradeNo, parseOutRefundNo, subtractFen } from '@orderkeeper/protocol';
import { heldFen } from './refund-sums.ts';
import type { Attempt, Order, Refund } from './order.ts';

/** Why the keeper sends money back by itself. */
export type AutomaticReason = 'paid-twice' | 'paid-after-close';

/** The number of an automatic refund is derived from the attempt: whoever decides it again decides the same refund. */
export function automaticRefundNo(outTradeNo: OutTradeNo, reason: AutomaticReason): OutRefundNo {
  const parsed = parseOutRefundNo(`${outTradeNo}-${reason}`);
  // At most 32 characters, a dash and 16 more, all of them allowed: it cannot fail.
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

/** Adds the refund of what an attempt was paid and has not sent back yet; the same order when there is nothing left. */
export function refundAutomatically(order: Order, attempt: Attempt, reason: AutomaticReason, nowMs: number): Order {
  if (attempt.payment === undefined) return order;
  const rest = subtractFen(attempt.payment.totalFen, heldFen(order, attempt.outTradeNo));
  const outRefundNo = automaticRefundNo(attempt.outTradeNo, reason);
  const isThere = order.refunds.some((refund) => refund.outRefundNo === outRefundNo);
  if (!rest.ok || rest.value === 0 || isThere) return order;
  const { outTradeNo } = attempt;
  const refundFen = rest.value;
  const refund: Refund = { outRefundNo, outTradeNo, refundFen, reason, state: 'asked', askedAtMs: nowMs, looksMade: 0 };
  return { ...order, refunds: [...order.refunds, refund] };
}
