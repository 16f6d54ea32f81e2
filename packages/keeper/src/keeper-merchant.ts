import type { Hosts, Merchant, V3ClientSettings, V3Merchant } from '@orderkeeper/client';
import type { Appid, Mchid } from '@orderkeeper/protocol';
import type { ProtocolVersion } from './core/order.ts';
import type { Rules } from './core/rules.ts';
import type { CallLimits } from './core/call-limits.ts';

/** What a merchant can be spoken to with: the classic API, APIv3, or both, which are then the same merchant and appid. */
export type SpokenProtocols =
  | { readonly v2: Merchant; readonly v3?: V3Merchant }
  | { readonly v2?: Merchant; readonly v3: V3Merchant };

/** A merchant to keep orders for. */
export interface KeeperMerchant {
  readonly speaks: SpokenProtocols;
  /**
   * What new attempts speak where a request does not say; default `v3` where the merchant speaks it. A payer's code is
   * charged with v2 where the merchant has its keys and its certificate, whatever this says: WeChat Pay's texts contradict
   * each other on whether APIv3 takes codes.
   */
  readonly protocol?: ProtocolVersion;
  /** Where WeChat Pay sends notices about payments and refunds, whatever the protocol: https, public, no query. */
  readonly notifyUrl: string;
  /** Where this merchant's rules differ from those of the keeper. */
  readonly rules?: Partial<Rules>;
  /** How many calls this process makes for the merchant; default `CALL_LIMITS_DEFAULT`. */
  readonly callLimits?: CallLimits;
  /** Default: WeChat Pay's own. */
  readonly hosts?: Hosts;
  /** How the client of APIv3 takes unsigned refusals, and where it signs; default as the client's own. */
  readonly v3Settings?: Pick<V3ClientSettings, 'unsignedRefusals' | 'signing'>;
}

/** Who a merchant is, in every protocol it speaks. */
export interface MerchantAccount {
  readonly mchid: Mchid;
  readonly appid: Appid;
  /** What new attempts speak where nobody says. */
  readonly protocol: ProtocolVersion;
  /** The same for a payer's code. */
  readonly chargesBy: ProtocolVersion;
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
  const newest = speaks.v3 === undefined ? 'v2' : 'v3';
  // Without its certificate v2 could charge a code and not take it back.
  const chargesBy = speaks.v2?.identity === undefined ? newest : 'v2';
  return { mchid, appid, protocol: protocol ?? newest, chargesBy };
}
