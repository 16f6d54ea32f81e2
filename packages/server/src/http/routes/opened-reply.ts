import type { KeeperReason, OpenedOrder } from '@orderkeeper/keeper';
import type { Result } from '@orderkeeper/protocol';
import { orderView } from '../../contract/order-view.ts';
import { accepted, json, type Reply, refuseFailure } from '../reply.ts';

/** 201 with parameters; 202 while WeChat Pay has not answered; 200 when nothing is to be paid any more. */
export function openedReply(opened: Result<OpenedOrder, KeeperReason>): Reply {
  if (!opened.ok) return refuseFailure(opened);
  const { order, parameters } = opened.value;
  const view = orderView(order);
  if (parameters !== undefined) {
    const location = `/v1/orders/${encodeURIComponent(order.orderId)}`;
    return { kind: 'json', status: 201, value: { order: view, parameters }, headers: { location } };
  }
  return order.state === 'open' ? accepted({ order: view }) : json({ order: view });
}
