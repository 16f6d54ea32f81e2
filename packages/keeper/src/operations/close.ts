import type { Result } from '@orderkeeper/protocol';
import type { Order, OrderId } from '../core/order.ts';
import type { KeeperReason } from '../keeper.ts';
import type { WorkContext } from '../work/work-context.ts';
import { findOrder, wish } from './wish.ts';

/**
 * Nothing more is wanted for an order: query, close, query begins, as soon as its attempt is old enough (R7). Answers at
 * once, with an order that gives out no more parameters.
 */
export async function close(
  context: WorkContext,
  orderId: OrderId,
  because: 'asked',
): Promise<Result<Order, KeeperReason>> {
  const found = await findOrder(context, orderId);
  if (!found.ok) return found;
  const wanted = await wish(context, orderId, () => ({ kind: 'close-wanted', because }));
  return wanted.ok ? findOrder(context, orderId) : wanted;
}
