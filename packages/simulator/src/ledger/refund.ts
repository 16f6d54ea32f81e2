import type { SimCoupon } from './order.ts';

/** Where a refund is; everything but `PROCESSING` is final. */
export type SimRefundState = 'PROCESSING' | 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE';

/** One entry of a refund's history. */
export interface RefundChange {
  readonly state: SimRefundState;
  readonly atMs: number;
}

/** One refund in the book. `cashFen` and the coupons add up to `refundFen`. */
export interface SimRefund {
  /** `mchid` and `outRefundNo` together name a refund. */
  readonly mchid: string;
  readonly outRefundNo: string;
  /** Decides the form of its notice. */
  readonly apiVersion: 'v2' | 'v3';
  readonly refundId: string;
  readonly outTradeNo: string;
  readonly transactionId: string;
  /** Of the request, for the notice. */
  readonly appid: string;
  readonly nonce: string;
  readonly requestedAtMs: number;
  readonly totalFen: number;
  readonly refundFen: number;
  readonly cashFen: number;
  readonly coupons: readonly SimCoupon[];
  readonly account: string;
  readonly channel: 'ORIGINAL' | 'BALANCE' | 'OTHER_BALANCE' | 'OTHER_BANKCARD';
  /** Where the money goes, as shown to people: `支付用户的零钱`. */
  readonly receivedBy: string;
  readonly description: string;
  /** Where the refund notice goes; empty when none was asked for. */
  readonly notifyUrl: string;
  readonly state: SimRefundState;
  readonly history: readonly RefundChange[];
  readonly successAtMs?: number;
}
