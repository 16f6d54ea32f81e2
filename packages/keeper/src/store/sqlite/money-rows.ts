import type { Order } from '../../core/order.ts';
import { heldFen } from '../../core/refund-sums.ts';

/** An attempt as the database searches and checks it. */
export interface AttemptRow {
  readonly outTradeNo: string;
  readonly state: string;
  readonly totalFen: number;
  readonly paidFen: number | null;
  readonly learnedBy: string | null;
  readonly learnedAtMs: number | null;
  readonly refundsFen: number;
}

/** A refund as the database searches and checks it. */
export interface RefundRow {
  readonly outRefundNo: string;
  readonly outTradeNo: string;
  readonly refundFen: number;
  readonly state: string;
}

/** The rows that follow from an order. */
export function attemptRowsOf(order: Order): readonly AttemptRow[] {
  return order.attempts.map((attempt) => ({
    outTradeNo: attempt.outTradeNo,
    state: attempt.state,
    totalFen: attempt.content.totalFen,
    paidFen: attempt.payment?.totalFen ?? null,
    learnedBy: attempt.payment?.learnedBy ?? null,
    learnedAtMs: attempt.payment?.learnedAtMs ?? null,
    refundsFen: heldFen(order, attempt.outTradeNo),
  }));
}

/** The rows that follow from an order. */
export function refundRowsOf({ refunds }: Order): readonly RefundRow[] {
  return refunds.map(({ outRefundNo, outTradeNo, refundFen, state }) => ({
    outRefundNo,
    outTradeNo,
    refundFen,
    state,
  }));
}

/** When the money that made the order paid was received. */
export function paidAtMsOf({ attempts, paidBy }: Order): number | null {
  return attempts.find(({ outTradeNo }) => outTradeNo === paidBy)?.payment?.paidAtMs ?? null;
}
