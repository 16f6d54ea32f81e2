import { ok, type Result } from '@orderkeeper/protocol';
import type { OrderId } from '../core/order.ts';
import type { KeeperReason } from '../keeper.ts';
import type { TimelineEntry } from '../store/store.ts';
import type { WorkContext } from '../work/work-context.ts';
import { findOrder } from './wish.ts';

/** Everything that happened to an order, oldest first. */
export async function timeline(
  context: WorkContext,
  orderId: OrderId,
): Promise<Result<readonly TimelineEntry[], KeeperReason>> {
  const found = await findOrder(context, orderId);
  return found.ok ? ok(await context.store.timeline(orderId)) : found;
}
