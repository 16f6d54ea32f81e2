import type { OutTradeNo } from '../../values/numbers.ts';
import { tableReader } from '../answer.ts';
import { REVERSE_V3_CODES } from '../codes/payments.ts';
import { anyOutTradeNo } from '../json/json-kinds.ts';
import { type JsonTable, printJson, type SentJsonTable } from '../json/json-table.ts';
import type { V3Operation } from '../operation.ts';
import { transactionPaths } from '../place.ts';
import { printV3Request } from '../request.ts';

/** Takes an order that was paid by code back: closes it when unpaid, returns the money when paid. */
export interface V3ReverseRequest {
  readonly outTradeNo: OutTradeNo;
}

/** The order is reversed; a query says REVOKED from now on. */
export interface V3ReverseAnswer {
  readonly outTradeNo: OutTradeNo;
}

const NUMBER: SentJsonTable<V3ReverseRequest> = { outTradeNo: anyOutTradeNo('out_trade_no') };
const ANSWER: JsonTable<V3ReverseAnswer> = { outTradeNo: anyOutTradeNo('out_trade_no') };

const ROW = {
  name: 'reverse',
  method: 'POST',
  paths: transactionPaths('out-trade-no/{out_trade_no}/reverse'),
  sender: 'appid-and-mchid',
  success: [200],
  answer: 'signed',
  effect: 'changes',
  afterUnknown: 'repeat',
  codes: REVERSE_V3_CODES,
} as const;

/**
 * 撤销订单. Little is documented; the rules of v2 are presumed: within seven days, not before 15 seconds after the
 * payment was asked for, and safe to repeat.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012382150
 */
export const v3Reverse: V3Operation<V3ReverseRequest, V3ReverseAnswer> = {
  ...ROW,
  printRequest: (request, sender) => printV3Request(ROW, sender, { path: printJson(NUMBER, request) }),
  readAnswer: tableReader(ANSWER),
};
