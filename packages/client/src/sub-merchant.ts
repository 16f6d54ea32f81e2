import type { Appid, Mchid } from '@orderkeeper/protocol';

/** On whose behalf a service provider calls. */
export interface SubMerchant {
  readonly subMchid: Mchid;
  readonly subAppid?: Appid;
}
