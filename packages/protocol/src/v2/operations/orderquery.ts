import { TRADE_STATE_WORDS, type TradeState } from '../../trade/trade-state.ts';
import type { Fen } from '../../values/fen.ts';
import type { OutTradeNo, TransactionId } from '../../values/numbers.ts';
import type { Result } from '../../values/result.ts';
import { ORDERQUERY_CODES } from '../codes/orderquery.ts';
import { fenAmount, oneOf, optional, outTradeNo, text, transactionId } from '../field-kinds.ts';
import { type FieldReason, type FieldTable, printFields, readFields } from '../field-table.ts';
import type { Fields } from '../fields.ts';
import type { Operation } from '../operation.ts';
import { ORDER_NUMBER, type OrderNumber, requireOrderNumber } from '../order-number.ts';
import { type Payment, PAYMENT, withCoupons } from '../payment.ts';

/** Asks for one order, by WeChat Pay's number or by the merchant's. */
export type OrderqueryRequest = OrderNumber & {
  /** `1.0` with the single-item discount feature; brings `promotionDetail`. */
  readonly version?: '1.0';
};

/** A trade state without money: all that is certain is which order it is. */
export interface UnpaidTrade {
  readonly outTradeNo: OutTradeNo;
  /** Where WeChat Pay tells it, as it may for an order that was paid and then reversed. */
  readonly transactionId?: TransactionId;
  readonly attach?: string;
  /** WeChat Pay's own sentence about the state. */
  readonly tradeStateDesc?: string;
  readonly totalFen?: Fen;
}

/** The order as WeChat Pay knows it, tagged by its trade state. */
export type OrderqueryAnswer =
  | ({ readonly tradeState: 'SUCCESS' | 'REFUND'; readonly tradeStateDesc?: string } & Payment)
  | ({ readonly tradeState: Exclude<TradeState, 'SUCCESS' | 'REFUND'> } & UnpaidTrade);

const REQUEST: FieldTable<Partial<Pick<Payment, 'transactionId' | 'outTradeNo'>> & { version?: '1.0' }> = {
  ...ORDER_NUMBER,
  version: optional(oneOf('1.0'))('version'),
};

const STATE: FieldTable<{ tradeState: TradeState }> = {
  tradeState: oneOf(...TRADE_STATE_WORDS)('trade_state'),
};

const DESCRIPTION: FieldTable<{ tradeStateDesc?: string }> = {
  tradeStateDesc: optional(text(256))('trade_state_desc'),
};

const PAID = { ...DESCRIPTION, ...PAYMENT };

/** Essential are the state and which order it is; the state is read first. */
const UNPAID: FieldTable<UnpaidTrade> = {
  ...DESCRIPTION,
  outTradeNo: outTradeNo('out_trade_no'),
  transactionId: optional(transactionId)('transaction_id'),
  attach: optional(text(128))('attach'),
  totalFen: optional(fenAmount)('total_fee'),
};

function readAnswer(fields: Fields): Result<OrderqueryAnswer, FieldReason> {
  const state = readFields(STATE, fields);
  if (!state.ok) return state;
  const { tradeState } = state.value;
  return tradeState === 'SUCCESS' || tradeState === 'REFUND'
    ? withCoupons(readFields(PAID, fields, { tradeState }), fields)
    : readFields(UNPAID, fields, { tradeState });
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
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: ORDERQUERY_CODES,
  printRequest: (request) => requireOrderNumber(printFields(REQUEST, request)),
  readAnswer,
};
