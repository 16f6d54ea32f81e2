import { decide } from '../core/decide.ts';
import type { Decision } from '../core/decision.ts';
import type { Observation } from '../core/observation.ts';
import type { Order, OrderId } from '../core/order.ts';
import type { Change, LeasedDuty, ReceivedNotice } from '../store/store.ts';
import { merchantOf, type WorkContext } from './work-context.ts';

/** Something that happened to an order, with what vouches for it. */
export interface News {
  readonly observation: Observation;
  /** Who or what brought it: `query`, `notice`, `merchant` … */
  readonly source: string;
  /** Verified bytes of WeChat Pay's message. */
  readonly evidence?: Uint8Array;
  /** The duty that this finishes. */
  readonly settles?: LeasedDuty;
  /** The message that brought it. */
  readonly notice?: ReceivedNotice;
}

/** What recording came to. A refused wish is not committed: the decision says why, and nothing has changed. */
export type Recorded = Decision | 'no-such-order' | 'unchanged';

/**
 * Decides what news mean for an order as it is at that moment, and commits order, events, duties and timeline together.
 * `undefined` from `newsOf` commits nothing. Resolves when it is durable; then others are told and woken.
 */
export async function record(
  context: WorkContext,
  orderId: OrderId,
  newsOf: (order: Order) => News | undefined,
): Promise<Recorded> {
  let refused: Decision | undefined;
  const change = await context.store.change(orderId, (order) => {
    const news = newsOf(order);
    if (news === undefined) return undefined;
    const made = changeOf(context, order, news);
    if (made.decision.refused === undefined) return made;
    refused = made.decision;
    return undefined;
  });
  if (refused !== undefined) return refused;
  if (change === 'no-such-order' || change === 'unchanged') return change;
  announce(context, change.decision);
  return change.decision;
}

function changeOf(context: WorkContext, order: Order, news: News): Change {
  const { observation, source, evidence, settles, notice } = news;
  const nowMs = context.clock.nowMs();
  const decision = decide(order, observation, nowMs, merchantOf(context, order.mchid).rules());
  return {
    decision,
    entry: {
      atMs: nowMs,
      source,
      observation: printObservation(observation),
      ...(evidence === undefined ? {} : { evidence }),
    },
    ...(settles === undefined ? {} : { settles }),
    ...(notice === undefined ? {} : { notice }),
  };
}

/** The observation for the timeline; the code of a payer's phone does not belong there. */
export function printObservation(observation: Observation): string {
  return JSON.stringify(observation, (key, value: unknown) => (key === 'authCode' ? undefined : value));
}

/** After a commit: alarms ring, and whoever does the scheduled duties is woken. */
export function announce({ observe, wake, clock }: WorkContext, decision: Decision): void {
  const { order, events, alarms, duties } = decision;
  const { orderId, mchid } = order;
  for (const { type, sequence, atMs } of events)
    observe({ kind: 'event-stored', orderId, mchid, type, sequence, atMs });
  for (const alarm of alarms) observe({ kind: 'alarm', orderId, mchid, alarm, atMs: clock.nowMs() });
  const dueAtMs = duties.flatMap((duty) => (duty.change === 'schedule' ? [duty.dueAtMs] : []));
  if (dueAtMs.length > 0) wake(Math.min(...dueAtMs));
}
