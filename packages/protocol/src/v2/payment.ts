import type { Fen } from '../values/fen.ts';
import type { Openid, OutTradeNo, TransactionId } from '../values/numbers.ts';
import { ok, type Result } from '../values/result.ts';
import { type Coupon, readCoupons } from './coupons.ts';
import { beijingTime, count, fenAmount, openid, optional, outTradeNo, text, transactionId } from './field-kinds.ts';
import { type FieldReason, type FieldTable, readFields } from './field-table.ts';
import type { Fields } from './fields.ts';

/** What a payment brought; known only once money was received. */
export interface Payment {
  readonly transactionId: TransactionId;
  readonly outTradeNo: OutTradeNo;
  /** What the merchant asked for. */
  readonly totalFen: Fen;
  /** JSAPI, NATIVE, APP, MWEB, MICROPAY; other products use further words. */
  readonly tradeType?: string;
  /** What the payer paid: `totalFen` less all coupons. */
  readonly cashFen?: Fen;
  /** What is settled: `totalFen` less `NO_CASH` coupons; absent without such coupons. */
  readonly settlementTotalFen?: Fen;
  readonly couponFen?: Fen;
  readonly couponCount?: number;
  readonly coupons: readonly Coupon[];
  /** ISO 4217; absent means CNY. */
  readonly feeType?: string;
  readonly cashFeeType?: string;
  /** What was taken of a deposit (押金). */
  readonly consumeFen?: Fen;
  readonly bankType?: string;
  readonly openid?: Openid;
  readonly isSubscribe?: string;
  readonly subOpenid?: Openid;
  readonly subIsSubscribe?: string;
  readonly deviceInfo?: string;
  readonly attach?: string;
  /** When the payment was completed, UTC milliseconds. */
  readonly paidAtMs?: number;
  /** JSON text, with `version` 1.0 only. */
  readonly promotionDetail?: string;
}

/**
 * Essential is what identifies the payment and its amount: without one of these nobody can tell which order is paid.
 * Everything else is a circumstance. WeChat Pay's documents call many of them required, yet a paid order whose bank,
 * cash part or time cannot be read is still paid, and hiding that would be worse than not knowing the bank.
 */
export const PAYMENT: FieldTable<Omit<Payment, 'coupons'>> = {
  transactionId: transactionId('transaction_id'),
  outTradeNo: outTradeNo('out_trade_no'),
  totalFen: fenAmount('total_fee'),
  tradeType: optional(text(16))('trade_type'),
  cashFen: optional(fenAmount)('cash_fee'),
  settlementTotalFen: optional(fenAmount)('settlement_total_fee'),
  couponFen: optional(fenAmount)('coupon_fee'),
  couponCount: optional(count)('coupon_count'),
  feeType: optional(text(16))('fee_type'),
  cashFeeType: optional(text(16))('cash_fee_type'),
  consumeFen: optional(fenAmount)('consume_fee'),
  bankType: optional(text(32))('bank_type'),
  openid: optional(openid)('openid'),
  isSubscribe: optional(text(1))('is_subscribe'),
  subOpenid: optional(openid)('sub_openid'),
  subIsSubscribe: optional(text(1))('sub_is_subscribe'),
  deviceInfo: optional(text(32))('device_info'),
  attach: optional(text(128))('attach'),
  paidAtMs: optional(beijingTime)('time_end'),
  promotionDetail: optional(text(6000))('promotion_detail'),
};

/** Reads the fields that report a payment in answers and notices, with its coupons as a list. */
export const readPayment = (fields: Fields): Result<Payment, FieldReason> =>
  withCoupons(readFields(PAYMENT, fields), fields);

/** Puts the coupons among `fields` into a message that was just read from them, and is nobody else's yet. */
export function withCoupons<Message extends object>(
  read: Result<Message, FieldReason>,
  fields: Fields,
): Result<Message & Pick<Payment, 'coupons'>, FieldReason> {
  return read.ok ? ok(Object.assign(read.value, { coupons: readCoupons(fields) })) : read;
}
