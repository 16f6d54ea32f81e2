import type { Fen } from '../../values/fen.ts';
import type { OutRefundNo, OutTradeNo, RefundId, TransactionId } from '../../values/numbers.ts';
import { failure, ok, type Result } from '../../values/result.ts';
import type { ApiKey } from '../../values/secret.ts';
import {
  dashedBeijingTime,
  fenAmount,
  oneOf,
  optional,
  outRefundNo,
  outTradeNo,
  positiveFen,
  refundId,
  text,
  transactionId,
} from '../field-kinds.ts';
import { type FieldReason, type FieldTable, readFields } from '../field-table.ts';
import type { Fields } from '../fields.ts';
import { readXml, type XmlReason } from '../xml/read-xml.ts';
import { NOTICE_SENDER, type NoticeSender } from './notice-sender.ts';
import { decryptReqInfo, type ReqInfoReason } from './req-info.ts';

/** What a refund notice says about the refund, whatever its end. */
export interface RefundNoticeDetails {
  readonly transactionId: TransactionId;
  readonly outTradeNo: OutTradeNo;
  readonly refundId: RefundId;
  readonly outRefundNo: OutRefundNo;
  /** What the order was about. */
  readonly totalFen: Fen;
  readonly settlementTotalFen?: Fen;
  /** What was asked to be refunded. */
  readonly refundFen: Fen;
  /** `refundFen` less its share of `NO_CASH` coupons. */
  readonly settlementRefundFen?: Fen;
  readonly cashRefundFen?: Fen;
  /** Where the money went, in WeChat Pay's words: `支付用户零钱`. */
  readonly refundRecvAccount?: string;
  /** `REFUND_SOURCE_RECHARGE_FUNDS` or `REFUND_SOURCE_UNSETTLED_FUNDS`. */
  readonly refundAccount?: string;
  /** `API` or `VENDOR_PLATFORM` (someone in the merchant console). */
  readonly refundRequestSource?: string;
}

/** How the refund ended. */
export type RefundNoticeEnd =
  | { readonly refundStatus: 'SUCCESS' /** UTC milliseconds. */; readonly succeededAtMs?: number }
  /** 退款异常: the payer's account did not take the money, it is back at the merchant; a person has to act. */
  | { readonly refundStatus: 'CHANGE' }
  /** 退款关闭: nothing was refunded; ask again under a new number. */
  | { readonly refundStatus: 'REFUNDCLOSE' };

/** WeChat Pay says that a refund came to its end. */
export type RefundNotice = NoticeSender &
  RefundNoticeDetails &
  RefundNoticeEnd & {
    /** The decrypted fields, unknown ones included. */
    readonly fields: Fields;
  };

/** Why a body is no refund notice. `not-a-refund`: `return_code` is not SUCCESS or there is no `req_info`. */
export type RefundNoticeReason = XmlReason | FieldReason | ReqInfoReason | 'not-a-refund';

/** Only what identifies refund and amount is required: a missing description must not hide that money moved. */
const DETAILS: FieldTable<RefundNoticeDetails> = {
  transactionId: transactionId('transaction_id'),
  outTradeNo: outTradeNo('out_trade_no'),
  refundId: refundId('refund_id'),
  outRefundNo: outRefundNo('out_refund_no'),
  totalFen: positiveFen('total_fee'),
  settlementTotalFen: optional(fenAmount)('settlement_total_fee'),
  refundFen: positiveFen('refund_fee'),
  settlementRefundFen: optional(fenAmount)('settlement_refund_fee'),
  cashRefundFen: optional(fenAmount)('cash_refund_fee'),
  // The spelling is WeChat Pay's.
  refundRecvAccount: optional(text(64))('refund_recv_accout'),
  refundAccount: optional(text(30))('refund_account'),
  refundRequestSource: optional(text(30))('refund_request_source'),
};

const END: FieldTable<{ refundStatus: RefundNoticeEnd['refundStatus']; succeededAtMs?: number }> = {
  refundStatus: oneOf<RefundNoticeEnd['refundStatus']>('SUCCESS', 'CHANGE', 'REFUNDCLOSE')('refund_status'),
  succeededAtMs: optional(dashedBeijingTime)('success_time'),
};

/**
 * Reads a refund notice (退款结果通知) from the raw body of the request.
 *
 * It carries no sign: all that vouches for it is that it was encrypted with the merchant's key, block by block and
 * without a seal. Take it as a reason to ask refundquery, and believe that answer.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_16
 */
export function readRefundNotice(body: Uint8Array, key: ApiKey): Result<RefundNotice, RefundNoticeReason> {
  const document = readXml(body);
  if (!document.ok) return document;
  const outer = document.value;
  if (outer.get('return_code') !== 'SUCCESS') return failure('not-a-refund', 'return_code is not SUCCESS');
  const reqInfo = outer.get('req_info') ?? '';
  if (reqInfo === '') return failure('not-a-refund', 'the message has no req_info');
  const sender = readFields(NOTICE_SENDER, outer);
  if (!sender.ok) return sender;
  const decrypted = decryptReqInfo(reqInfo, key);
  if (!decrypted.ok) return decrypted;
  const fields = decrypted.value;
  const details = readFields(DETAILS, fields);
  if (!details.ok) return details;
  const end = readEnd(fields);
  return end.ok ? ok({ ...sender.value, ...details.value, ...end.value, fields }) : end;
}

function readEnd(fields: Fields): Result<RefundNoticeEnd, FieldReason> {
  const end = readFields(END, fields);
  if (!end.ok) return end;
  const { refundStatus, succeededAtMs } = end.value;
  if (refundStatus !== 'SUCCESS') return ok({ refundStatus });
  return ok(succeededAtMs === undefined ? { refundStatus } : { refundStatus, succeededAtMs });
}
