import { ok, type Result } from '@orderkeeper/protocol';
import { explain as explainOrder, type Explanation } from '../core/explain.ts';
import type { OrderId } from '../core/order.ts';
import type { KeeperReason } from '../keeper.ts';
import { merchantOf, type WorkContext } from '../work/work-context.ts';
import { findOrder } from './wish.ts';

/** Where an order stands, why, what the keeper does next and when, and what to do if that looks wrong. */
export async function explain(context: WorkContext, orderId: OrderId): Promise<Result<Explanation, KeeperReason>> {
  const found = await findOrder(context, orderId);
  if (!found.ok) return found;
  const duties = await context.store.dutiesOf(orderId);
  const rules = merchantOf(context, found.value.mchid).rules();
  return ok(explainOrder(found.value, duties, { nowMs: context.clock.nowMs(), rules }));
}
