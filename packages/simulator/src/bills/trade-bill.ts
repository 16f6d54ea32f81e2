import { type BillType, printDashedBeijingTime, TRADE_BILL_HEADERS, TRADE_SUMMARY_HEADER } from '@orderkeeper/protocol';
import { couponFen, settledFen } from '../core/coupons.ts';
import type { SimCoupon } from '../ledger/order.ts';
import { FEE_RATE, feeFen, feeYuan, sumOf, yuan } from './money.ts';
import type { Movement } from './movements.ts';
import { type Cells, printTable } from './print-table.ts';

/** One row of a trade bill, before it is printed; a discrepancy can change it. */
export interface TradeRow {
  readonly atMs: number;
  readonly state: 'SUCCESS' | 'REFUND' | 'REVOKED';
  readonly outTradeNo: string;
  /** Refunds only. */
  readonly outRefundNo?: string;
  /** What was paid, or what was asked back. */
  readonly fen: number;
  /** The part of it that belongs to the merchant. */
  readonly settledFen: number;
  readonly cashCouponFen: number;
  readonly feeFen: number;
  readonly isFromDeposit: 'yes' | 'no';
  /** Everything that is copied as it is. */
  readonly texts: Cells;
}

const DEPOSIT = 'REFUND_SOURCE_RECHARGE_FUNDS';
const NO_SUB_MERCHANT = '0';
const NO_REFUND = '0';

/** The row for money that moved. The fee is kept of what is settled, and given back with it. */
export function tradeRowOf(movement: Movement): TradeRow {
  const { order, payment, atMs } = movement;
  const about = { atMs, outTradeNo: order.outTradeNo, isFromDeposit: 'no', texts: textsOf(movement) } as const;
  switch (movement.kind) {
    case 'payment':
      return { ...about, state: 'SUCCESS', ...amounts(order.totalFen, payment.coupons, 1) };
    case 'reversal':
      return { ...about, state: 'REVOKED', ...amounts(order.totalFen, payment.coupons, -1) };
    case 'refund': {
      const { refund } = movement;
      const isFromDeposit = refund.account === DEPOSIT ? 'yes' : 'no';
      const parts = amounts(refund.refundFen, refund.coupons, -1);
      return { ...about, state: 'REFUND', outRefundNo: refund.outRefundNo, isFromDeposit, ...parts };
    }
  }
}

function amounts(fen: number, coupons: readonly SimCoupon[], feeSign: 1 | -1) {
  const settled = settledFen(fen, coupons);
  return { fen, settledFen: settled, cashCouponFen: couponFen(coupons, 'CASH'), feeFen: feeSign * feeFen(settled) };
}

function textsOf(movement: Movement): Cells {
  const { order, payment, atMs } = movement;
  const refund = movement.kind === 'refund' ? movement.refund : undefined;
  return {
    交易时间: printDashedBeijingTime(atMs),
    公众账号ID: order.appid,
    商户号: order.mchid,
    特约商户号: order.subMchid === '' ? NO_SUB_MERCHANT : order.subMchid,
    设备号: order.deviceInfo,
    微信订单号: payment.transactionId,
    商户订单号: order.outTradeNo,
    用户标识: payment.openid,
    交易类型: order.tradeType,
    付款银行: payment.bankType,
    货币种类: order.feeType,
    微信退款单号: refund?.refundId ?? NO_REFUND,
    商户退款单号: refund?.outRefundNo ?? NO_REFUND,
    退款申请时间: refund === undefined ? '' : printDashedBeijingTime(refund.requestedAtMs),
    退款成功时间: refund === undefined ? '' : printDashedBeijingTime(atMs),
    退款类型: refund?.channel ?? '',
    退款状态: refund?.state ?? '',
    商品名称: order.body,
    商户数据包: order.attach,
    费率: FEE_RATE,
  };
}

function cellsOf(row: TradeRow): Cells {
  const isPayment = row.state === 'SUCCESS';
  const [paid, back] = isPayment ? [row, undefined] : [undefined, row];
  return {
    ...row.texts,
    交易状态: row.state,
    应结订单金额: yuan(paid?.settledFen ?? 0),
    代金券金额: yuan(paid?.cashCouponFen ?? 0),
    退款金额: yuan(back?.settledFen ?? 0),
    充值券退款金额: yuan(back?.cashCouponFen ?? 0),
    手续费: feeYuan(row.feeFen),
    订单金额: yuan(paid?.fen ?? 0),
    申请退款金额: yuan(back?.fen ?? 0),
    返还手续费: feeYuan(back === undefined ? 0 : -back.feeFen),
  };
}

/** Refunds from the merchant's deposit have a bill of their own and are in no other. */
const BELONGS: Readonly<Record<BillType, (row: TradeRow) => boolean>> = {
  ALL: (row) => row.isFromDeposit === 'no',
  SUCCESS: (row) => row.state === 'SUCCESS',
  REFUND: (row) => row.state === 'REFUND' && row.isFromDeposit === 'no',
  RECHARGE_REFUND: (row) => row.isFromDeposit === 'yes',
};

/** Prints the rows that belong to a bill of this type; `undefined` when there are none. */
export function printTradeBill(allRows: readonly TradeRow[], billType: BillType): Uint8Array | undefined {
  const rows = allRows.filter(BELONGS[billType]);
  if (rows.length === 0) return undefined;
  const paid = rows.filter(({ state }) => state === 'SUCCESS');
  const back = rows.filter(({ state }) => state !== 'SUCCESS');
  const summary = {
    总交易单数: String(rows.length),
    应结订单总金额: yuan(sumOf(paid, (row) => row.settledFen)),
    退款总金额: yuan(sumOf(back, (row) => row.settledFen)),
    充值券退款总金额: yuan(sumOf(back, (row) => row.cashCouponFen)),
    手续费总金额: feeYuan(sumOf(rows, (row) => row.feeFen)),
    订单总金额: yuan(sumOf(paid, (row) => row.fen)),
    申请退款总金额: yuan(sumOf(back, (row) => row.fen)),
  };
  return printTable(TRADE_BILL_HEADERS[billType], rows.map(cellsOf), TRADE_SUMMARY_HEADER, summary);
}
