import type { Fen } from '../../values/fen.ts';
import {
  type Appid,
  type Mchid,
  type OutRefundNo,
  type OutTradeNo,
  parseAppid,
  parseMchid,
  parseOutRefundNo,
  parseOutTradeNo,
  parseRefundId,
  parseTransactionId,
  type RefundId,
  type TransactionId,
} from '../../values/numbers.ts';
import { bindTable, type CellFailure, type CellTable, type RowReader } from './cell-table.ts';
import { optional, readCount, readFen, readMilliFen, readText, readTime, readWord, required } from './cells.ts';
import { type BillItem, type BillLayout, readBill } from './read-bill.ts';

/** What every row of a trade bill says about the payment it belongs to. */
export interface BillTrade {
  /** UTC milliseconds. */
  readonly tradedAtMs: number;
  readonly appid?: Appid;
  readonly mchid: Mchid;
  readonly subMchid?: Mchid;
  readonly deviceInfo?: string;
  readonly transactionId: TransactionId;
  readonly outTradeNo: OutTradeNo;
  readonly openid?: string;
  readonly tradeType: string;
  readonly bankType?: string;
  readonly feeType?: string;
  /** What the order was about; `0` in rows that report a refund. */
  readonly totalFen: Fen;
  /** What is settled for it; only in bills of the layout since 2018. */
  readonly settlementTotalFen?: Fen;
  readonly couponFen?: Fen;
  /** 商品名称 */
  readonly body?: string;
  /** 商户数据包 */
  readonly attach?: string;
  /** 手续费 in thousandths of a fen, that is hundred-thousandths of a yuan; negative where it was given back. */
  readonly feeMilliFen: number;
  /** As written, such as `0.60%`. */
  readonly rate?: string;
  readonly rateNote?: string;
  /** 返还手续费 in thousandths of a fen; only in `RECHARGE_REFUND` bills. */
  readonly returnedFeeMilliFen?: number;
}

/** What a row of a trade bill says about a refund. */
export interface BillRefund {
  readonly refundId: RefundId;
  readonly outRefundNo: OutRefundNo;
  /** What was asked for. */
  readonly refundFen: Fen;
  /** `refundFen` less its share of `NO_CASH` coupons; the same as `refundFen` in bills from before 2018. */
  readonly settlementRefundFen?: Fen;
  readonly couponRefundFen?: Fen;
  /** 退款类型: `ORIGINAL`, `BALANCE`, … */
  readonly refundType?: string;
  /** 退款状态: `SUCCESS`, `PROCESSING`, … */
  readonly refundStatus?: string;
  /** UTC milliseconds; only in `REFUND` and `RECHARGE_REFUND` bills, as is the time of success. */
  readonly requestedAtMs?: number;
  readonly succeededAtMs?: number;
}

/** One row of a trade bill, tagged by its 交易状态: SUCCESS, REFUND or REVOKED (reversed after it was paid). */
export type TradeBillRow =
  | ({ readonly kind: 'payment' } & BillTrade)
  | ({ readonly kind: 'refund'; readonly refund: BillRefund } & BillTrade)
  | ({ readonly kind: 'revoked'; readonly refund?: BillRefund } & BillTrade);

/** The sums of a trade bill. */
export interface TradeBillSummary {
  readonly tradeCount: number;
  readonly totalFen: Fen;
  readonly settlementTotalFen?: Fen;
  readonly refundFen: Fen;
  readonly settlementRefundFen?: Fen;
  readonly couponRefundFen: Fen;
  /** In thousandths of a fen. */
  readonly feeMilliFen: number;
}

const TRADE: CellTable<BillTrade> = {
  tradedAtMs: required('交易时间', readTime),
  appid: optional('公众账号ID', parseAppid),
  mchid: required('商户号', parseMchid),
  subMchid: optional({ header: '特约商户号', oldHeader: '子商户号', none: '0' }, parseMchid),
  deviceInfo: optional('设备号', readText),
  transactionId: required('微信订单号', parseTransactionId),
  outTradeNo: required('商户订单号', parseOutTradeNo),
  openid: optional('用户标识', readText),
  tradeType: required('交易类型', readText),
  bankType: optional('付款银行', readText),
  feeType: optional('货币种类', readText),
  totalFen: required({ header: '订单金额', oldHeader: '总金额' }, readFen),
  settlementTotalFen: optional('应结订单金额', readFen),
  couponFen: optional({ header: '代金券金额', oldHeader: '代金券或立减优惠金额' }, readFen),
  body: optional('商品名称', readText),
  attach: optional('商户数据包', readText),
  feeMilliFen: required('手续费', readMilliFen),
  rate: optional('费率', readText),
  rateNote: optional('费率备注', readText),
  returnedFeeMilliFen: optional('返还手续费', readMilliFen),
};

const STATE: CellTable<{ tradeState: 'SUCCESS' | 'REFUND' | 'REVOKED' }> = {
  tradeState: required('交易状态', readWord('SUCCESS', 'REFUND', 'REVOKED')),
};

/** Present where the row reports a refund: elsewhere both numbers are `0` or empty. */
const REFUND_ID = '微信退款单号';

const REFUND: CellTable<BillRefund> = {
  refundId: required({ header: REFUND_ID, none: '0' }, parseRefundId),
  outRefundNo: required({ header: '商户退款单号', none: '0' }, parseOutRefundNo),
  refundFen: required({ header: '申请退款金额', oldHeader: '退款金额' }, readFen),
  settlementRefundFen: optional('退款金额', readFen),
  couponRefundFen: optional({ header: '充值券退款金额', oldHeader: '代金券或立减优惠退款金额' }, readFen),
  refundType: optional('退款类型', readText),
  refundStatus: optional('退款状态', readText),
  requestedAtMs: optional('退款申请时间', readTime),
  succeededAtMs: optional('退款成功时间', readTime),
};

const SUMMARY: CellTable<TradeBillSummary> = {
  tradeCount: required('总交易单数', readCount),
  totalFen: required({ header: '订单总金额', oldHeader: '总交易额' }, readFen),
  settlementTotalFen: optional('应结订单总金额', readFen),
  refundFen: required({ header: '申请退款总金额', oldHeader: '总退款金额' }, readFen),
  settlementRefundFen: optional('退款总金额', readFen),
  couponRefundFen: required({ header: '充值券退款总金额', oldHeader: '总代金券或立减优惠退款金额' }, readFen),
  feeMilliFen: required('手续费总金额', readMilliFen),
};

/** Bills of successful payments have no refund columns at all; a refund in one of them is a flaw of its row. */
function bindRefunds(header: readonly string[]): ReturnType<typeof bindTable<BillRefund>> {
  const bound = bindTable(REFUND, header);
  if (bound.ok || header.includes(REFUND_ID)) return bound;
  return { ok: true, value: () => bound };
}

function bindRows(
  header: readonly string[],
): { readonly ok: true; readonly value: RowReader<TradeBillRow> } | CellFailure {
  const trade = bindTable(TRADE, header);
  if (!trade.ok) return trade;
  const state = bindTable(STATE, header);
  if (!state.ok) return state;
  const refund = bindRefunds(header);
  if (!refund.ok) return refund;
  const refundIdIndex = header.indexOf(REFUND_ID);
  const read: RowReader<TradeBillRow> = (cells) => {
    const common = trade.value(cells);
    if (!common.ok) return common;
    const word = state.value(cells);
    if (!word.ok) return word;
    const { tradeState } = word.value;
    if (tradeState === 'SUCCESS') return { ok: true, value: { kind: 'payment', ...common.value } };
    const refundIdText = cells[refundIdIndex] ?? '';
    if (tradeState === 'REVOKED' && (refundIdText === '' || refundIdText === '0')) {
      return { ok: true, value: { kind: 'revoked', ...common.value } };
    }
    const refunded = refund.value(cells);
    if (!refunded.ok) return refunded;
    const kind = tradeState === 'REFUND' ? 'refund' : 'revoked';
    return { ok: true, value: { kind, ...common.value, refund: refunded.value } };
  };
  return { ok: true, value: read };
}

const LAYOUT: BillLayout<TradeBillRow, TradeBillSummary> = { mark: '交易时间', bindRows, summary: SUMMARY };

/**
 * Reads a trade bill (交易账单) of any type, of the layouts before and since 2018, in any order of columns. Columns
 * unknown to us are passed over.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_6
 */
export const readTradeBill = (
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<BillItem<TradeBillRow, TradeBillSummary>, void, undefined> => readBill(chunks, LAYOUT);
