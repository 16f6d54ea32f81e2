import type { Attempt, AttemptContent, OrderId, ProtocolVersion } from '../core/order.ts';
import { outTradeNoFor } from './out-trade-no-for.ts';

/** What the next attempt is placed with, and in which protocol. */
export interface NextAttemptWish {
  readonly content: AttemptContent;
  readonly protocol: ProtocolVersion;
}

/** The attempt that follows those there are; its number is derived, so the same intent has the same number. */
export function nextAttempt(
  orderId: OrderId,
  attempts: readonly Attempt[],
  { content, protocol }: NextAttemptWish,
  openedAtMs: number,
): Attempt {
  const outTradeNo = outTradeNoFor(orderId, attempts.length + 1);
  return { outTradeNo, protocol, content, state: 'creating', openedAtMs, queriesMade: 0 };
}
