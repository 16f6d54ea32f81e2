import type { Attempt, Order } from './order.ts';

/** A payment as the merchant's systems are told: what WeChat Pay vouched for, nothing of how we learned it. */
export function paymentData(order: Order, attempt: Attempt): Readonly<Record<string, unknown>> {
  const { orderId, mchid, appid } = order;
  const base = { orderId, mchid, appid, outTradeNo: attempt.outTradeNo, tradeType: attempt.content.tradeType };
  if (attempt.payment === undefined) return base;
  const { learnedBy: _learnedBy, learnedAtMs: _learnedAtMs, ...payment } = attempt.payment;
  return { ...base, ...payment };
}
