import { orderSchema, orderView } from '../../contract/order-view.ts';
import { closeBody, nothing, orderPath } from '../../contract/requests.ts';
import { accepted, json, refuseFailure } from '../reply.ts';
import { defineRoute } from '../route.ts';

/** Wants nothing more to be paid for an order. */
export const closeOrder = defineRoute(
  {
    method: 'POST',
    path: '/v1/orders/{orderId}/close',
    about:
      'closes the order, a classic one as soon as it is five minutes old; 202 until it is closed, or paid after all',
    params: orderPath,
    query: nothing,
    body: closeBody,
    answer: orderSchema,
  },
  async ({ params: { orderId } }, { keeper }) => {
    const order = await keeper.close(orderId, 'asked');
    if (!order.ok) return refuseFailure(order);
    const view = orderView(order.value);
    return view.state === 'open' ? accepted(view) : json(view);
  },
);
