import type { ApiKey, Appid, Mchid, Secret, SignType } from '@orderkeeper/protocol';
import type { TlsIdentity } from '@orderkeeper/ports';

/** One merchant at WeChat Pay, or a service provider with one sub-merchant. Texts become one by `parseMerchant`. */
export interface Merchant {
  readonly appid: Appid;
  /** The merchant's number; a service provider's own. */
  readonly mchid: Mchid;
  readonly apiKey: ApiKey;
  /**
   * What requests are signed with; default HMAC-SHA256, as WeChat Pay's own Java SDK does in production: it costs
   * nothing and answers signed with MD5 are then refused. The old sandbox knows MD5 only.
   */
  readonly signType?: SignType;
  /** Proves the merchant to the operations that ask for a certificate; made by `loadTlsIdentity`. */
  readonly identity?: TlsIdentity;
  /** For service providers. */
  readonly subAppid?: Appid;
  readonly subMchid?: Mchid;
  /** The appid's secret (AppSecret), for OAuth and `jscode2session` only. */
  readonly appSecret?: Secret;
}

/** Used where a merchant does not choose. */
export const SIGN_TYPE_DEFAULT: SignType = 'HMAC-SHA256';
