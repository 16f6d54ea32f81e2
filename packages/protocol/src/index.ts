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
export { parseRfc3339, printRfc3339, type Rfc3339Reason } from './values/rfc3339.ts';
export { type ApiKey, type ApiV3Key, createSecret, parseApiKey, parseApiV3Key, type Secret } from './values/secret.ts';
export type { Fields } from './v2/fields.ts';
export { type SignType, signFields } from './v2/sign/sign.ts';
export { stringToSign } from './v2/sign/string-to-sign.ts';
export { verifyFields, type VerifyReason } from './v2/sign/verify.ts';
export { printXml, type PrintXmlOptions, type PrintXmlReason } from './v2/xml/print-xml.ts';
export { readXml, type ReadXmlOptions, XML_BYTES_MAX, type XmlReason, type XmlRoot } from './v2/xml/read-xml.ts';
export type { CodeOutcome, CodeRow, CodeTable, Repeat } from './v2/codes/code-row.ts';
export { codeRowOf, UNLISTED } from './v2/codes/code-row-of.ts';
export { EVERYWHERE } from './v2/codes/everywhere.ts';
export { codeOfReturnMsg, RETURN_MSG_ROWS, type ReturnMsgRow } from './v2/codes/return-msg.ts';
export { type Coupon, type CouponType, readCoupons, type RefundCoupon } from './v2/coupons.ts';
export {
  type Envelope,
  type EnvelopeRules,
  readEnvelope,
  readUnsignedEnvelope,
  type UnreadableReason,
} from './v2/envelope.ts';
export { type AnswerFailure, type FailedEnvelope, type FailingRow, readFailure } from './v2/failure.ts';
export type { FieldReason } from './v2/field-table.ts';
export type { Goods, GoodsDetail, RefundGoods } from './v2/goods-detail.ts';
export type { Operation, OperationName, OperationRow, TextOperation } from './v2/operation.ts';
export { LISTED_CODES, type ListedCode, OPERATIONS } from './v2/operations.ts';
export {
  authcodetoopenid,
  type AuthcodetoopenidAnswer,
  type AuthcodetoopenidRequest,
} from './v2/operations/authcodetoopenid.ts';
export { closeorder, type CloseorderAnswer, type CloseorderRequest } from './v2/operations/closeorder.ts';
export { downloadbill, type DownloadbillRequest } from './v2/operations/downloadbill.ts';
export {
  downloadfundflow,
  type DownloadfundflowRequest,
  type FundflowAccountType,
} from './v2/operations/downloadfundflow.ts';
export {
  apiv2getsignkey,
  getsignkey,
  type GetsignkeyAnswer,
  type GetsignkeyRequest,
} from './v2/operations/getsignkey.ts';
export { micropay, type MicropayAnswer, type MicropayRequest } from './v2/operations/micropay.ts';
export {
  orderquery,
  type OrderqueryAnswer,
  type OrderqueryRequest,
  type UnpaidTrade,
} from './v2/operations/orderquery.ts';
export {
  refund,
  type RefundAccount,
  type RefundAnswer,
  type RefundContent,
  type RefundRequest,
} from './v2/operations/refund.ts';
export {
  type RefundNumber,
  refundquery,
  type RefundqueryAnswer,
  type RefundqueryRequest,
  type RefundRecord,
} from './v2/operations/refundquery.ts';
export { refundqueryv2, type Refundqueryv2Answer, type Refundqueryv2Request } from './v2/operations/refundqueryv2.ts';
export { refundv2, type Refundv2Answer, type Refundv2Request } from './v2/operations/refundv2.ts';
export {
  type BatchReport,
  type CallReport,
  report,
  type ReportAnswer,
  type ReportedTrade,
  type ReportRequest,
} from './v2/operations/report.ts';
export { reverse, type ReverseAnswer, type ReverseRequest } from './v2/operations/reverse.ts';
export { shorturl, type ShorturlAnswer, type ShorturlRequest } from './v2/operations/shorturl.ts';
export {
  type AppOrder,
  type JsapiOrder,
  type MwebOrder,
  type NativeOrder,
  type PayerIdentityType,
  unifiedorder,
  type UnifiedorderAnswer,
  type UnifiedorderRequest,
  type UnifiedorderTradeType,
} from './v2/operations/unifiedorder.ts';
export type { OrderContent } from './v2/order-content.ts';
export type { OrderNumber } from './v2/order-number.ts';
export { type Payment, readPayment } from './v2/payment.ts';
export { printRequest, type RequestSeal, type Sender, senderOf } from './v2/request.ts';
export type { H5Scene, SceneInfo, StoreScene } from './v2/scene-info.ts';
export { readTextAnswer, type TextAnswer } from './v2/text-answer.ts';
export { REFUND_STATUSES, type RefundStatus, type RefundStatusRow } from './trade/refund-status.ts';
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
export type { CellReason } from './v2/bill/cell-table.ts';
export { type FundFlowRow, type FundFlowSummary, readFundFlowBill } from './v2/bill/fund-flow-bill.ts';
export { BILL_BYTES_MAX, gunzipBill, type GunzipReason } from './v2/bill/gunzip.ts';
export {
  type BillType,
  FUND_FLOW_HEADER,
  FUND_FLOW_SUMMARY_HEADER,
  TRADE_BILL_HEADERS,
  TRADE_SUMMARY_HEADER,
} from './v2/bill/headers.ts';
export type { BillFlaw, BillItem, BillReason, BillRow, BillSummary } from './v2/bill/read-bill.ts';
export {
  type BillRefund,
  type BillTrade,
  readTradeBill,
  type TradeBillRow,
  type TradeBillSummary,
} from './v2/bill/trade-bill.ts';
export { AEAD_ALGORITHM, type AeadReason, openSealedText, type SealedText, sealText } from './v3/cipher/aead.ts';
export { decryptField, type DecryptFieldReason, encryptField, type EncryptFieldReason } from './v3/cipher/oaep.ts';
export {
  addKeys,
  createKeyRing,
  encryptionKeyOf,
  type KeyReason,
  type KeyRing,
  keyOf,
  type PlatformCertificate,
  PUBLIC_KEY_ID_PREFIX,
  type VerificationKey,
  type WechatpayPublicKey,
} from './v3/keys/key-ring.ts';
export { type CertificatesReason, readCertificates, readVerifiedCertificates } from './v3/keys/read-certificates.ts';
export {
  type KeyTextReason,
  type MerchantCredentials,
  type MerchantFiles,
  readMerchantCredentials,
  readMerchantPrivateKey,
  readPlatformCertificate,
  readWechatpayPublicKey,
} from './v3/keys/read-keys.ts';
export {
  type Authorization,
  type AuthorizationReason,
  printAuthorization,
  readAuthorization,
} from './v3/sign/authorization.ts';
export {
  signV3AppPayment,
  signV3JsapiPayment,
  signV3MiniProgramPayment,
  type V3AppPayment,
  type V3FrontEndRequest,
  type V3FrontEndSeal,
  type V3JsapiPayment,
  type V3MiniProgramPayment,
} from './v3/sign/front-end.ts';
export {
  answerMessage,
  printRequestMessage,
  printTimestamp,
  type SignedAnswer,
  type SignedRequest,
} from './v3/sign/message.ts';
export { isSignedBy, SCHEME, signMessage, signMessageAside } from './v3/sign/rsa.ts';
export {
  type AnswerVerifyReason,
  CLOCK_SKEW_MS_END,
  PROBE_PREFIX,
  verifyAnswer,
  type VerifyRequest,
} from './v3/sign/verify.ts';
export {
  type HeaderReason,
  type MessageHeaders,
  printWechatpayHeaders,
  readWechatpayHeaders,
  type WechatpayHeaders,
} from './v3/sign/wechatpay-headers.ts';
export type { V3CodeRow, V3CodeTable } from './v3/codes/code-row.ts';
export { V3_EVERYWHERE } from './v3/codes/rows.ts';
export { type NamedCode, v3CodeRowOf, type V3FailingRow } from './v3/codes/code-row-of.ts';
export { type FailedAnswer, type FailureDetail, readV3Failure, type V3Failure } from './v3/codes/failure.ts';
export { LISTED_SUB_CODES, type SubCode, subCodeOf } from './v3/codes/sub-code.ts';
export type { CombinedOrderReport, CombineNumber, SubOrderReport } from './v3/combined-order.ts';
export type { DiscountedGoods, V3Coupon, V3RefundCoupon } from './v3/coupons.ts';
export type { V3Goods, V3GoodsDetail } from './v3/goods-detail.ts';
export { type BillAddress, type BillHashReason, checkBillHash } from './v3/bill-address.ts';
export {
  JSON_BYTES_MAX,
  type JsonObject,
  type JsonTextReason,
  type JsonValue,
  readJsonText,
} from './v3/json/json-value.ts';
export type {
  SenderMembers,
  V3Answer,
  V3AnswerReason,
  V3Operation,
  V3OperationName,
  V3OperationRow,
  V3Request,
  V3Sendable,
} from './v3/operation.ts';
export { V3_LISTED_CODES, V3_OPERATIONS, type V3ListedCode } from './v3/operations.ts';
export {
  type ToMerchantCard,
  type ToPayerCard,
  v3AbnormalRefund,
  type V3AbnormalRefundRequest,
} from './v3/operations/abnormal-refund.ts';
export { v3App } from './v3/operations/app.ts';
export { v3Billdownload } from './v3/operations/billdownload.ts';
export { v3Fundflowbill, type V3FundflowbillRequest } from './v3/operations/fundflowbill.ts';
export {
  type EncryptedBill,
  v3SubMerchantFundflowbill,
  type V3SubMerchantFundflowbillAnswer,
  type V3SubMerchantFundflowbillRequest,
} from './v3/operations/sub-merchant-fundflowbill.ts';
export { v3Tradebill, type V3TradebillRequest } from './v3/operations/tradebill.ts';
export { v3Certificates } from './v3/operations/certificates.ts';
export { v3Close, type V3CloseAnswer, type V3CloseRequest } from './v3/operations/close.ts';
export { type CodepayScene, v3Codepay, type V3CodepayAnswer, type V3CodepayRequest } from './v3/operations/codepay.ts';
export { type CombineCloseRequest, v3CombineClose } from './v3/operations/combine-close.ts';
export {
  type CombineContent,
  type CombineH5Request,
  type CombineJsapiRequest,
  type CombineScene,
  type SubOrder,
  v3CombineApp,
  v3CombineH5,
  v3CombineJsapi,
  v3CombineNative,
} from './v3/operations/combine-place.ts';
export { v3CombineQuery } from './v3/operations/combine-query.ts';
export { v3H5, type V3H5Request } from './v3/operations/h5.ts';
export { v3Jsapi, type V3JsapiRequest } from './v3/operations/jsapi.ts';
export { v3Native } from './v3/operations/native.ts';
export { type V3QueryAnswer, v3QueryById, v3QueryByOutTradeNo } from './v3/operations/query.ts';
export { v3RefundQuery, type V3RefundQueryRequest } from './v3/operations/refund-query.ts';
export { type RefundSource, v3Refund, type V3RefundContent, type V3RefundRequest } from './v3/operations/refund.ts';
export { v3Reverse, type V3ReverseAnswer, type V3ReverseRequest } from './v3/operations/reverse.ts';
export type { V3H5Info, V3H5Scene, V3OrderContent, V3Scene } from './v3/order-content.ts';
export type { OrderParty, Party } from './v3/party.ts';
export type { V3Payment, V3TradeReport } from './v3/payment.ts';
export type { CodeUrlAnswer, H5UrlAnswer, PrepaidAnswer, V3Payer } from './v3/place.ts';
export type { V3RefundReport } from './v3/refund-report.ts';
export type { NoticeEnvelope, NoticeEnvelopeReason, V3NoticeRequest } from './v3/notices/notice-envelope.ts';
export type { V3NoticedRefund } from './v3/notices/refund-notice.ts';
export { type PaidOrder, readV3Notice, type V3Notice, type V3NoticeReason } from './v3/notices/v3-notice.ts';
export { type PrintedV3Reply, printV3NoticeReply, type V3NoticeReply } from './v3/notices/v3-notice-reply.ts';
export {
  type PrintedV3Notice,
  printV3Notice,
  printV3TestPayNotice,
  printV3TestRefundNotice,
  type SealedEvent,
  type TestNoticeSeal,
  type V3TestPayNotice,
  type V3TestRefundNotice,
} from './v3/notices/v3-test-notices.ts';
