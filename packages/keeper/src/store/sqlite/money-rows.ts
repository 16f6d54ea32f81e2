import type { Attempt, Order, Refund, RefundState } from '../../core/order.ts';

/** An attempt as the database searches and checks it. */
export interface AttemptRow {
  readonly outTradeNo: string;
  readonly state: string;
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

/** Whether a refund in this state may have given money back, or may still do so. */
const MAY_TAKE_MONEY: Record<RefundState, 'yes' | 'no'> = {
  asked: 'yes',
  processing: 'yes',
  succeeded: 'yes',
  abnormal: 'yes',
  closed: 'no',
  rejected: 'no',
};

/** The rows that follow from an order. */
export function attemptRowsOf({ attempts, refunds }: Order): readonly AttemptRow[] {
  return attempts.map((attempt) => ({
    outTradeNo: attempt.outTradeNo,
    state: attempt.state,
    paidFen: attempt.payment?.totalFen ?? null,
    learnedBy: attempt.payment?.learnedBy ?? null,
    learnedAtMs: attempt.payment?.learnedAtMs ?? null,
    refundsFen: sumOfRefunds(attempt, refunds),
  }));
}

function sumOfRefunds({ outTradeNo }: Attempt, refunds: readonly Refund[]): number {
  let sumFen = 0;
  for (const refund of refunds) {
    if (refund.outTradeNo === outTradeNo && MAY_TAKE_MONEY[refund.state] === 'yes') sumFen += refund.refundFen;
  }
  return sumFen;
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
