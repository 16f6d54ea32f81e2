import type { Appid, Mchid, Sender } from '@orderkeeper/protocol';

/** On whose behalf a service provider calls. */
export interface SubMerchant {
  readonly subMchid: Mchid;
  readonly subAppid?: Appid;
}

/** Who sends: the sub-merchant of a call stands in for both fields of the merchant's own. */
export function partyOf({ appid, mchid, subAppid, subMchid }: Sender, subMerchant: SubMerchant | undefined): Sender {
  if (subMerchant !== undefined) return { appid, mchid, ...subMerchant };
  if (subMchid === undefined && subAppid === undefined) return { appid, mchid };
  return {
    appid,
    mchid,
    ...(subAppid === undefined ? {} : { subAppid }),
    ...(subMchid === undefined ? {} : { subMchid }),
  };
}
