import { type JsonObject, textAt } from '../json.ts';
import type { V3Desk } from '../operation.ts';
import { type V3Failure, v3Failed } from '../outcome.ts';
import { ownerOf } from '../parties.ts';

/** Checks that the one who signs places the combined order, under an appid that is bound to it. */
export function refusePlacer(desk: V3Desk): V3Failure | undefined {
  const owner = ownerOf(desk, { mchid: textAt(desk.body, 'combine_mchid') }, 'ordinary');
  return 'kind' in owner ? owner : refuseAppid(desk, desk.body);
}

/** Checks that the appid is bound to the one who signs. */
export function refuseAppid({ merchant }: V3Desk, named: JsonObject): V3Failure | undefined {
  return merchant.appids.has(textAt(named, 'combine_appid'))
    ? undefined
    : v3Failed('APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配，请检查后再试');
}
