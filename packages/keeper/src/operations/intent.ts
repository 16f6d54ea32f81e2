import { failure, ok, type Result } from '@orderkeeper/protocol';
import { openOrder, type OrderWish } from '../core/open-order.ts';
import type { Order } from '../core/order.ts';
import type { KeeperReason } from '../keeper.ts';
import { announce, printObservation } from '../work/record.ts';
import type { KeptMerchant } from '../work/kept-merchant.ts';
import type { WorkContext } from '../work/work-context.ts';

/**
 * Commits an order before anything of it leaves (R1). The same id with the same content is the order there is; with
 * other content it is refused, and the fields that differ are named.
 */
export async function commitIntent(
  context: WorkContext,
  merchant: KeptMerchant,
  wanted: OrderWish,
): Promise<Result<Order, KeeperReason>> {
  const nowMs = context.clock.nowMs();
  const opened = openOrder(wanted, { nowMs, rules: merchant.rules() });
  if (!opened.ok) return failure('invalid-request', opened.message);
  const decision = opened.value;
  const [attempt] = decision.order.attempts;
  if (attempt === undefined) throw new Error('an order opens with an attempt');
  const checked = merchant.gatewayOf(attempt).check(attempt);
  if (!checked.ok) return failure('invalid-request', checked.message);
  const observation = printObservation({ kind: 'attempt-wanted', attempt });
  const inserted = await context.store.insert({ decision, entry: { atMs: nowMs, source: 'merchant', observation } });
  switch (inserted.result) {
    case 'inserted':
      announce(context, decision);
      return ok(inserted.order);
    case 'exists':
      return ok(inserted.order);
    case 'exists-different':
      return failure(
        'order-exists-different',
        `order ${wanted.orderId} exists with other ${inserted.fields.join(', ')}; take a new orderId for another order`,
      );
  }
}
