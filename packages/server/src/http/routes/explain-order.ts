import { explanationSchema, explanationView } from '../../contract/explanation-view.ts';
import { nothing, orderPath } from '../../contract/requests.ts';
import { json, refuseFailure } from '../reply.ts';
import { defineRoute } from '../route.ts';

/** Where an order stands, for a person. */
export const explainOrder = defineRoute(
  {
    method: 'GET',
    path: '/v1/orders/{orderId}/explain',
    about: 'where the order stands, why, what comes next and when, and what to do if that looks wrong',
    params: orderPath,
    query: nothing,
    body: nothing,
    answer: explanationSchema,
  },
  async ({ params: { orderId } }, { keeper }) => {
    const explanation = await keeper.explain(orderId);
    return explanation.ok ? json(explanationView(explanation.value)) : refuseFailure(explanation);
  },
);
