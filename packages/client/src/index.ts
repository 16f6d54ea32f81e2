export { CLOSE_WAIT_MS } from './core/placements.ts';
export { type Client, type ClientSettings, createClient } from './create-client.ts';
export { DEADLINE_MS_DEFAULT } from './line.ts';
export { type Hosts, OAUTH_HOSTS, PAY_HOSTS } from './hosts.ts';
export { LOCAL_CODES, type LocalCode } from './core/local-codes.ts';
export type { CallOptions } from './make-call.ts';
export { type Merchant, SIGN_TYPE_DEFAULT } from './merchant.ts';
export type { ClientEvent, Observe } from './observe.ts';
export {
  MERCHANT_TEXTS_FOUND,
  type MerchantTexts,
  parseMerchant,
} from './parse-merchant.ts';
export type { Oauth } from './oauth/oauth.ts';
export type { Attempt, CallRecord, Done, Outcome, Rejected, Unknown, UnknownReason } from './outcome.ts';
export { UNKNOWN_REASONS } from './core/unknown-reasons.ts';
export type { CloseOrderOptions } from './v2/close-order.ts';
export type { SubMerchant } from './sub-merchant.ts';
export type { V2CallOptions } from './v2/send.ts';
export {
  loadTlsIdentity,
  type TlsIdentityExpectations,
  type TlsIdentityReason,
  type TlsIdentitySource,
} from './tls/load-tls-identity.ts';
export type { RawCallOptions } from './v2/call.ts';
export type { FundFlowBill, TradeBill } from './bills.ts';
export type { GetSignKeyRequest } from './v2/get-sign-key.ts';
export { MICROPAY_DEADLINE_MS } from './pay-by-code.ts';
export { createV3Client, type V3Client, type V3ClientSettings, type V3Method } from './v3/create-v3-client.ts';
export type { V3Merchant } from './v3/v3-merchant.ts';
export {
  parseV3Merchant,
  type PublicKeyTexts,
  V3_MERCHANT_TEXTS_FOUND,
  type V3MerchantTexts,
} from './v3/parse-v3-merchant.ts';
export type { AbnormalRefundRequest } from './v3/abnormal-refund.ts';
export type { V3RawCallOptions, V3RawRequest } from './v3/call.ts';
export type { CodepayOptions } from './v3/codepay.ts';
export type { KeysReason, KeysResult, V3Keys } from './v3/keys.ts';
export type { ReceivedNotice } from './v3/read-notice.ts';
export type { V3CallOptions } from './v3/send.ts';
