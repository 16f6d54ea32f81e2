import { decide } from '../core/decide.ts';
import type { Decision } from '../core/decision.ts';
import type { Observation } from '../core/observation.ts';
import type { Mismatch, Order } from '../core/order.ts';
import type { Change } from '../store/store.ts';
import { announce, printObservation } from '../work/record.ts';
import { merchantOf } from '../work/work-context.ts';
import type { InboundContext } from './inbound-context.ts';
import { type Judgement, type ReadIncoming, receivedNotice } from './judgement.ts';

/** What a notice says about an order, and what vouches for it. */
export interface VerifiedNews {
  readonly observation: Observation;
  /** What does not match the order as it is (R4). */
  readonly mismatchesOf: (order: Order) => readonly Mismatch[];
  readonly source: string;
  /** Signed bytes of WeChat Pay. */
  readonly evidence?: Uint8Array;
}

/**
 * Decides and commits what a notice means for an order: order, events, duties, timeline and the notice itself in one
 * transaction. Resolves when that is durable. Of many equal notices, one after the other or at once, the first changes
 * something; the rest find nothing new and add nothing to the timeline (R5).
 */
export async function applyNotice(
  notice: ReadIncoming,
  { orderId }: Order,
  news: VerifiedNews,
  context: InboundContext,
): Promise<Judgement> {
  const { store, clock } = context;
  let mismatches: readonly Mismatch[] = [];
  const change = await store.change(orderId, (order) => {
    mismatches = news.mismatchesOf(order);
    const made = changeOf(notice, order, news, mismatches, context);
    return isNothingNew(order, made.decision) ? undefined : made;
  });
  if (change === 'no-such-order') throw new Error(`order ${orderId} was found and is not there any more`);
  const quarantined = mismatches.length === 0 ? undefined : `does not match the order: ${mismatches.join(', ')}`;
  if (change === 'unchanged') {
    // Other bytes than those that brought the news are kept as well, though they change nothing.
    await store.keepNotice(
      receivedNotice(notice, quarantined === undefined ? 'repeated' : 'quarantined', clock.nowMs()),
    );
    if (quarantined !== undefined) return { verdict: 'quarantined', message: quarantined, orderId };
    return { verdict: 'repeated', message: 'the order knows this already', orderId };
  }
  announce(context, change.decision);
  if (quarantined !== undefined) return { verdict: 'quarantined', message: quarantined, orderId };
  return { verdict: 'applied', message: change.decision.summary, orderId };
}

function changeOf(
  notice: ReadIncoming,
  order: Order,
  news: VerifiedNews,
  mismatches: readonly Mismatch[],
  context: InboundContext,
): Change {
  const nowMs = context.clock.nowMs();
  const { observation, source, evidence } = news;
  const verdict = mismatches.length === 0 ? 'applied' : 'quarantined';
  return {
    decision: decide(order, observation, nowMs, merchantOf(context, order.mchid).rules()),
    entry: {
      atMs: nowMs,
      source,
      observation: printObservation(observation),
      ...(evidence === undefined ? {} : { evidence }),
    },
    notice: receivedNotice(notice, verdict, nowMs),
  };
}

const isNothingNew = (before: Order, { order, events, alarms }: Decision): boolean =>
  order === before && events.length === 0 && alarms.length === 0;
