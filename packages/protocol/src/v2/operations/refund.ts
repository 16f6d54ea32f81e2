import type { Fen } from '../../values/fen.ts';
import type { OutRefundNo, OutTradeNo, RefundId, TransactionId } from '../../values/numbers.ts';
import { failure, ok, type Result } from '../../values/result.ts';
import { REFUND_CODES } from '../codes/refund.ts';
import { readRefundCoupons, type RefundCoupon } from '../coupons.ts';
import {
  count,
  fenAmount,
  notifyUrl,
  oneOf,
  optional,
  outRefundNo,
  outTradeNo,
  positiveFen,
  refundId,
  text,
  transactionId,
} from '../field-kinds.ts';
import { type FieldReason, type FieldTable, printFields, readFields, type SentTable } from '../field-table.ts';
import type { Fields } from '../fields.ts';
import type { Operation } from '../operation.ts';
import { ORDER_NUMBER, type OrderNumber, requireOrderNumber } from '../order-number.ts';

/** Out of which money a refund is paid: what is not settled yet, or what the merchant has on the account. */
export type RefundAccount = 'REFUND_SOURCE_UNSETTLED_FUNDS' | 'REFUND_SOURCE_RECHARGE_FUNDS';

/** What a refund says beside the order's number. */
export interface RefundContent {
  /** The same on every try: another number is another refund. */
  readonly outRefundNo: OutRefundNo;
  /** What the order was for. */
  readonly totalFen: Fen;
  /** What goes back: above zero, at most `totalFen` less earlier refunds. */
  readonly refundFen: Fen;
  /** ISO 4217; as the order's. */
  readonly refundFeeType?: string;
  /** Shown to the payer, at most 80 UTF-8 bytes. */
  readonly refundDesc?: string;
  readonly refundAccount?: RefundAccount;
  /** Where the refund notice goes, instead of the address set in the merchant console. */
  readonly notifyUrl?: string;
  /** Asked for by old documents only. */
  readonly opUserId?: string;
  readonly deviceInfo?: string;
}

/** Gives money back, all or a part. */
export type RefundRequest = OrderNumber & RefundContent;

/** The refund was accepted; whether it succeeds is told by refundquery and by the refund notice. */
export interface RefundAnswer {
  readonly transactionId: TransactionId;
  readonly outTradeNo: OutTradeNo;
  readonly outRefundNo: OutRefundNo;
  readonly refundId: RefundId;
  readonly refundFen: Fen;
  readonly totalFen: Fen;
  /** What is taken back from the merchant: `refundFen` less `NO_CASH` coupons. */
  readonly settlementRefundFen?: Fen;
  readonly settlementTotalFen?: Fen;
  readonly feeType?: string;
  readonly cashFen?: Fen;
  readonly cashFeeType?: string;
  readonly cashRefundFen?: Fen;
  readonly couponRefundFen?: Fen;
  readonly couponRefundCount?: number;
  readonly coupons: readonly RefundCoupon[];
}

/** The fields of {@link RefundRequest}. */
export const REFUND_REQUEST: SentTable<Partial<Pick<RefundAnswer, 'transactionId' | 'outTradeNo'>> & RefundContent> = {
  ...ORDER_NUMBER,
  outRefundNo: outRefundNo('out_refund_no'),
  totalFen: positiveFen('total_fee'),
  refundFen: positiveFen('refund_fee'),
  refundFeeType: optional(text(8))('refund_fee_type'),
  refundDesc: optional(text(80))('refund_desc'),
  refundAccount: optional(oneOf<RefundAccount>('REFUND_SOURCE_UNSETTLED_FUNDS', 'REFUND_SOURCE_RECHARGE_FUNDS'))(
    'refund_account',
  ),
  notifyUrl: optional(notifyUrl)('notify_url'),
  opUserId: optional(text(32))('op_user_id'),
  deviceInfo: optional(text(32))('device_info'),
};

/**
 * Essential is which refund of which order was accepted, and its amount; the rest is how the amount is made up.
 * `refund_channel` has no row: it is always empty.
 */
const ANSWER: FieldTable<Omit<RefundAnswer, 'coupons'>> = {
  transactionId: transactionId('transaction_id'),
  outTradeNo: outTradeNo('out_trade_no'),
  outRefundNo: outRefundNo('out_refund_no'),
  refundId: refundId('refund_id'),
  refundFen: fenAmount('refund_fee'),
  totalFen: fenAmount('total_fee'),
  settlementRefundFen: optional(fenAmount)('settlement_refund_fee'),
  settlementTotalFen: optional(fenAmount)('settlement_total_fee'),
  feeType: optional(text(8))('fee_type'),
  cashFen: optional(fenAmount)('cash_fee'),
  cashFeeType: optional(text(16))('cash_fee_type'),
  cashRefundFen: optional(fenAmount)('cash_refund_fee'),
  couponRefundFen: optional(fenAmount)('coupon_refund_fee'),
  couponRefundCount: optional(count)('coupon_refund_count'),
};

/** Passes a printed refund on when it says which order is meant and gives back no more than was paid. */
export function checkRefund(
  printed: Result<Map<string, string>, FieldReason>,
  { refundFen, totalFen }: Pick<RefundContent, 'refundFen' | 'totalFen'>,
): Result<Map<string, string>, FieldReason> {
  if (printed.ok && refundFen > totalFen) {
    return failure(
      'field-invalid',
      `refund_fee: ${refundFen} fen is more than the order's total_fee of ${totalFen} fen`,
    );
  }
  return requireOrderNumber(printed);
}

/** Reads the answer of refund and refundv2. */
export function readRefundAnswer(fields: Fields): Result<RefundAnswer, FieldReason> {
  const answer = readFields(ANSWER, fields);
  return answer.ok ? ok({ ...answer.value, coupons: readRefundCoupons(fields) }) : answer;
}

/**
 * 申请退款: within a year of the payment, in at most 50 parts, at least a minute apart. The same `outRefundNo` is
 * refunded once, however often it is sent.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_4
 */
export const refund: Operation<RefundRequest, RefundAnswer> = {
  name: 'refund',
  path: '/secapi/pay/refund',
  clientCertificate: 'required',
  answer: 'signed',
  signType: 'merchant',
  sender: 'appid-and-mchid',
  effect: 'changes',
  afterUnknown: 'repeat',
  codes: REFUND_CODES,
  printRequest: (request) => checkRefund(printFields(REFUND_REQUEST, request), request),
  readAnswer: readRefundAnswer,
};
