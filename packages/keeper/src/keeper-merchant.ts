import type { Hosts, Merchant } from '@orderkeeper/client';
import type { Appid, Mchid } from '@orderkeeper/protocol';
import type { ProtocolVersion } from './core/order.ts';
import type { Rules } from './core/rules.ts';
import type { V3Merchant } from './gateway/v3-merchant.ts';
import type { CallLimits } from './work/budget.ts';

/** What a merchant can be spoken to with: the classic API, APIv3, or both, which are then the same merchant and appid. */
export type SpokenProtocols =
  | { readonly v2: Merchant; readonly v3?: V3Merchant }
  | { readonly v2?: Merchant; readonly v3: V3Merchant };

/** A merchant to keep orders for. */
export interface KeeperMerchant {
  readonly speaks: SpokenProtocols;
  /** What new attempts speak where a request does not say; default `v3` where the merchant speaks it. */
  readonly protocol?: ProtocolVersion;
  /** Where WeChat Pay sends notices about payments and refunds, whatever the protocol: https, public, no query. */
  readonly notifyUrl: string;
  /** Where this merchant's rules differ from those of the keeper. */
  readonly rules?: Partial<Rules>;
  /** How many calls this process makes for the merchant; default `CALL_LIMITS_DEFAULT`. */
  readonly callLimits?: CallLimits;
  /** Default: WeChat Pay's own. */
  readonly hosts?: Hosts;
}

/** Who a merchant is, in every protocol it speaks. */
export interface MerchantAccount {
  readonly mchid: Mchid;
  readonly appid: Appid;
  readonly protocol: ProtocolVersion;
}

/** The account of a merchant. Throws when its protocols name two accounts, or its choice is none of them. */
export function accountOf({ speaks, protocol }: KeeperMerchant): MerchantAccount {
  const [spoken, other] = [speaks.v3, speaks.v2].filter((merchant) => merchant !== undefined);
  if (spoken === undefined) throw new Error('a merchant must have the keys of at least one protocol');
  const { mchid, appid } = spoken;
  if (other !== undefined && (other.mchid !== mchid || other.appid !== appid)) {
    throw new Error(`merchant ${mchid} must have the same mchid and appid in both protocols; configure two merchants`);
  }
  if (protocol !== undefined && speaks[protocol] === undefined) {
    throw new Error(`merchant ${mchid} is to speak ${protocol} and has no keys for it; configure them`);
  }
  return { mchid, appid, protocol: protocol ?? (speaks.v3 === undefined ? 'v2' : 'v3') };
}
