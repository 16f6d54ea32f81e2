import type { PaidOrder, V3NoticedRefund, V3QueryAnswer, V3RefundReport } from '@orderkeeper/protocol';
import type { RefundReport, TradeReport } from '../../core/observation.ts';
import { REFUND_STATE_OF } from '../refund-state.ts';

/**
 * An order that received money as a report. Only the numbers and the amount are certain to be there: a payment without a
 * time counts from `nowMs` on, when we learned of it.
 */
export function v3PaidReport(order: PaidOrder, nowMs: number): TradeReport {
  const { appid, mchid, outTradeNo, tradeState } = order;
  const { transactionId, totalFen, cashFen, feeType, openid, bankType, paidAtMs } = order;
  return {
    appid,
    mchid,
    outTradeNo,
    tradeState,
    payment: {
      transactionId,
      totalFen,
      cashFen: cashFen ?? totalFen,
      ...(feeType === undefined ? {} : { feeType }),
      ...(openid === undefined ? {} : { openid }),
      bankType: bankType ?? '',
      paidAtMs: paidAtMs ?? nowMs,
    },
  };
}

/** The answer of a query as a report. */
export function v3QueryReport(answer: V3QueryAnswer, nowMs: number): TradeReport {
  switch (answer.tradeState) {
    case 'SUCCESS':
    case 'REFUND':
      return v3PaidReport(answer, nowMs);
    case 'NOTPAY':
    case 'CLOSED':
    case 'REVOKED':
    case 'USERPAYING':
    case 'PAYERROR':
    case 'ACCEPT': {
      const { appid, mchid, outTradeNo, tradeState } = answer;
      return { appid, mchid, outTradeNo, tradeState };
    }
  }
}

/** A refund as an answer or a notice tells it. */
export function v3RefundReport(refund: V3RefundReport | V3NoticedRefund): RefundReport {
  const { outRefundNo, outTradeNo, refundId, refundFen, refundStatus, refundSuccessAtMs } = refund;
  return {
    outRefundNo,
    outTradeNo,
    refundId,
    refundFen,
    state: REFUND_STATE_OF[refundStatus],
    ...(refundSuccessAtMs === undefined ? {} : { finishedAtMs: refundSuccessAtMs }),
  };
}
