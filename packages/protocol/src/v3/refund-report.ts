import type { RefundStatus } from '../trade/refund-status.ts';
import type { Fen } from '../values/fen.ts';
import { ok, type Result } from '../values/result.ts';
import type { FieldReason } from '../v2/field-table.ts';
import type { RefundAnswer } from '../v2/operations/refund.ts';
import type { RefundRecord } from '../v2/operations/refundquery.ts';
import { refundCoupons, type V3RefundCoupon } from './coupons.ts';
import {
  anyOutTradeNo,
  fenAmount,
  instant,
  optional,
  outRefundNo,
  refundId,
  refundStatus,
  text,
  transactionId,
} from './json/json-kinds.ts';
import { type JsonTable, readJson } from './json/json-table.ts';
import type { JsonObject } from './json/json-value.ts';

/**
 * A refund as WeChat Pay knows it. Its status is told in the words of v2, where CLOSED is REFUNDCLOSE and ABNORMAL is
 * CHANGE; amounts have the names that they have in v2's answers.
 */
export interface V3RefundReport
  extends Pick<
      RefundAnswer,
      | 'transactionId'
      | 'outTradeNo'
      | 'outRefundNo'
      | 'refundId'
      | 'refundFen'
      | 'totalFen'
      | 'settlementRefundFen'
      | 'settlementTotalFen'
      | 'feeType'
      | 'cashFen'
      | 'cashRefundFen'
      | 'couponRefundFen'
    >,
    Pick<RefundRecord, 'refundChannel' | 'refundAccount' | 'refundRecvAccount' | 'refundSuccessAtMs'> {
  readonly refundStatus: RefundStatus;
  /** When the refund was accepted, UTC milliseconds. */
  readonly createdAtMs?: number;
  /** What of the handling fee went back to the merchant. */
  readonly returnedFeeFen?: Fen;
  readonly coupons: readonly V3RefundCoupon[];
}

/** What answers and notices have in common. */
export type RefundCore = Pick<
  V3RefundReport,
  | 'transactionId'
  | 'outTradeNo'
  | 'outRefundNo'
  | 'refundId'
  | 'totalFen'
  | 'refundFen'
  | 'cashFen'
  | 'cashRefundFen'
  | 'refundRecvAccount'
  | 'refundSuccessAtMs'
>;

/** Essential is which refund of which order it is, and its amount. */
export const REFUND_CORE: JsonTable<RefundCore> = {
  refundId: refundId('refund_id'),
  outRefundNo: outRefundNo('out_refund_no'),
  transactionId: transactionId('transaction_id'),
  outTradeNo: anyOutTradeNo('out_trade_no'),
  totalFen: fenAmount('amount.total'),
  refundFen: fenAmount('amount.refund'),
  cashFen: optional(fenAmount)('amount.payer_total'),
  cashRefundFen: optional(fenAmount)('amount.payer_refund'),
  refundRecvAccount: optional(text(64))('user_received_account'),
  refundSuccessAtMs: optional(instant)('success_time'),
};

/** Essential is the status as well. */
const REFUND: JsonTable<Omit<V3RefundReport, 'coupons'> & { readonly coupons?: readonly V3RefundCoupon[] }> = {
  ...REFUND_CORE,
  refundStatus: refundStatus('status'),
  settlementTotalFen: optional(fenAmount)('amount.settlement_total'),
  settlementRefundFen: optional(fenAmount)('amount.settlement_refund'),
  couponRefundFen: optional(fenAmount)('amount.discount_refund'),
  feeType: optional(text(16))('amount.currency'),
  returnedFeeFen: optional(fenAmount)('amount.refund_fee'),
  refundChannel: optional(text(16))('channel'),
  refundAccount: optional(text(32))('funds_account'),
  createdAtMs: optional(instant)('create_time'),
  coupons: refundCoupons('promotion_detail'),
};

/** Reads a refund of an answer. */
export function readRefundReport(object: JsonObject): Result<V3RefundReport, FieldReason> {
  const refund = readJson(REFUND, object);
  if (!refund.ok) return refund;
  const { coupons = [], ...others } = refund.value;
  return ok({ ...others, coupons });
}
