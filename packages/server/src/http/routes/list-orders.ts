import { orderPageSchema } from '../../contract/answers.ts';
import { orderView } from '../../contract/order-view.ts';
import { listQuery, nothing } from '../../contract/requests.ts';
import { json } from '../reply.ts';
import { defineRoute } from '../route.ts';

/** Orders, newest first, a page at a time. */
export const listOrders = defineRoute(
  {
    method: 'GET',
    path: '/v1/orders',
    about: 'orders, newest first; ?mchid=&state=&limit= choose, ?cursor= goes on after a page',
    params: nothing,
    query: listQuery,
    body: nothing,
    answer: orderPageSchema,
  },
  async ({ query: { mchid, state, limit, cursor } }, { keeper }) => {
    const { orders, nextCursor } = await keeper.list({
      limit,
      ...(mchid === undefined ? {} : { mchid }),
      ...(state === undefined ? {} : { state }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    return json({ orders: orders.map(orderView), ...(nextCursor === undefined ? {} : { nextCursor }) });
  },
);
