import type { TradeState } from '../../trade/trade-state.ts';
import type { Fen } from '../../values/fen.ts';
import type { Openid, OutTradeNo, TransactionId } from '../../values/numbers.ts';
import { failure, ok, type Result } from '../../values/result.ts';
import type { CodeTable } from '../codes/code-row.ts';
import { EVERYWHERE } from '../codes/everywhere.ts';
import { type Coupon, readCoupons } from '../coupons.ts';
import {
  beijingTime,
  count,
  fenAmount,
  oneOf,
  openid,
  optional,
  outTradeNo,
  text,
  transactionId,
} from '../field-kinds.ts';
import { type FieldReason, type FieldTable, printFields, readFields } from '../field-table.ts';
import type { Fields } from '../fields.ts';
import type { Operation } from '../operation.ts';

/** Asks for one order, by WeChat Pay's number or by the merchant's. */
export type OrderqueryRequest = (
  | { readonly transactionId: TransactionId; readonly outTradeNo?: never }
  | { readonly outTradeNo: OutTradeNo; readonly transactionId?: never }
) & {
  /** `1.0` with the single-item discount feature; brings `promotionDetail`. */
  readonly version?: '1.0';
};

/** What a payment brought; known only once money was received. */
export interface Payment {
  readonly transactionId: TransactionId;
  readonly outTradeNo: OutTradeNo;
  /** JSAPI, NATIVE, APP, MWEB, MICROPAY; other products use further words. */
  readonly tradeType: string;
  /** What the merchant asked for. */
  readonly totalFen: Fen;
  /** What the payer paid: `totalFen` less all coupons. */
  readonly cashFen: Fen;
  /** What is settled: `totalFen` less `NO_CASH` coupons; absent without such coupons. */
  readonly settlementTotalFen?: Fen;
  readonly couponFen?: Fen;
  readonly couponCount?: number;
  readonly coupons: readonly Coupon[];
  /** ISO 4217; absent means CNY. */
  readonly feeType?: string;
  readonly cashFeeType?: string;
  readonly bankType: string;
  readonly openid?: Openid;
  readonly isSubscribe?: string;
  readonly subOpenid?: Openid;
  readonly subIsSubscribe?: string;
  readonly deviceInfo?: string;
  readonly attach?: string;
  /** When the payment was completed, UTC milliseconds. */
  readonly paidAtMs: number;
  /** JSON text, with `version` 1.0 only. */
  readonly promotionDetail?: string;
}

/** A trade state without money: all that is certain is which order it is. */
export interface UnpaidTrade {
  readonly outTradeNo: OutTradeNo;
  readonly attach?: string;
  /** WeChat Pay's own sentence about the state. */
  readonly tradeStateDesc?: string;
  readonly totalFen?: Fen;
}

/** The order as WeChat Pay knows it, tagged by its trade state. */
export type OrderqueryAnswer =
  | ({ readonly tradeState: 'SUCCESS' | 'REFUND'; readonly tradeStateDesc?: string } & Payment)
  | ({ readonly tradeState: Exclude<TradeState, 'SUCCESS' | 'REFUND'> } & UnpaidTrade);

const REQUEST: FieldTable<{ transactionId?: TransactionId; outTradeNo?: OutTradeNo; version?: '1.0' }> = {
  transactionId: optional(transactionId)('transaction_id'),
  outTradeNo: optional(outTradeNo)('out_trade_no'),
  version: optional(oneOf('1.0'))('version'),
};

/** The fields of {@link Payment}; shared by every answer and notification that reports one. */
const PAYMENT: FieldTable<Omit<Payment, 'coupons'>> = {
  transactionId: transactionId('transaction_id'),
  outTradeNo: outTradeNo('out_trade_no'),
  tradeType: text(16)('trade_type'),
  totalFen: fenAmount('total_fee'),
  cashFen: fenAmount('cash_fee'),
  settlementTotalFen: optional(fenAmount)('settlement_total_fee'),
  couponFen: optional(fenAmount)('coupon_fee'),
  couponCount: optional(count)('coupon_count'),
  feeType: optional(text(16))('fee_type'),
  cashFeeType: optional(text(16))('cash_fee_type'),
  bankType: text(32)('bank_type'),
  openid: optional(openid)('openid'),
  isSubscribe: optional(text(1))('is_subscribe'),
  subOpenid: optional(openid)('sub_openid'),
  subIsSubscribe: optional(text(1))('sub_is_subscribe'),
  deviceInfo: optional(text(32))('device_info'),
  attach: optional(text(128))('attach'),
  paidAtMs: beijingTime('time_end'),
  promotionDetail: optional(text(6000))('promotion_detail'),
};

const STATE: FieldTable<{ tradeState: TradeState; tradeStateDesc?: string }> = {
  tradeState: oneOf<TradeState>(
    'SUCCESS',
    'REFUND',
    'NOTPAY',
    'CLOSED',
    'REVOKED',
    'USERPAYING',
    'PAYERROR',
    'ACCEPT',
  )('trade_state'),
  tradeStateDesc: optional(text(256))('trade_state_desc'),
};

const UNPAID: FieldTable<Omit<UnpaidTrade, 'tradeStateDesc'>> = {
  outTradeNo: outTradeNo('out_trade_no'),
  attach: optional(text(128))('attach'),
  totalFen: optional(fenAmount)('total_fee'),
};

const CODES = {
  ...EVERYWHERE,
  ORDERNOTEXIST: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'no order has this number',
    remedy: 'check the number; an order whose placing had no answer may never have arrived',
  },
  INVALID_REQUEST: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the order belongs to another product',
    remedy: 'query it with the operation of that product',
  },
} as const satisfies CodeTable;

/** Reads the fields that report a payment, with its coupons as a list. */
export function readPayment(fields: Fields): Result<Payment, FieldReason> {
  const payment = readFields(PAYMENT, fields);
  if (!payment.ok) return payment;
  const coupons = readCoupons(fields);
  return coupons.ok ? ok({ ...payment.value, coupons: coupons.value }) : coupons;
}

function readAnswer(fields: Fields): Result<OrderqueryAnswer, FieldReason> {
  const state = readFields(STATE, fields);
  if (!state.ok) return state;
  const { tradeState, ...description } = state.value;
  if (tradeState === 'SUCCESS' || tradeState === 'REFUND') {
    const payment = readPayment(fields);
    return payment.ok ? ok({ tradeState, ...description, ...payment.value }) : payment;
  }
  const unpaid = readFields(UNPAID, fields);
  return unpaid.ok ? ok({ tradeState, ...description, ...unpaid.value }) : unpaid;
}

/**
 * 查询订单: never changes anything, so it may be repeated at will.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_2
 */
export const orderquery: Operation<OrderqueryRequest, OrderqueryAnswer> = {
  name: 'orderquery',
  path: '/pay/orderquery',
  clientCertificate: 'not-needed',
  answer: 'signed',
  signType: 'merchant',
  sender: 'appid-and-mchid',
  afterUnknown: 'repeat',
  codes: CODES,
  printRequest: (request) => {
    if (request.transactionId === undefined && request.outTradeNo === undefined) {
      return failure('field-missing', 'transaction_id or out_trade_no is required');
    }
    return printFields(REQUEST, request);
  },
  readAnswer,
};
