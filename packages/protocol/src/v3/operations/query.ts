import type { OutTradeNo, TransactionId } from '../../values/numbers.ts';
import { ok, type Result } from '../../values/result.ts';
import { answerReader } from '../answer.ts';
import { QUERY_CODES } from '../codes/payments.ts';
import { anyOutTradeNo, transactionId } from '../json/json-kinds.ts';
import { printJson, type SentJsonTable } from '../json/json-table.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { V3AnswerReason, V3Operation, V3OperationRow } from '../operation.ts';
import { type OrderParty, readOrderParty } from '../party.ts';
import { readTradeReport, type V3TradeReport } from '../payment.ts';
import { transactionPaths } from '../place.ts';
import { printV3Request } from '../request.ts';

/** The order as WeChat Pay knows it, and whose it is. */
export type V3QueryAnswer = V3TradeReport & OrderParty;

const QUERYING = {
  method: 'GET',
  sender: 'mchid',
  success: [200],
  answer: 'signed',
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: QUERY_CODES,
} as const satisfies Partial<V3OperationRow>;

/** Reads an order of an answer. */
export function readOrder(object: JsonObject): Result<V3QueryAnswer, V3AnswerReason> {
  const party = readOrderParty(object);
  if (!party.ok) return party;
  const report = readTradeReport(object);
  return report.ok ? ok(Object.assign(report.value, party.value)) : report;
}

const readAnswer = answerReader(readOrder);

const BY_ID: SentJsonTable<{ readonly transactionId: TransactionId }> = {
  transactionId: transactionId('transaction_id'),
};

const ID_ROW = { ...QUERYING, name: 'query-by-id', paths: transactionPaths('id/{transaction_id}') } as const;

/**
 * 微信支付订单号查询订单: paid orders only, as others have no such number.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791858
 */
export const v3QueryById: V3Operation<{ readonly transactionId: TransactionId }, V3QueryAnswer> = {
  ...ID_ROW,
  printRequest: (request, sender) => printV3Request(ID_ROW, sender, { path: printJson(BY_ID, request) }),
  readAnswer,
};

const BY_NUMBER: SentJsonTable<{ readonly outTradeNo: OutTradeNo }> = { outTradeNo: anyOutTradeNo('out_trade_no') };

const NUMBER_ROW = {
  ...QUERYING,
  name: 'query-by-out-trade-no',
  paths: transactionPaths('out-trade-no/{out_trade_no}'),
} as const;

/**
 * 商户订单号查询订单.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791859
 */
export const v3QueryByOutTradeNo: V3Operation<{ readonly outTradeNo: OutTradeNo }, V3QueryAnswer> = {
  ...NUMBER_ROW,
  printRequest: (request, sender) => printV3Request(NUMBER_ROW, sender, { path: printJson(BY_NUMBER, request) }),
  readAnswer,
};
