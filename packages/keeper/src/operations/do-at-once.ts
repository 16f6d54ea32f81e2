import { sleep } from '@orderkeeper/ports';
import type { DutyKind } from '../core/decision.ts';
import type { OrderId } from '../core/order.ts';
import { runDuty } from '../work/run-duty.ts';
import { CALL_DEADLINE_MS, type WorkContext } from '../work/work-context.ts';

/** A caller waits this long for WeChat Pay; then it is answered, and the work goes on without it. */
export const AT_ONCE_WAIT_MS = 5_000;

/** Begun at once, a duty needs no more than its one call; when the process dies, its payer does not wait longer. */
const AT_ONCE_LEASE_MS = CALL_DEADLINE_MS + 5_000;

/** While another process, or the runner of this one, has the duty, the order is looked at this often. */
const LOOK_EVERY_MS = 100;

/**
 * Does the due duties of one order here and now, because somebody waits for them: claimed like any other, so that no
 * call is doubled, and left to the schedule when the process dies. Resolves when they are done, or after
 * {@link AT_ONCE_WAIT_MS}.
 */
export async function doAtOnce(context: WorkContext, orderId: OrderId, kinds: readonly DutyKind[]): Promise<void> {
  const { store, clock, leaseOwner, budget } = context;
  const nowMs = clock.nowMs();
  const request = { nowMs, leaseMs: AT_ONCE_LEASE_MS, leaseOwner, limit: kinds.length, kinds, orderId };
  const duties = await store.claim(request);
  if (duties.length === 0) return waitForOther(context, orderId, kinds);
  for (const { mchid } of duties) budget.takeAnyway(mchid, nowMs);
  const work = Promise.all(duties.map((duty) => runDuty(duty, context)));
  context.track(work);
  const waiting = new AbortController();
  await Promise.race([work, sleep(clock, AT_ONCE_WAIT_MS, waiting.signal)]);
  waiting.abort();
}

/** Somebody else is at it: waits until the duty has ended or moved, not longer than for one of our own. */
async function waitForOther(context: WorkContext, orderId: OrderId, kinds: readonly DutyKind[]): Promise<void> {
  const { store, clock } = context;
  const startedAtMs = clock.nowMs();
  const isAtWork = async (): Promise<boolean> => {
    const duties = await store.dutiesOf(orderId);
    return duties.some(({ kind, dueAtMs }) => kinds.includes(kind) && dueAtMs <= startedAtMs);
  };
  while (clock.nowMs() - startedAtMs < AT_ONCE_WAIT_MS && (await isAtWork())) await sleep(clock, LOOK_EVERY_MS);
}

/**
 * A context in which nothing that is scheduled wakes the runner until `release`: so that whoever schedules a duty to do
 * it at once is not overtaken by the runner.
 */
export function holdingWakes(context: WorkContext): { readonly held: WorkContext; readonly release: () => void } {
  let earliestMs = Number.POSITIVE_INFINITY;
  const held: WorkContext = {
    ...context,
    wake: (dueAtMs) => {
      earliestMs = Math.min(earliestMs, dueAtMs);
    },
  };
  return {
    held,
    release: () => {
      if (Number.isFinite(earliestMs)) context.wake(earliestMs);
    },
  };
}
