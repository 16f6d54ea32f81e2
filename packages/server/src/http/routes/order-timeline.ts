import { nothing, orderPath } from '../../contract/requests.ts';
import { timelineSchema, timelineView } from '../../contract/timeline-view.ts';
import { json, refuseFailure } from '../reply.ts';
import { defineRoute } from '../route.ts';

/** Everything that happened to an order. */
export const orderTimeline = defineRoute(
  {
    method: 'GET',
    path: '/v1/orders/{orderId}/timeline',
    about: "everything that happened, oldest first, with WeChat Pay's messages as received",
    params: orderPath,
    query: nothing,
    body: nothing,
    answer: timelineSchema,
  },
  async ({ params: { orderId } }, { keeper }) => {
    const entries = await keeper.timeline(orderId);
    return entries.ok ? json(timelineView(entries.value)) : refuseFailure(entries);
  },
);
