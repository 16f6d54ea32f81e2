import type { RefundStatus } from '../../trade/refund-status.ts';
import type { Fen } from '../../values/fen.ts';
import type { OutRefundNo, OutTradeNo, RefundId, TransactionId } from '../../values/numbers.ts';
import { ok, type Result } from '../../values/result.ts';
import { REFUNDQUERY_CODES } from '../codes/refundquery.ts';
import { readRecordCoupons, type RefundCoupon } from '../coupons.ts';
import {
  count,
  dashedBeijingTime,
  fenAmount,
  optional,
  outRefundNo,
  outTradeNo,
  refundId,
  refundStatus,
  text,
  transactionId,
} from '../field-kinds.ts';
import { type FieldReason, type FieldTable, printFields, readFields } from '../field-table.ts';
import type { Fields } from '../fields.ts';
import { indexedRows, wireNames } from '../indexed-rows.ts';
import type { Operation } from '../operation.ts';
import { requireOneOf } from '../order-number.ts';

/** Which refunds are meant, the most exact number first; WeChat Pay looks at the first one it gets. */
export type RefundNumber =
  | {
      readonly refundId: RefundId;
      readonly outRefundNo?: never;
      readonly transactionId?: TransactionId;
      readonly outTradeNo?: never;
    }
  | {
      readonly outRefundNo: OutRefundNo;
      readonly refundId?: never;
      readonly transactionId?: never;
      readonly outTradeNo?: never;
    }
  | {
      readonly transactionId: TransactionId;
      readonly refundId?: never;
      readonly outRefundNo?: never;
      readonly outTradeNo?: never;
    }
  | {
      readonly outTradeNo: OutTradeNo;
      readonly refundId?: never;
      readonly outRefundNo?: never;
      readonly transactionId?: never;
    };

/** Asks for one refund, or for those of an order. */
export type RefundqueryRequest = RefundNumber & {
  /** With an order's number: from which refund on, counted from 0. An answer holds ten at most. */
  readonly offset?: number;
};

/** One refund. */
export interface RefundRecord {
  readonly outRefundNo: OutRefundNo;
  readonly refundId: RefundId;
  readonly refundStatus: RefundStatus;
  readonly refundFen: Fen;
  readonly settlementRefundFen?: Fen;
  /** ORIGINAL, BALANCE, OTHER_BALANCE, OTHER_BANKCARD. */
  readonly refundChannel?: string;
  readonly refundAccount?: string;
  /** Where the money went, for people: `支付用户的零钱`, `招商银行信用卡0403`. */
  readonly refundRecvAccount?: string;
  /** When the money arrived, UTC milliseconds. */
  readonly refundSuccessAtMs?: number;
  readonly couponRefundFen?: Fen;
  readonly couponRefundCount?: number;
  readonly coupons: readonly RefundCoupon[];
}

/** The refunds of an order, or a page of them. */
export interface RefundqueryAnswer {
  readonly transactionId: TransactionId;
  readonly outTradeNo: OutTradeNo;
  readonly totalFen: Fen;
  readonly settlementTotalFen?: Fen;
  readonly feeType?: string;
  readonly cashFen?: Fen;
  /** How many refunds the order has; more than the answer holds when there are further pages. */
  readonly totalRefundCount?: number;
  /** How many refunds the answer says it holds. */
  readonly refundCount?: number;
  readonly refunds: readonly RefundRecord[];
}

const REQUEST: FieldTable<{
  refundId?: RefundId;
  outRefundNo?: OutRefundNo;
  transactionId?: TransactionId;
  outTradeNo?: OutTradeNo;
  offset?: number;
}> = {
  refundId: optional(refundId)('refund_id'),
  outRefundNo: optional(outRefundNo)('out_refund_no'),
  transactionId: optional(transactionId)('transaction_id'),
  outTradeNo: optional(outTradeNo)('out_trade_no'),
  offset: optional(count)('offset'),
};

/**
 * Essential is which order it is. The counts are not: what is there is counted by itself, and how they are meant on
 * later pages is not documented. A top-level `refund_fee` has no row: what it means with several refunds is not known.
 */
const ANSWER: FieldTable<Omit<RefundqueryAnswer, 'refunds'>> = {
  transactionId: transactionId('transaction_id'),
  outTradeNo: outTradeNo('out_trade_no'),
  totalFen: fenAmount('total_fee'),
  settlementTotalFen: optional(fenAmount)('settlement_total_fee'),
  feeType: optional(text(8))('fee_type'),
  cashFen: optional(fenAmount)('cash_fee'),
  totalRefundCount: optional(count)('total_refund_count'),
  refundCount: optional(count)('refund_count'),
};

/**
 * Essential is which refund it is, its amount and its status. A record without one of them makes the whole answer
 * unreadable: left out, it would look as if there were no such refund.
 */
const RECORD: FieldTable<Omit<RefundRecord, 'coupons'>> = {
  outRefundNo: outRefundNo('out_refund_no'),
  refundId: refundId('refund_id'),
  refundStatus: refundStatus('refund_status'),
  refundFen: fenAmount('refund_fee'),
  settlementRefundFen: optional(fenAmount)('settlement_refund_fee'),
  refundChannel: optional(text(16))('refund_channel'),
  refundAccount: optional(text(30))('refund_account'),
  // The spelling "accout" is WeChat Pay's own.
  refundRecvAccount: optional(text(64))('refund_recv_accout'),
  refundSuccessAtMs: optional(dashedBeijingTime)('refund_success_time'),
  couponRefundFen: optional(fenAmount)('coupon_refund_fee'),
  couponRefundCount: optional(count)('coupon_refund_count'),
};

const RECORD_NAMES = wireNames(RECORD);

/** Reads the answer of refundquery and refundqueryv2. */
export function readRefundqueryAnswer(fields: Fields): Result<RefundqueryAnswer, FieldReason> {
  const answer = readFields(ANSWER, fields);
  if (!answer.ok) return answer;
  const refunds: RefundRecord[] = [];
  for (const row of indexedRows(fields, RECORD_NAMES)) {
    const record = readFields(RECORD, row.fields);
    if (!record.ok) return { ...record, message: `refund ${row.index} of the list: ${record.message}` };
    refunds.push({ ...record.value, coupons: readRecordCoupons(fields, row.index) });
  }
  return ok({ ...answer.value, refunds });
}

/**
 * 查询退款: never changes anything. An order with more than ten refunds is asked for page by page with `offset`, one
 * with more than twenty refund by refund.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_5
 */
export const refundquery: Operation<RefundqueryRequest, RefundqueryAnswer> = {
  name: 'refundquery',
  path: '/pay/refundquery',
  clientCertificate: 'not-needed',
  answer: 'signed',
  signType: 'merchant',
  sender: 'appid-and-mchid',
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: REFUNDQUERY_CODES,
  printRequest: (request) =>
    requireOneOf(printFields(REQUEST, request), ['refund_id', 'out_refund_no', 'transaction_id', 'out_trade_no']),
  readAnswer: readRefundqueryAnswer,
};
