import { parametersAnswerSchema } from '../../contract/answers.ts';
import { nothing, orderPath } from '../../contract/requests.ts';
import { json, refuseFailure } from '../reply.ts';
import { defineRoute } from '../route.ts';

/** What the payer's client needs, signed anew. */
export const paymentParameters = defineRoute(
  {
    method: 'GET',
    path: '/v1/orders/{orderId}/parameters',
    about: "what the payer's client needs, signed now",
    params: orderPath,
    query: nothing,
    body: nothing,
    answer: parametersAnswerSchema,
  },
  async ({ params: { orderId } }, { keeper }) => {
    const parameters = await keeper.paymentParameters(orderId);
    return parameters.ok ? json({ parameters: parameters.value }) : refuseFailure(parameters);
  },
);
