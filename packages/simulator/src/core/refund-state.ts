import type { SimRefund, SimRefundState } from '../ledger/refund.ts';

/** How a refund ends: arrived, account of the payer unusable, or given up. */
export type RefundEnd = Exclude<SimRefundState, 'PROCESSING'>;

/** Which ends a refund may still reach. */
export const REFUND_NEXT = {
  PROCESSING: ['SUCCESS', 'CHANGE', 'REFUNDCLOSE'],
  SUCCESS: [],
  CHANGE: [],
  REFUNDCLOSE: [],
} as const satisfies Record<SimRefundState, readonly RefundEnd[]>;

/** Ends a refund that is under way; `undefined` when it has ended before. */
export function endRefund(refund: SimRefund, end: RefundEnd, atMs: number): SimRefund | undefined {
  const ends: readonly RefundEnd[] = REFUND_NEXT[refund.state];
  if (!ends.includes(end)) return undefined;
  const ended = { ...refund, state: end, history: [...refund.history, { state: end, atMs }] };
  return end === 'SUCCESS' ? { ...ended, successAtMs: atMs } : ended;
}

/** What a refund takes from the order: a refund that was given up takes nothing. */
export const takenFen = (refund: SimRefund): number => (refund.state === 'REFUNDCLOSE' ? 0 : refund.refundFen);

/** What all refunds of an order have taken. */
export const refundedFen = (refunds: readonly SimRefund[]): number =>
  refunds.reduce((sum, refund) => sum + takenFen(refund), 0);

/** Pays a refund that has failed once more, elsewhere; `undefined` when it has not failed. */
export function retryRefund(refund: SimRefund, atMs: number): SimRefund | undefined {
  if (refund.state !== 'CHANGE') return undefined;
  return { ...refund, state: 'PROCESSING', history: [...refund.history, { state: 'PROCESSING', atMs }] };
}
