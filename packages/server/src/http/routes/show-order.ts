import { orderSchema, orderView } from '../../contract/order-view.ts';
import { nothing, orderPath, showQuery } from '../../contract/requests.ts';
import { json, refuseFailure } from '../reply.ts';
import { defineRoute } from '../route.ts';

/** An order as the keeper knows it, or as WeChat Pay says now. */
export const showOrder = defineRoute(
  {
    method: 'GET',
    path: '/v1/orders/{orderId}',
    about: 'the order; ?fresh asks WeChat Pay first, as when the payer comes back from the cashier',
    params: orderPath,
    query: showQuery,
    body: nothing,
    answer: orderSchema,
  },
  async ({ params: { orderId }, query: { fresh } }, { keeper }) => {
    const order = await (fresh === undefined ? keeper.show(orderId) : keeper.ask(orderId));
    return order.ok ? json(orderView(order.value)) : refuseFailure(order);
  },
);
