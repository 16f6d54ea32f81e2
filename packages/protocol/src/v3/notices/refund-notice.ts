import type { RefundStatus } from '../../trade/refund-status.ts';
import { ok, type Result } from '../../values/result.ts';
import type { FieldReason } from '../../v2/field-table.ts';
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
} from '../json/json-kinds.ts';
import { type JsonTable, readJson } from '../json/json-table.ts';
import type { JsonObject } from '../json/json-value.ts';
import { type Party, readParty } from '../party.ts';
import type { V3RefundReport } from '../refund-report.ts';

/** What a refund notice says: less than an answer, no currency and no settlement among it. */
export interface V3NoticedRefund
  extends Party,
    Pick<
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
    > {
  /** In the words of v2, as everywhere: CLOSED is REFUNDCLOSE, ABNORMAL is CHANGE. */
  readonly refundStatus: RefundStatus;
}

/** Unlike in answers the status is called `refund_status`. */
const REFUND: JsonTable<Omit<V3NoticedRefund, keyof Party>> = {
  transactionId: transactionId('transaction_id'),
  outTradeNo: anyOutTradeNo('out_trade_no'),
  outRefundNo: outRefundNo('out_refund_no'),
  refundId: refundId('refund_id'),
  refundStatus: refundStatus('refund_status'),
  totalFen: fenAmount('amount.total'),
  refundFen: fenAmount('amount.refund'),
  cashFen: optional(fenAmount)('amount.payer_total'),
  cashRefundFen: optional(fenAmount)('amount.payer_refund'),
  refundRecvAccount: optional(text(64))('user_received_account'),
  refundSuccessAtMs: optional(instant)('success_time'),
};

/** Reads what a refund notice sealed. */
export function readNoticedRefund(resource: JsonObject): Result<V3NoticedRefund, FieldReason> {
  const party = readParty(resource);
  if (!party.ok) return party;
  const refund = readJson(REFUND, resource);
  return refund.ok ? ok({ ...refund.value, ...party.value }) : refund;
}
