import { failure, ok, type Result } from '@orderkeeper/protocol';
import type { Decision, RefusalReason } from '../core/decision.ts';
import type { Order, OrderId } from '../core/order.ts';
import type { KeeperReason } from '../keeper.ts';
import { type News, record } from '../work/record.ts';
import type { WorkContext } from '../work/work-context.ts';

/** What a refusal of the core is called outside. */
const REASON_OF: Readonly<Record<RefusalReason, KeeperReason>> = {
  'order-paid': 'already-final',
  'order-closed': 'already-final',
  'order-reversed': 'already-final',
  'order-closing': 'not-payable',
  'order-expired': 'not-payable',
  'attempt-live': 'not-payable',
  'no-live-attempt': 'not-payable',
  'out-trade-no-used': 'invalid-request',
  'amount-differs': 'invalid-request',
  'not-micropay': 'invalid-request',
  'no-such-attempt': 'invalid-request',
  'nothing-to-refund': 'invalid-request',
  'not-paid': 'not-paid',
  'more-than-paid': 'refund-too-large',
  'too-many-parts': 'too-many-refunds',
  'out-refund-no-used': 'refund-exists-different',
};

/** A refusal of the core, as it is called outside. */
export const refusedBy = ({ reason, message }: { reason: RefusalReason; message: string }) =>
  failure(REASON_OF[reason], message);

/** The answer for an order that is not there. */
export const noSuchOrder = (orderId: OrderId) => failure('no-such-order', `there is no order ${orderId}`);

/** The answer for a merchant that this keeper does not work for. */
export const noSuchMerchant = (mchid: string) =>
  failure('no-such-merchant', `merchant ${mchid} is not among those this keeper works for; check the configuration`);

/** Commits what the merchant wants, or says why it cannot be. */
export async function wish(
  context: WorkContext,
  orderId: OrderId,
  observationOf: (order: Order) => News['observation'] | undefined,
): Promise<Result<Decision | 'unchanged', KeeperReason>> {
  const recorded = await record(context, orderId, (order) => {
    const observation = observationOf(order);
    return observation === undefined ? undefined : { observation, source: 'merchant' };
  });
  if (recorded === 'no-such-order') return noSuchOrder(orderId);
  if (recorded === 'unchanged' || recorded.refused === undefined) return ok(recorded);
  return refusedBy(recorded.refused);
}

/** The order, where this keeper works for its merchant. */
export async function findOrder(context: WorkContext, orderId: OrderId): Promise<Result<Order, KeeperReason>> {
  const order = await context.store.find(orderId);
  if (order === undefined) return noSuchOrder(orderId);
  return context.merchants.has(order.mchid) ? ok(order) : noSuchMerchant(order.mchid);
}
