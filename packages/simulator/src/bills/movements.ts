import type { Ledger } from '../ledger/ledger.ts';
import type { SimOrder, SimPayment } from '../ledger/order.ts';
import type { SimRefund } from '../ledger/refund.ts';

/** Money that moved. A reversal gives back everything that was paid. */
export type Movement =
  | {
      readonly kind: 'payment' | 'reversal';
      readonly atMs: number;
      readonly order: SimOrder;
      readonly payment: SimPayment;
    }
  | {
      readonly kind: 'refund';
      readonly atMs: number;
      readonly order: SimOrder;
      readonly payment: SimPayment;
      readonly refund: SimRefund;
    };

/** All movements of one merchant, oldest first. A refund moves money when it succeeds, not when it is asked for. */
export function movementsOf(ledger: Ledger, mchid: string): readonly Movement[] {
  const movements = ledger.orders().flatMap((order) => (order.mchid === mchid ? movementsOfOrder(ledger, order) : []));
  return movements.sort((a, b) => a.atMs - b.atMs);
}

function movementsOfOrder(ledger: Ledger, order: SimOrder): Movement[] {
  const { payment, history } = order;
  if (payment === undefined) return [];
  const movements: Movement[] = [{ kind: 'payment', atMs: payment.paidAtMs, order, payment }];
  for (const { state, atMs } of history) {
    if (state === 'REVOKED') movements.push({ kind: 'reversal', atMs, order, payment });
  }
  for (const refund of ledger.refundsOf(order)) {
    if (refund.successAtMs !== undefined)
      movements.push({ kind: 'refund', atMs: refund.successAtMs, order, payment, refund });
  }
  return movements;
}
