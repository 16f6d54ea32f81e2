import type { Attempt, Order } from '@orderkeeper/keeper';
import type { SimOrder } from '@orderkeeper/simulator';
import type { WorldEnd } from '../world/world-end.ts';

/** An attempt in the keeper's book beside the same number in WeChat Pay's. */
export interface Pair {
  readonly order: Order;
  readonly attempt: Attempt;
  readonly entry: SimOrder | undefined;
  /** Whether a payer was ever given something to pay with. */
  readonly isHandedOut: boolean;
}

/** Every attempt of the keeper's book. */
export function pairsOf({ orders, ledger, handedOut }: WorldEnd): readonly Pair[] {
  const entries = new Map(ledger.map((entry) => [entry.outTradeNo, entry]));
  const numbers = new Set(handedOut.map(({ outTradeNo }) => outTradeNo));
  return orders.flatMap((order) =>
    order.attempts.map((attempt) => ({
      order,
      attempt,
      entry: entries.get(attempt.outTradeNo),
      isHandedOut: numbers.has(attempt.outTradeNo),
    })),
  );
}

/**
 * Money that came after a close and of which no message arrived. The looks after a close are few (R6), so what they have
 * missed is found by the bill alone.
 */
export function isLeftToTheBill({ notices }: Pick<WorldEnd, 'notices'>, { history, outTradeNo }: SimOrder): boolean {
  const isLate = history.some(({ by }) => by === 'money-came-late');
  const news = notices.filter((notice) => notice.kind === 'pay' && notice.outTradeNo === outTradeNo);
  return isLate && news.every(({ state }) => state !== 'delivered');
}

/** The state that a number had at WeChat Pay at a moment. */
export function stateAt({ history }: SimOrder, atMs: number): SimOrder['state'] | 'none' {
  return history.findLast((change) => change.atMs <= atMs)?.state ?? 'none';
}
