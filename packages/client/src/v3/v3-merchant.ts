import type { ApiV3Key, Appid, Mchid, MerchantCredentials, Secret, WechatpayPublicKey } from '@orderkeeper/protocol';

/** One merchant at WeChat Pay that speaks APIv3, or a service provider. Texts become one by `parseV3Merchant`. */
export interface V3Merchant {
  readonly appid: Appid;
  /** The merchant's number; a service provider's own. */
  readonly mchid: Mchid;
  /** What requests are signed with: the private key and the serial of the merchant's certificate. */
  readonly credentials: MerchantCredentials;
  /** Opens what WeChat Pay seals: notices and platform certificates. It is another than the API key of v2. */
  readonly apiV3Key: ApiV3Key;
  /**
   * WeChat Pay's public keys (微信支付公钥), from the merchant console. Without any, its platform certificates are
   * fetched, which merchants opened before late 2024 have. Both may be there, as during a switch from one to the other.
   */
  readonly publicKeys?: readonly WechatpayPublicKey[];
  /** For service providers: with `subMchid` the partner variant of every operation is called. */
  readonly subAppid?: Appid;
  readonly subMchid?: Mchid;
  /** The appid's secret (AppSecret), for OAuth and `jscode2session` only. */
  readonly appSecret?: Secret;
}
