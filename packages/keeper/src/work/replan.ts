import type { Mchid } from '@orderkeeper/protocol';
import { openOrdersOf } from './losing-notices.ts';
import { record } from './record.ts';
import type { WorkContext } from './work-context.ts';

/**
 * A merchant's notices have begun to get lost: its open orders are planned anew, so that those whose next query is far
 * away are asked about soon. What is not reached (the process dies) comes to its next query as planned.
 */
export async function replanOpenOrders(context: WorkContext, mchid: Mchid): Promise<void> {
  for await (const orderId of openOrdersOf(context.store, mchid)) {
    await record(context, orderId, () => ({ observation: { kind: 'rules-changed' }, source: 'notices being lost' }));
  }
}
