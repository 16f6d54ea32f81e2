import type { Appid, Mchid, OutTradeNo, Payment, TradeState } from '@orderkeeper/protocol';
import type { TradeReport } from '../core/observation.ts';

/** Who a verified message of WeChat Pay names as its merchant. */
export interface ReportSender {
  readonly appid: Appid;
  readonly mchid: Mchid;
}

type PaidState = Extract<TradeState, 'SUCCESS' | 'REFUND'>;

/** What both protocols tell of a payment; only the classic API names what was settled. */
export type ReportedPayment = Pick<
  Payment,
  'transactionId' | 'outTradeNo' | 'totalFen' | 'cashFen' | 'feeType' | 'openid' | 'bankType' | 'paidAtMs'
> &
  Partial<Pick<Payment, 'settlementTotalFen'>>;

/** What an order says of itself, in either protocol. */
export type ReportedOrder =
  | ({ readonly tradeState: PaidState } & ReportedPayment)
  | { readonly tradeState: Exclude<TradeState, PaidState>; readonly outTradeNo: OutTradeNo };

/**
 * A payment as a report. Only the numbers and the amount are certain to be there: a payment without a time counts from
 * `nowMs` on, when we learned of it.
 */
export function paidReport(
  payment: ReportedPayment,
  tradeState: PaidState,
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

/** An order as a report, paid or not. */
export function tradeReport(order: ReportedOrder, { appid, mchid }: ReportSender, nowMs: number): TradeReport {
  switch (order.tradeState) {
    case 'SUCCESS':
    case 'REFUND':
      return paidReport(order, order.tradeState, { appid, mchid }, nowMs);
    case 'NOTPAY':
    case 'CLOSED':
    case 'REVOKED':
    case 'USERPAYING':
    case 'PAYERROR':
    case 'ACCEPT':
      return { appid, mchid, outTradeNo: order.outTradeNo, tradeState: order.tradeState };
  }
}
