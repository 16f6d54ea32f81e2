import type { Attempt, AttemptContent, OrderId } from '../core/order.ts';
import { outTradeNoFor } from './out-trade-no-for.ts';

/** The attempt that follows those there are; its number is derived, so the same intent has the same number. */
export function nextAttempt(
  orderId: OrderId,
  attempts: readonly Attempt[],
  content: AttemptContent,
  openedAtMs: number,
): Attempt {
  const outTradeNo = outTradeNoFor(orderId, attempts.length + 1);
  return { outTradeNo, protocol: 'v2', content, state: 'creating', openedAtMs, queriesMade: 0 };
}
