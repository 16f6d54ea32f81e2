import type { Result } from '@orderkeeper/protocol';
import type { Order, OrderId } from '../core/order.ts';
import type { KeeperReason } from '../keeper.ts';
import type { WorkContext } from '../work/work-context.ts';
import { doAtOnce, holdingWakes } from './do-at-once.ts';
import { findOrder, wish } from './wish.ts';

/**
 * The payer's client came back and wants to know: asks WeChat Pay now, unless it was asked in the last two seconds (R6),
 * and answers the order as it is afterwards.
 */
export async function ask(context: WorkContext, orderId: OrderId): Promise<Result<Order, KeeperReason>> {
  const found = await findOrder(context, orderId);
  if (!found.ok || found.value.state !== 'open') return found;
  const { held, release } = holdingWakes(context);
  try {
    const wanted = await wish(held, orderId, () => ({ kind: 'payer-returned' }));
    if (!wanted.ok) return wanted;
    await doAtOnce(held, orderId, ['query']);
    return await findOrder(context, orderId);
  } finally {
    release();
  }
}
