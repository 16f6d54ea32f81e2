import type { Appid, Mchid } from '../values/numbers.ts';
import { failure, ok, type Result } from '../values/result.ts';
import type { FieldReason } from '../v2/field-table.ts';
import { appid, mchid, optional } from './json/json-kinds.ts';
import { type JsonTable, readJson } from './json/json-table.ts';
import type { JsonObject } from './json/json-value.ts';

/** Whose order or refund a message is about. Compare it with the merchant that you mean before believing the rest. */
export interface Party {
  /** For service providers: the provider's, `sp_mchid`. */
  readonly mchid: Mchid;
  readonly subMchid?: Mchid;
}

/** A {@link Party} with the appids, which messages about orders have. */
export interface OrderParty extends Party {
  /** For service providers: the provider's, `sp_appid`. */
  readonly appid: Appid;
  readonly subAppid?: Appid;
}

interface PartyMembers {
  readonly mchid?: Mchid;
  readonly spMchid?: Mchid;
  readonly subMchid?: Mchid;
}

const PARTY: JsonTable<PartyMembers> = {
  mchid: optional(mchid)('mchid'),
  spMchid: optional(mchid)('sp_mchid'),
  subMchid: optional(mchid)('sub_mchid'),
};

const APPIDS: JsonTable<{ readonly appid?: Appid; readonly spAppid?: Appid; readonly subAppid?: Appid }> = {
  appid: optional(appid)('appid'),
  spAppid: optional(appid)('sp_appid'),
  subAppid: optional(appid)('sub_appid'),
};

/** Reads whose message it is, under either side's names. */
export function readParty(object: JsonObject): Result<Party, FieldReason> {
  const party = readJson(PARTY, object);
  if (!party.ok) return party;
  const { mchid: own, spMchid, subMchid } = party.value;
  const number = spMchid ?? own;
  if (number === undefined) return failure('field-missing', 'mchid or sp_mchid is missing from the message');
  return ok(subMchid === undefined ? { mchid: number } : { mchid: number, subMchid });
}

/** Reads whose order it is, under either side's names. */
export function readOrderParty(object: JsonObject): Result<OrderParty, FieldReason> {
  const party = readParty(object);
  if (!party.ok) return party;
  const appids = readJson(APPIDS, object);
  if (!appids.ok) return appids;
  const { appid: own, spAppid, subAppid } = appids.value;
  const id = spAppid ?? own;
  if (id === undefined) return failure('field-missing', 'appid or sp_appid is missing from the message');
  return ok(Object.assign(party.value, subAppid === undefined ? { appid: id } : { appid: id, subAppid }));
}
