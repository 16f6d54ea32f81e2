import { openedSchema } from '../../contract/answers.ts';
import { nothing, openOrderBody } from '../../contract/requests.ts';
import { refuseFailure } from '../reply.ts';
import { defineRoute } from '../route.ts';
import { expiryOfCall } from './expiry-of-call.ts';
import { merchantOfCall } from './merchant-of-call.ts';
import { openedReply } from './opened-reply.ts';

/** Opens an order, or answers the one that was opened with the same content. */
export const openOrder = defineRoute(
  {
    method: 'POST',
    path: '/v1/orders',
    about: 'opens an order and answers with what its payer needs; the same content again is the same order',
    params: nothing,
    query: nothing,
    body: openOrderBody,
    answer: openedSchema,
  },
  async ({ body }, desk) => {
    const mchid = merchantOfCall(body.mchid, desk);
    if (!mchid.ok) return refuseFailure(mchid);
    const { orderId, totalFen, description, tradeType, payerIp, openid, productId, attach, sceneInfo } = body;
    return openedReply(
      await desk.keeper.openOrder({
        orderId,
        mchid: mchid.value,
        totalFen,
        description,
        tradeType,
        payerIp,
        ...expiryOfCall(body),
        ...(openid === undefined ? {} : { openid }),
        ...(productId === undefined ? {} : { productId }),
        ...(attach === undefined ? {} : { attach }),
        ...(sceneInfo === undefined ? {} : { sceneInfo }),
        ...(body.protocol === undefined ? {} : { protocol: body.protocol }),
        ...(body.latePayment === undefined ? {} : { latePayment: body.latePayment }),
      }),
    );
  },
);
