import type { ApiV3Key, Appid, Mchid, MerchantCredentials, Secret, WechatpayPublicKey } from '@orderkeeper/protocol';

/** One merchant at WeChat Pay who speaks APIv3, or a service provider with one sub-merchant. */
export interface V3Merchant {
  readonly appid: Appid;
  /** The merchant's number; a service provider's own. */
  readonly mchid: Mchid;
  readonly credentials: MerchantCredentials;
  readonly apiV3Key: ApiV3Key;
  /** From the merchant console; without any, certificates are fetched. */
  readonly publicKeys?: readonly WechatpayPublicKey[];
  /** For service providers. */
  readonly subAppid?: Appid;
  readonly subMchid?: Mchid;
  /** The appid's secret (AppSecret), for OAuth and `jscode2session` only. */
  readonly appSecret?: Secret;
}
