import { type JsonObject, textAt } from './json.ts';
import { type MemberRules, text } from './check-members.ts';
import type { V3Desk, V3Party } from './operation.ts';
import { type V3Failure, v3Failed } from './outcome.ts';

/** For whom a call speaks: the merchant of the order and, from a service provider, the sub-merchant. */
export interface V3Owner {
  readonly mchid: string;
  /** Empty for ordinary merchants. */
  readonly subMchid: string;
}

/** The members that name the owner of an order. */
export const ownerRules = (party: V3Party): MemberRules =>
  party === 'ordinary'
    ? { mchid: text('商户号', 32, 'required') }
    : { sp_mchid: text('服务商户号', 32, 'required'), sub_mchid: text('子商户号', 32, 'required') };

/** The members of a refund that name its owner: none for ordinary merchants, `sub_mchid` for providers. */
export const SUB_MERCHANT: MemberRules = { sub_mchid: text('子商户号', 32) };

/** Checks that the one who signs is the one who is named, and may speak on this path. */
export function ownerOf({ merchant }: V3Desk, named: JsonObject, party: V3Party): V3Owner | V3Failure {
  const mchid = textAt(named, party === 'ordinary' ? 'mchid' : 'sp_mchid');
  const subMchid = party === 'ordinary' ? '' : textAt(named, 'sub_mchid');
  if (mchid !== merchant.mchid) {
    return v3Failed('PARAM_ERROR', 'http header中的mchid与post payload中的mchid不匹配');
  }
  if (merchant.role === 'provider' && party === 'ordinary') {
    return v3Failed('PARAM_ERROR', '受理机构必须传入sub_mch_id', { subCode: 268_443_704 });
  }
  if (merchant.role === 'ordinary' && party === 'partner') return v3Failed('NO_AUTH', '商户号与子商户号没有受理关系');
  if (subMchid === mchid) {
    return v3Failed('PARAM_ERROR', '子商户号不能与服务商户号相同', { subCode: 268_443_705 });
  }
  return { mchid, subMchid };
}

/** The owner by the signature alone, as refunds have it. */
export function ownerBySign({ merchant }: V3Desk, named: JsonObject): V3Owner | V3Failure {
  const subMchid = textAt(named, 'sub_mchid');
  if (merchant.role === 'provider' && subMchid === '') {
    return v3Failed('PARAM_ERROR', '受理机构必须传入sub_mchid', { subCode: 268_892_193 });
  }
  return { mchid: merchant.mchid, subMchid };
}
