import {
  type Appid,
  type Fields,
  type Mchid,
  type OrderqueryAnswer,
  type OutRefundNo,
  parseAppid,
  parseMchid,
  type Payment,
  type RefundAnswer,
  type RefundqueryAnswer,
  type TradeState,
} from '@orderkeeper/protocol';
import type { RefundReport, TradeReport } from '../../core/observation.ts';
import { REFUND_STATE_OF } from '../refund-state.ts';

/** Who a verified message of WeChat Pay names as its merchant. */
export interface ReportSender {
  readonly appid: Appid;
  readonly mchid: Mchid;
}

/** The sender that an answer names; what it leaves out is as asked, because the key vouches for the merchant. */
export function senderOfAnswer(fields: Fields | undefined, asked: ReportSender): ReportSender {
  const appid = parseAppid(fields?.get('appid') ?? '');
  const mchid = parseMchid(fields?.get('mch_id') ?? '');
  return { appid: appid.ok ? appid.value : asked.appid, mchid: mchid.ok ? mchid.value : asked.mchid };
}

/**
 * A payment as a report. Only the numbers and the amount are certain to be there: a payment without a time counts from
 * `nowMs` on, when we learned of it.
 */
export function paidReport(
  payment: Payment,
  tradeState: Extract<TradeState, 'SUCCESS' | 'REFUND'>,
  sender: ReportSender,
  nowMs: number,
): TradeReport {
  const { outTradeNo, transactionId, totalFen, cashFen, settlementTotalFen, feeType, openid, bankType } = payment;
  return {
    ...sender,
    outTradeNo,
    tradeState,
    payment: {
      transactionId,
      totalFen,
      cashFen: cashFen ?? totalFen,
      ...(settlementTotalFen === undefined ? {} : { settlementTotalFen }),
      ...(feeType === undefined ? {} : { feeType }),
      ...(openid === undefined ? {} : { openid }),
      bankType: bankType ?? '',
      paidAtMs: payment.paidAtMs ?? nowMs,
    },
  };
}

/** The answer of a query as a report. */
export function queryReport(answer: OrderqueryAnswer, sender: ReportSender, nowMs: number): TradeReport {
  switch (answer.tradeState) {
    case 'SUCCESS':
    case 'REFUND':
      return paidReport(answer, answer.tradeState, sender, nowMs);
    case 'NOTPAY':
    case 'CLOSED':
    case 'REVOKED':
    case 'USERPAYING':
    case 'PAYERROR':
    case 'ACCEPT':
      return { ...sender, outTradeNo: answer.outTradeNo, tradeState: answer.tradeState };
  }
}

/** An accepted refund. */
export const acceptedRefund = ({ outRefundNo, outTradeNo, refundId, refundFen }: RefundAnswer): RefundReport => ({
  outRefundNo,
  outTradeNo,
  refundId,
  refundFen,
  state: 'processing',
});

/** One refund out of the answer of a refund query; `not-found` when the answer speaks of others. */
export function refundReport(answer: RefundqueryAnswer, outRefundNo: OutRefundNo): RefundReport | 'not-found' {
  const record = answer.refunds.find((refund) => refund.outRefundNo === outRefundNo);
  if (record === undefined) return 'not-found';
  const { refundId, refundFen, refundStatus, refundSuccessAtMs } = record;
  return {
    outRefundNo,
    outTradeNo: answer.outTradeNo,
    refundId,
    refundFen,
    state: REFUND_STATE_OF[refundStatus],
    ...(refundSuccessAtMs === undefined ? {} : { finishedAtMs: refundSuccessAtMs }),
  };
}
