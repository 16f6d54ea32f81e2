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

/** The state that a number had at WeChat Pay at a moment. */
export function stateAt({ history }: SimOrder, atMs: number): SimOrder['state'] | 'none' {
  return history.findLast((change) => change.atMs <= atMs)?.state ?? 'none';
}
