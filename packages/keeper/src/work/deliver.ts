import type { LeasedDuty, StoredEvent } from '../store/store.ts';
import type { Destination } from './destination.ts';
import type { DutyRun } from './duty-run.ts';
import { LEASE_MS, type WorkContext } from './work-context.ts';

/** Events read at once for one destination. */
const EVENTS_PER_READ = 20;

/** After this time the rest is left for the next run: a send that begins then still ends within the lease. */
const WORK_MS_MAX = LEASE_MS / 6;

/**
 * Tells every destination the events of an order that it has not confirmed, in order (R13). A destination that fails
 * holds back its own events only. The duty ends when there is nothing left to tell; what fails is repeated after a wait,
 * counted by how often the duty was claimed since the last event.
 */
export const deliver: DutyRun = async (duty, _order, context) => {
  const startedAtMs = context.clock.nowMs();
  const { store, clock } = context;
  const waits = await Promise.all(
    context.destinations().map((destination) => tellAll({ duty, destination, startedAtMs }, context)),
  );
  const waitMs = Math.min(...waits);
  if (Number.isFinite(waitMs)) await store.postpone(duty, clock.nowMs() + waitMs);
  else await store.settle(duty);
  return Number.isFinite(waitMs) ? 'unknown' : 'done';
};

/** One destination's part of a run. */
interface Telling {
  readonly duty: LeasedDuty;
  readonly destination: Destination;
  readonly startedAtMs: number;
}

/** Tells what waits; answers after how long to come back, or never. */
async function tellAll(telling: Telling, context: WorkContext): Promise<number> {
  const { duty, destination, startedAtMs } = telling;
  for (;;) {
    const events = await context.store.undelivered(duty.orderId, destination.name, EVENTS_PER_READ);
    for (const event of events) {
      if (context.clock.nowMs() - startedAtMs > WORK_MS_MAX) return 0;
      const waitMs = await tellOne(event, telling, context);
      if (waitMs !== 'told') return waitMs;
    }
    if (events.length < EVENTS_PER_READ) return Number.POSITIVE_INFINITY;
  }
}

async function tellOne(event: StoredEvent, { duty, destination }: Telling, context: WorkContext) {
  const { store, clock, observe } = context;
  const { name, againAfterMs } = destination;
  const sent = destination.wants(event) ? await destination.send(event) : ({ sent: 'done' } as const);
  if (sent.sent === 'done') {
    await store.confirmDelivered(event.eventId, name, clock.nowMs());
    return 'told';
  }
  const waitMs = sent.sent === 'again' ? againAfterMs[duty.claims - 1] : undefined;
  if (waitMs !== undefined) return waitMs;
  const { orderId, mchid, eventId } = event;
  const { message } = sent;
  observe({ kind: 'delivery-given-up', orderId, mchid, eventId, destination: name, message, atMs: clock.nowMs() });
  return Number.POSITIVE_INFINITY;
}
