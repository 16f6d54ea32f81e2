import { failure, ok, type Result } from '@orderkeeper/protocol';
import { mayPay, type MayPayReason } from '../core/may-pay.ts';
import type { Attempt, Order, OrderId } from '../core/order.ts';
import type { KeeperReason, OpenedOrder } from '../keeper.ts';
import { placeObservation } from '../work/place.ts';
import { record } from '../work/record.ts';
import { merchantOf, type WorkContext } from '../work/work-context.ts';
import { doAtOnce } from './do-at-once.ts';
import { findOrder } from './wish.ts';

/** What can be done at once about an obstacle. */
const REMEDIES: Readonly<Record<MayPayReason, 'place' | 'place-again' | 'none'>> = {
  'not-placed-yet': 'place',
  'prepay-too-old': 'place-again',
  'order-not-open': 'none',
  'no-live-attempt': 'none',
  'payer-is-paying': 'none',
  ending: 'none',
  expired: 'none',
  micropay: 'none',
};

/**
 * The order with fresh parameters for its payer. What is missing is asked of WeChat Pay at once, within a few seconds; an
 * answer without parameters means that the keeper goes on, or that nothing is to be paid now: the order's state tells.
 * `rejected-by-wechat-pay` when its last attempt was refused for certain.
 */
export async function offerPayment(context: WorkContext, orderId: OrderId): Promise<Result<OpenedOrder, KeeperReason>> {
  const first = await findOrder(context, orderId);
  if (!first.ok) return first;
  const payable = mayPay(first.value, context.clock.nowMs());
  if (payable.ok) return offer(context, first.value);
  switch (REMEDIES[payable.reason]) {
    case 'place':
      await doAtOnce(context, orderId, ['place', 'query']);
      break;
    case 'place-again':
      await placeAgain(context, first.value);
      break;
    case 'none':
      return offer(context, first.value);
  }
  const second = await findOrder(context, orderId);
  return second.ok ? offer(context, second.value) : second;
}

function offer(context: WorkContext, order: Order): Result<OpenedOrder, KeeperReason> {
  const nowMs = context.clock.nowMs();
  const payable = mayPay(order, nowMs);
  if (payable.ok) {
    const { attempt, prepay } = payable.value;
    const gateway = merchantOf(context, order.mchid).gatewayOf(attempt);
    return ok({ order, parameters: gateway.paymentParameters(attempt, prepay, nowMs) });
  }
  const last = order.attempts.at(-1);
  return payable.reason === 'no-live-attempt' && last?.state === 'rejected' ? rejected(last) : ok({ order });
}

/** WeChat Pay refused the attempt; the order is still open. */
export const rejected = ({ outTradeNo, failureCode }: Attempt) =>
  failure(
    'rejected-by-wechat-pay',
    `WeChat Pay refused ${outTradeNo} with ${failureCode ?? 'no code'}; the timeline has its words. Remove the cause and pay again`,
  );

/** A new prepay id for the same order: the same call once more. When it is not answered, everything stays as it was. */
async function placeAgain(context: WorkContext, order: Order): Promise<void> {
  const attempt = order.attempts.at(-1);
  if (attempt === undefined) return;
  context.budget.takeAnyway(order.mchid, context.clock.nowMs());
  const outcome = await merchantOf(context, order.mchid).gatewayOf(attempt).place(attempt);
  const evidence = outcome.evidence === undefined ? {} : { evidence: outcome.evidence.body };
  const observation = placeObservation(attempt, outcome);
  await record(context, order.orderId, () => ({ observation, source: 'place', ...evidence }));
}
