import type { RefundStatus } from '../../trade/refund-status.ts';
import { ok, type Result } from '../../values/result.ts';
import type { FieldReason } from '../../v2/field-table.ts';
import { refundStatus } from '../json/json-kinds.ts';
import { type JsonTable, readJson } from '../json/json-table.ts';
import type { JsonObject } from '../json/json-value.ts';
import { type Party, readParty } from '../party.ts';
import { REFUND_CORE, type RefundCore } from '../refund-report.ts';

/** What a refund notice says: less than an answer, no currency and no settlement among it. */
export interface V3NoticedRefund extends Party, RefundCore {
  /** In the words of v2, as everywhere: CLOSED is REFUNDCLOSE, ABNORMAL is CHANGE. */
  readonly refundStatus: RefundStatus;
}

/** Unlike in answers the status is called `refund_status`. */
const REFUND: JsonTable<Omit<V3NoticedRefund, keyof Party>> = {
  ...REFUND_CORE,
  refundStatus: refundStatus('refund_status'),
};

/** Reads what a refund notice sealed. */
export function readNoticedRefund(resource: JsonObject): Result<V3NoticedRefund, FieldReason> {
  const party = readParty(resource);
  if (!party.ok) return party;
  const refund = readJson(REFUND, resource);
  return refund.ok ? ok({ ...refund.value, ...party.value }) : refund;
}
