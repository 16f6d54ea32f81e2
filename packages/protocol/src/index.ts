export {
  type BeijingDay,
  beijingDayOf,
  type BeijingTimeReason,
  parseBeijingDay,
  parseBeijingTime,
  parseDashedBeijingTime,
  printBeijingTime,
  printDashedBeijingTime,
} from './values/beijing-time.ts';
export { addFen, type Fen, type FenReason, fen, parseFen, parseYuan, printYuan, subtractFen } from './values/fen.ts';
export {
  type Appid,
  type Mchid,
  type NumberReason,
  type Openid,
  type OutRefundNo,
  type OutTradeNo,
  parseAppid,
  parseMchid,
  parseOpenid,
  parseOutRefundNo,
  parseOutTradeNo,
  parsePrepayId,
  parseRefundId,
  parseTransactionId,
  type PrepayId,
  type RefundId,
  type TransactionId,
} from './values/numbers.ts';
export { type Failure, failure, ok, type Result } from './values/result.ts';
export { type ApiKey, createSecret, parseApiKey, type Secret } from './values/secret.ts';
export type { Fields } from './v2/fields.ts';
export { type SignType, signFields } from './v2/sign/sign.ts';
export { stringToSign } from './v2/sign/string-to-sign.ts';
export { verifyFields, type VerifyReason } from './v2/sign/verify.ts';
export { printXml, type PrintXmlOptions, type PrintXmlReason } from './v2/xml/print-xml.ts';
export { readXml, type ReadXmlOptions, XML_BYTES_MAX, type XmlReason, type XmlRoot } from './v2/xml/read-xml.ts';
export type { CodeOutcome, CodeRow, CodeTable, Repeat } from './v2/codes/code-row.ts';
export { type Coupon, readCoupons } from './v2/coupons.ts';
export { type Envelope, type EnvelopeRules, readEnvelope, type UnreadableReason } from './v2/envelope.ts';
export type { Operation, OperationName } from './v2/operation.ts';
export { closeorder, type CloseorderAnswer, type CloseorderRequest } from './v2/operations/closeorder.ts';
export {
  orderquery,
  type OrderqueryAnswer,
  type OrderqueryRequest,
  type Payment,
  type UnpaidTrade,
} from './v2/operations/orderquery.ts';
export { printRequest, type RequestSeal, type Sender } from './v2/request.ts';
export { TRADE_STATES, type TradeState, type TradeStateRow } from './trade/trade-state.ts';
export type { TradeType } from './trade/trade-type.ts';
