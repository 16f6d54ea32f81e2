import { beijingDayOf } from '@orderkeeper/protocol';
import { FEE_RATE, feeFen } from './money.ts';
import type { TradeRow } from './trade-bill.ts';

/** A row of a trade bill: that of a payment by its order, that of a refund by its own number. */
export type RowName = { readonly outTradeNo: string } | { readonly outRefundNo: string };

/** A difference between the trade bill and the truth. */
export type Discrepancy =
  /** The row is not in the bill. */
  | { readonly kind: 'row-missing'; readonly row: RowName }
  /** The row is there with another amount. */
  | { readonly kind: 'other-amount'; readonly row: RowName; readonly totalFen: number }
  /** The bill of that day (`20261124`) has a payment that nobody made. */
  | { readonly kind: 'row-extra'; readonly billDate: string; readonly outTradeNo: string; readonly totalFen: number };

/** The differences in force for every bill from now on. */
export interface DiscrepancyBook {
  readonly add: (discrepancy: Discrepancy) => void;
  readonly list: () => readonly Discrepancy[];
  readonly clear: () => void;
}

/** Creates a book without differences. */
export function createDiscrepancyBook(): DiscrepancyBook {
  const discrepancies: Discrepancy[] = [];
  return {
    add: (discrepancy) => {
      discrepancies.push(discrepancy);
    },
    list: () => [...discrepancies],
    clear: () => {
      discrepancies.length = 0;
    },
  };
}

/** Whose bill, and of which day (`20261124`). */
export interface BillOwner {
  readonly mchid: string;
  readonly appid: string;
  readonly billDate: string;
  readonly startMs: number;
}

/** The rows of a bill with the differences that were ordered. */
export function withDiscrepancies(
  rows: readonly TradeRow[],
  discrepancies: readonly Discrepancy[],
  owner: BillOwner,
): readonly TradeRow[] {
  return discrepancies.reduce((before, discrepancy) => applyOne(before, discrepancy, owner), rows);
}

function applyOne(rows: readonly TradeRow[], discrepancy: Discrepancy, owner: BillOwner): readonly TradeRow[] {
  switch (discrepancy.kind) {
    case 'row-missing':
      return rows.filter((row) => !isMeant(row, discrepancy.row));
    case 'other-amount':
      return rows.map((row) => (isMeant(row, discrepancy.row) ? withAmount(row, discrepancy.totalFen) : row));
    case 'row-extra':
      return discrepancy.billDate === owner.billDate ? [...rows, inventedRow(discrepancy, owner)] : rows;
  }
}

function isMeant(row: TradeRow, name: RowName): boolean {
  if ('outRefundNo' in name) return row.outRefundNo === name.outRefundNo;
  return row.outRefundNo === undefined && row.outTradeNo === name.outTradeNo;
}

function withAmount(row: TradeRow, fen: number): TradeRow {
  const settledFen = Math.max(row.settledFen + fen - row.fen, 0);
  return { ...row, fen, settledFen, feeFen: Math.sign(row.feeFen) * feeFen(settledFen) };
}

type Extra = Extract<Discrepancy, { readonly kind: 'row-extra' }>;

function inventedRow({ outTradeNo, totalFen }: Extra, { mchid, appid, billDate, startMs }: BillOwner): TradeRow {
  // Noon of that day.
  const atMs = startMs + 12 * 60 * 60 * 1000;
  const dashed = `${billDate.slice(0, 4)}-${billDate.slice(4, 6)}-${billDate.slice(6)} 12:00:00`;
  return {
    atMs,
    state: 'SUCCESS',
    outTradeNo,
    fen: totalFen,
    settledFen: totalFen,
    cashCouponFen: 0,
    feeFen: feeFen(totalFen),
    isFromDeposit: 'no',
    texts: {
      交易时间: dashed,
      公众账号ID: appid,
      商户号: mchid,
      特约商户号: '0',
      微信订单号: `4200000999${beijingDayOf(atMs).text}0000000001`,
      商户订单号: outTradeNo,
      用户标识: 'oThisPaymentWasNeverMade0000',
      交易类型: 'NATIVE',
      付款银行: 'OTHERS',
      货币种类: 'CNY',
      微信退款单号: '0',
      商户退款单号: '0',
      商品名称: 'a payment that nobody made',
      费率: FEE_RATE,
    },
  };
}
