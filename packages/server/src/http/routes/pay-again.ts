import { openedSchema } from '../../contract/answers.ts';
import { nothing, orderPath, payAgainBody } from '../../contract/requests.ts';
import { defineRoute } from '../route.ts';
import { expiryOfCall } from './expiry-of-call.ts';
import { openedReply } from './opened-reply.ts';

/** Gives the payer another try. */
export const payAgain = defineRoute(
  {
    method: 'POST',
    path: '/v1/orders/{orderId}/attempts',
    about: 'lets the payer try again: the live attempt where it serves, else a new one once the old one is final',
    params: orderPath,
    query: nothing,
    body: payAgainBody,
    answer: openedSchema,
  },
  async ({ params: { orderId }, body }, { keeper }) => {
    const { tradeType, openid, payerIp, productId, sceneInfo, protocol } = body;
    return openedReply(
      await keeper.payAgain(orderId, {
        ...expiryOfCall(body),
        ...(tradeType === undefined ? {} : { tradeType }),
        ...(openid === undefined ? {} : { openid }),
        ...(payerIp === undefined ? {} : { payerIp }),
        ...(productId === undefined ? {} : { productId }),
        ...(sceneInfo === undefined ? {} : { sceneInfo }),
        ...(protocol === undefined ? {} : { protocol }),
      }),
    );
  },
);
