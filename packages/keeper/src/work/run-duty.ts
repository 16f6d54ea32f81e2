import type { DutyKind } from '../core/decision.ts';
import type { LeasedDuty } from '../store/store.ts';
import { close } from './close.ts';
import { deliver } from './deliver.ts';
import { type DutyRun, settle } from './duty-run.ts';
import { followRefund } from './follow-refund.ts';
import type { DutyOutcome } from '../observe/keeper-event.ts';
import { place } from './place.ts';
import { plannedDuty } from './planned-duty.ts';
import { query } from './query.ts';
import { refund } from './refund.ts';
import { reverse } from './reverse.ts';
import type { WorkContext } from './work-context.ts';

/** One file per kind of duty. */
const DUTIES: Readonly<Record<DutyKind, DutyRun>> = {
  place,
  query,
  close,
  reverse,
  refund,
  'follow-refund': followRefund,
  deliver,
};

/** After a run that threw, the duty waits as long as it has claims, up to this. */
const FAILED_WAIT_MS = 5_000;
const FAILED_WAIT_MS_MAX = 5 * 60_000;

/** A merchant of another process, or of an earlier configuration. */
const STRANGER_WAIT_MS = 60_000;

/** Runs a claimed duty to its end and tells of it; never rejects. */
export async function runDuty(duty: LeasedDuty, context: WorkContext): Promise<DutyOutcome> {
  const { clock, observe } = context;
  const startedAtMs = clock.nowMs();
  const { kind, subject, orderId, mchid, priority, dueAtMs } = duty;
  const told = { kind: 'duty-run', duty: kind, subject, orderId, mchid, priority } as const;
  const lagMs = startedAtMs - dueAtMs;
  try {
    const outcome = await runIfWanted(duty, context);
    observe({ ...told, outcome, lagMs, tookMs: clock.nowMs() - startedAtMs, atMs: clock.nowMs() });
    return outcome;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    observe({ ...told, outcome: 'failed', lagMs, tookMs: clock.nowMs() - startedAtMs, atMs: clock.nowMs(), message });
    await giveBack(duty, context);
    return 'failed';
  }
}

async function runIfWanted(duty: LeasedDuty, context: WorkContext): Promise<DutyOutcome> {
  const { store, clock, merchants } = context;
  const order = await store.find(duty.orderId);
  if (order === undefined) throw new Error(`a duty names order ${duty.orderId}, which the store does not have`);
  const merchant = merchants.get(duty.mchid);
  if (merchant === undefined) {
    await store.postpone(duty, clock.nowMs() + STRANGER_WAIT_MS);
    return 'not-wanted';
  }
  const planned = plannedDuty(order, duty, merchant.rules());
  if (planned === undefined) return settle(duty, context);
  if (planned.dueAtMs > clock.nowMs()) {
    await store.postpone(duty, planned.dueAtMs);
    return 'not-wanted';
  }
  return DUTIES[duty.kind](duty, order, context);
}

/** A run that failed gives its duty back for later; when even that fails, the lease runs out by itself (R16). */
async function giveBack(duty: LeasedDuty, { store, clock }: WorkContext): Promise<void> {
  const waitMs = Math.min(FAILED_WAIT_MS * duty.claims, FAILED_WAIT_MS_MAX);
  try {
    await store.postpone(duty, clock.nowMs() + waitMs);
  } catch {
    // The store is out of reach; see above.
  }
}
