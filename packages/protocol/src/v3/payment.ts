import { ok, type Result } from '../values/result.ts';
import { TRADE_STATE_WORDS, type TradeState } from '../trade/trade-state.ts';
import type { FieldReason } from '../v2/field-table.ts';
import type { UnpaidTrade } from '../v2/operations/orderquery.ts';
import type { Payment } from '../v2/payment.ts';
import { coupons, type V3Coupon } from './coupons.ts';
import {
  anyOutTradeNo,
  fenAmount,
  instant,
  type MakeMember,
  oneOf,
  openid,
  optional,
  text,
  transactionId,
} from './json/json-kinds.ts';
import { type JsonTable, readJson } from './json/json-table.ts';
import type { JsonObject } from './json/json-value.ts';

/**
 * What a payment brought. It is a {@link Payment} of v2 with richer coupons: an order placed with one protocol may be
 * read with the other, and nothing above has to know which it was. `cashFen` is what the payer paid, `payer_total`.
 */
export interface V3Payment
  extends Pick<
    Payment,
    | 'transactionId'
    | 'outTradeNo'
    | 'totalFen'
    | 'tradeType'
    | 'cashFen'
    | 'feeType'
    | 'cashFeeType'
    | 'bankType'
    | 'openid'
    | 'subOpenid'
    | 'deviceInfo'
    | 'attach'
    | 'paidAtMs'
  > {
  readonly coupons: readonly V3Coupon[];
}

/** The order as WeChat Pay knows it, tagged by its trade state, in the words of v2's orderquery. */
export type V3TradeReport =
  | ({ readonly tradeState: 'SUCCESS' | 'REFUND'; readonly tradeStateDesc?: string } & V3Payment)
  | ({ readonly tradeState: Exclude<TradeState, 'SUCCESS' | 'REFUND'> } & UnpaidTrade);

/** A trade state of an answer. */
export const tradeState: MakeMember<TradeState> = oneOf(...TRADE_STATE_WORDS);

const STATE: JsonTable<{ readonly tradeState: TradeState; readonly tradeStateDesc?: string }> = {
  tradeState: tradeState('trade_state'),
  tradeStateDesc: optional(text(256))('trade_state_desc'),
};

/** As for v2: essential is what identifies the payment and its amount, everything else is a circumstance. */
const PAYMENT: JsonTable<Omit<V3Payment, 'coupons' | 'openid'> & Partial<Pick<V3Payment, 'coupons'>>> = {
  transactionId: transactionId('transaction_id'),
  outTradeNo: anyOutTradeNo('out_trade_no'),
  totalFen: fenAmount('amount.total'),
  tradeType: optional(text(16))('trade_type'),
  cashFen: optional(fenAmount)('amount.payer_total'),
  feeType: optional(text(16))('amount.currency'),
  cashFeeType: optional(text(16))('amount.payer_currency'),
  bankType: optional(text(32))('bank_type'),
  subOpenid: optional(openid)('payer.sub_openid'),
  deviceInfo: optional(text(32))('scene_info.device_id'),
  attach: optional(text(128))('attach'),
  paidAtMs: optional(instant)('success_time'),
  coupons: optional(coupons)('promotion_detail'),
};

type Payer = NonNullable<Payment['openid']>;

/** Each side has its own name for the payer under the caller's appid. */
const PAYER: JsonTable<{ readonly ownOpenid?: Payer; readonly spOpenid?: Payer }> = {
  ownOpenid: optional(openid)('payer.openid'),
  spOpenid: optional(openid)('payer.sp_openid'),
};

/** Essential are the state and which order it is; the state is read first. */
const UNPAID: JsonTable<Omit<UnpaidTrade, 'tradeStateDesc'>> = {
  outTradeNo: anyOutTradeNo('out_trade_no'),
  transactionId: optional(transactionId)('transaction_id'),
  attach: optional(text(128))('attach'),
  totalFen: optional(fenAmount)('amount.total'),
};

/** Reads the members that report a payment in answers and notices. What was read is added to: copying it takes longer. */
export function readV3Payment(object: JsonObject): Result<V3Payment, FieldReason> {
  const payment = readJson(PAYMENT, object);
  if (!payment.ok) return payment;
  const { coupons: list = [] } = payment.value;
  const payer = readJson(PAYER, object);
  const { spOpenid, ownOpenid } = payer.ok ? payer.value : {};
  const payerOpenid = spOpenid ?? ownOpenid;
  const added = payerOpenid === undefined ? { coupons: list } : { coupons: list, openid: payerOpenid };
  return ok(Object.assign(payment.value, added));
}

/** Reads an order with its state. */
export function readTradeReport(object: JsonObject): Result<V3TradeReport, FieldReason> {
  const read = readJson(STATE, object);
  if (!read.ok) return read;
  const { tradeState: state, ...description } = read.value;
  if (state === 'SUCCESS' || state === 'REFUND') {
    const payment = readV3Payment(object);
    return payment.ok ? ok(Object.assign(payment.value, { tradeState: state }, description)) : payment;
  }
  const unpaid = readJson(UNPAID, object);
  return unpaid.ok ? ok(Object.assign(unpaid.value, { tradeState: state }, description)) : unpaid;
}
