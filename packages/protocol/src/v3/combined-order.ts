import type { TradeState } from '../trade/trade-state.ts';
import type { Fen } from '../values/fen.ts';
import type { Appid, Mchid, Openid, OutTradeNo, TransactionId } from '../values/numbers.ts';
import { failure, ok, type Result } from '../values/result.ts';
import type { FieldReason } from '../v2/field-table.ts';
import { coupons, type V3Coupon } from './coupons.ts';
import {
  anyOutTradeNo,
  appid,
  fenAmount,
  instant,
  mchid,
  openid,
  optional,
  receivedList,
  text,
  transactionId,
} from './json/json-kinds.ts';
import { type JsonTable, printJson, readJson, type SentJsonTable } from './json/json-table.ts';
import type { JsonObject } from './json/json-value.ts';
import { tradeState } from './payment.ts';

/** Which combined order is meant. */
export interface CombineNumber {
  readonly combineOutTradeNo: OutTradeNo;
}

const NUMBER: SentJsonTable<CombineNumber> = { combineOutTradeNo: anyOutTradeNo('combine_out_trade_no') };

/** Prints which combined order is meant. */
export const printCombineNumber = (request: CombineNumber) => printJson(NUMBER, request);

/** Where all operations of combined orders are. */
export const COMBINE_PATH = '/v3/combine-transactions';

/** One of the orders that are paid together, as WeChat Pay knows it. */
export interface SubOrderReport {
  readonly mchid: Mchid;
  readonly outTradeNo: OutTradeNo;
  readonly tradeState: TradeState;
  readonly totalFen: Fen;
  /** Known once it is paid. */
  readonly transactionId?: TransactionId;
  readonly tradeType?: string;
  readonly cashFen?: Fen;
  readonly feeType?: string;
  readonly cashFeeType?: string;
  readonly bankType?: string;
  readonly attach?: string;
  readonly paidAtMs?: number;
  readonly coupons?: readonly V3Coupon[];
}

/** A combined order (合单) as WeChat Pay knows it. There is no state of the whole: each sub-order has its own. */
export interface CombinedOrderReport {
  readonly appid: Appid;
  readonly mchid: Mchid;
  readonly combineOutTradeNo: OutTradeNo;
  readonly openid?: Openid;
  readonly deviceInfo?: string;
  readonly subOrders: readonly SubOrderReport[];
}

const SUB_ORDER: JsonTable<SubOrderReport> = {
  mchid: mchid('mchid'),
  outTradeNo: anyOutTradeNo('out_trade_no'),
  tradeState: tradeState('trade_state'),
  totalFen: fenAmount('amount.total_amount'),
  transactionId: optional(transactionId)('transaction_id'),
  tradeType: optional(text(16))('trade_type'),
  cashFen: optional(fenAmount)('amount.payer_amount'),
  feeType: optional(text(16))('amount.currency'),
  cashFeeType: optional(text(16))('amount.payer_currency'),
  bankType: optional(text(32))('bank_type'),
  attach: optional(text(128))('attach'),
  paidAtMs: optional(instant)('success_time'),
  coupons: optional(coupons)('promotion_detail'),
};

const COMBINED: JsonTable<CombinedOrderReport> = {
  appid: appid('combine_appid'),
  mchid: mchid('combine_mchid'),
  combineOutTradeNo: anyOutTradeNo('combine_out_trade_no'),
  openid: optional(openid)('combine_payer_info.openid'),
  deviceInfo: optional(text(32))('scene_info.device_id'),
  subOrders: receivedList(SUB_ORDER)('sub_orders'),
};

/** Reads a combined order; a sub-order that is paid but lacks its number is no knowledge. */
export function readCombinedOrder(object: JsonObject): Result<CombinedOrderReport, FieldReason> {
  const order = readJson(COMBINED, object);
  if (!order.ok) return order;
  const at = order.value.subOrders.findIndex(
    ({ tradeState: state, transactionId: id }) => (state === 'SUCCESS' || state === 'REFUND') && id === undefined,
  );
  if (at < 0) return ok(order.value);
  return failure('field-missing', `sub_orders[${at}].transaction_id is missing from the message`);
}
