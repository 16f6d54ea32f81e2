import { failure, type Result } from '@orderkeeper/protocol';
import { attemptOf } from '../core/draft.ts';
import type { Order, Refund } from '../core/order.ts';
import type { KeeperReason, RefundRequest } from '../keeper.ts';
import { merchantOf, type WorkContext } from '../work/work-context.ts';
import { findOrder, wish } from './wish.ts';

/** Commits the intent to give money back (R1, R12); the call follows at once, and the refund is followed to its end. */
export async function refund(context: WorkContext, request: RefundRequest): Promise<Result<Order, KeeperReason>> {
  const { orderId, outRefundNo, refundFen, note } = request;
  const found = await findOrder(context, orderId);
  if (!found.ok) return found;
  const { mchid, paidBy } = found.value;
  const outTradeNo = request.outTradeNo ?? paidBy;
  if (outTradeNo === undefined) return failure('not-paid', `order ${orderId} is not paid: there is nothing to refund`);
  const owner = await context.store.findByOutRefundNo(mchid, outRefundNo);
  if (owner !== undefined && owner.orderId !== orderId)
    return failure(
      'refund-exists-different',
      `${outRefundNo} is a refund of order ${owner.orderId}; take a new number`,
    );
  const wanted: Refund = {
    outRefundNo,
    outTradeNo,
    refundFen,
    reason: 'asked',
    state: 'asked',
    askedAtMs: context.clock.nowMs(),
    looksMade: 0,
    ...(note === undefined ? {} : { note }),
  };
  // What WeChat Pay would not take is found before the intent is committed, because afterwards it would be a refusal.
  const attempt = attemptOf(found.value, outTradeNo);
  const checked = attempt && merchantOf(context, mchid).gatewayOf(attempt).checkRefund(wanted);
  if (checked?.ok === false) return failure('invalid-request', checked.message);
  const recorded = await wish(context, orderId, () => ({ kind: 'refund-wanted', refund: wanted }));
  return recorded.ok ? findOrder(context, orderId) : recorded;
}
