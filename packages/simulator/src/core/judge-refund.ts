import { failure, ok, type Result } from '@orderkeeper/protocol';
import type { SimOrder, SimPayment } from '../ledger/order.ts';
import type { SimRefund } from '../ledger/refund.ts';
import { splitRefund, type RefundParts } from './coupons.ts';
import { refundedFen } from './refund-state.ts';

/** An order can be refunded within a year of its payment. */
export const REFUND_AGE_MS_MAX = 365 * 24 * 60 * 60 * 1000;
/** An order can be refunded in this many parts. */
export const REFUND_PARTS_MAX = 50;
/** Two refunds of one order are to be this far apart. */
export const REFUND_INTERVAL_MS = 60_000;

/** Why a refund is refused. */
export type RefundRefusal =
  | 'not-paid'
  | 'closed'
  | 'revoked'
  | 'total-differs'
  | 'all-refunded'
  | 'too-large'
  | 'too-many'
  | 'too-old'
  | 'too-soon'
  | 'no-money';

/** What is asked for. */
export interface RefundWish {
  readonly totalFen: number;
  readonly refundFen: number;
}

/** What the platform allows at this moment. */
export interface RefundLimits {
  readonly nowMs: number;
  /** 0 where the pause between refunds is not enforced. */
  readonly intervalMs: number;
  /** Negative for any amount. */
  readonly refundableFen: number;
}

/** An accepted refund. */
export interface RefundGrant extends RefundParts {
  readonly payment: SimPayment;
}

/** Decides about a refund under a number that was not used before. */
export function judgeRefund(
  order: SimOrder,
  earlier: readonly SimRefund[],
  wish: RefundWish,
  limits: RefundLimits,
): Result<RefundGrant, RefundRefusal> {
  const { payment } = order;
  if (order.state === 'CLOSED') return failure('closed', '订单已关闭');
  if (order.state === 'REVOKED') return failure('revoked', '订单已撤销');
  if (payment === undefined) return failure('not-paid', '订单不存在');
  if (wish.totalFen !== order.totalFen) return failure('total-differs', '订单金额与原订单不一致，请核实后再试');
  const leftFen = order.totalFen - refundedFen(earlier);
  if (leftFen === 0) return failure('all-refunded', '订单已全额退款');
  if (wish.refundFen > leftFen) return failure('too-large', '累计退款金额大于支付金额');
  if (earlier.length >= REFUND_PARTS_MAX) return failure('too-many', '该订单部分退款次数已达上限50次');
  if (limits.nowMs - payment.paidAtMs > REFUND_AGE_MS_MAX)
    return failure('too-old', '订单已经超过可退款的最大期限（一年）');
  const last = earlier.at(-1);
  if (last !== undefined && limits.nowMs - last.requestedAtMs < limits.intervalMs) {
    return failure('too-soon', '同一订单的两次退款需间隔一分钟，请稍后再试');
  }
  const parts = splitRefund(payment, earlier, wish.refundFen);
  if (limits.refundableFen >= 0 && parts.cashFen > limits.refundableFen) {
    return failure('no-money', '基本账户余额不足，请充值后重新发起');
  }
  return ok({ ...parts, payment });
}
