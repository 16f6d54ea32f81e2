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
export { type AppPayment, type AppPaymentRequest, signAppPayment } from './v2/front-end/app.ts';
export {
  type ChooseWxPayPayment,
  type JsapiPayment,
  type JsapiPaymentRequest,
  type MiniProgramPayment,
  signChooseWxPayPayment,
  signJsapiPayment,
  signMiniProgramPayment,
} from './v2/front-end/jsapi.ts';
export { addRedirectUrl, type MwebReason } from './v2/front-end/mweb.ts';
export {
  type NativeCallback,
  type NativeCallbackReason,
  type NativeReply,
  printNativeReply,
  readNativeCallback,
} from './v2/front-end/native-callback.ts';
export {
  type NativeLinkReason,
  type NativeLinkRequest,
  type NativeLinkSeal,
  printNativeLink,
} from './v2/front-end/native-link.ts';
export type { FrontEndSeal } from './v2/front-end/seal.ts';
export { type NoticeReply, printNoticeReply } from './v2/notices/notice-reply.ts';
export type { NoticeSender } from './v2/notices/notice-sender.ts';
export { type PayNotice, type PayNoticeReason, type PayNoticeRules, readPayNotice } from './v2/notices/pay-notice.ts';
export {
  readRefundNotice,
  type RefundNotice,
  type RefundNoticeDetails,
  type RefundNoticeEnd,
  type RefundNoticeReason,
} from './v2/notices/refund-notice.ts';
export { decryptReqInfo, encryptReqInfo, type ReqInfoReason } from './v2/notices/req-info.ts';
export {
  printTestPayNotice,
  printTestRefundNotice,
  type TestPayNotice,
  type TestRefundNotice,
} from './v2/notices/test-notices.ts';
export { type AccessTokenRequest, oauthAccessToken } from './oauth/access-token.ts';
export { type AuthAnswer, type AuthRequest, oauthAuth } from './oauth/auth.ts';
export { type AuthorizeReason, type AuthorizeRequest, authorizeUrl } from './oauth/authorize-url.ts';
export { jscode2session, type Jscode2sessionRequest, type MiniProgramSession } from './oauth/jscode2session.ts';
export type { JsonReason } from './oauth/json-object.ts';
export { oauthCodeRow } from './oauth/oauth-codes.ts';
export { OAUTH_HOSTS, type OauthAnswer, type OauthOperation } from './oauth/oauth-operation.ts';
export { oauthRefreshToken, type RefreshTokenRequest } from './oauth/refresh-token.ts';
export type { OauthToken } from './oauth/token.ts';
export { oauthUserinfo, type Userinfo, type UserinfoRequest } from './oauth/userinfo.ts';
