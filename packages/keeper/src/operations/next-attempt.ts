import type { Attempt, AttemptContent, OrderId } from '../core/order.ts';
import type { Line } from '../work/kept-merchant.ts';
import { outTradeNoFor } from './out-trade-no-for.ts';

/** What the next attempt is placed with, and by which way. */
export interface NextAttemptWish {
  readonly content: AttemptContent;
  readonly line: Line;
}

/** The attempt that follows those there are; its number is derived, so the same intent has the same number. */
export function nextAttempt(
  orderId: OrderId,
  attempts: readonly Attempt[],
  { content, line }: NextAttemptWish,
  openedAtMs: number,
): Attempt {
  const { protocol, gateway } = line;
  const outTradeNo = outTradeNoFor(orderId, attempts.length + 1, gateway.outTradeNoLengthMin);
  return { outTradeNo, protocol, content, state: 'creating', openedAtMs, queriesMade: 0 };
}
