import { orderSchema, orderView } from '../../contract/order-view.ts';
import { nothing, orderPath, refundBody } from '../../contract/requests.ts';
import { accepted, json, refuseFailure } from '../reply.ts';
import { defineRoute } from '../route.ts';

const UNDER_WAY: ReadonlySet<string> = new Set(['asked', 'processing']);

/** Gives money back, in whole or in part. */
export const refundOrder = defineRoute(
  {
    method: 'POST',
    path: '/v1/orders/{orderId}/refunds',
    about: 'refunds a part or all of what was paid; 202 while it is under way, and an event tells how it ended',
    params: orderPath,
    query: nothing,
    body: refundBody,
    answer: orderSchema,
  },
  async ({ params: { orderId }, body: { outRefundNo, refundFen, outTradeNo, note } }, { keeper }) => {
    const order = await keeper.refund({
      orderId,
      outRefundNo,
      refundFen,
      ...(outTradeNo === undefined ? {} : { outTradeNo }),
      ...(note === undefined ? {} : { note }),
    });
    if (!order.ok) return refuseFailure(order);
    const view = orderView(order.value);
    const state = view.refunds.find((refund) => refund.outRefundNo === outRefundNo)?.state ?? 'asked';
    return UNDER_WAY.has(state) ? accepted(view) : json(view);
  },
);
