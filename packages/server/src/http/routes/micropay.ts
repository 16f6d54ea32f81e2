import { openedSchema } from '../../contract/answers.ts';
import { orderView } from '../../contract/order-view.ts';
import { micropayBody, nothing } from '../../contract/requests.ts';
import { accepted, json, refuseFailure } from '../reply.ts';
import { defineRoute } from '../route.ts';
import { merchantOfCall } from './merchant-of-call.ts';

/** Attempts in these states are still being worked on. */
const UNDER_WAY: ReadonlySet<string> = new Set(['creating', 'open', 'paying', 'reversing']);

/** Charges the code on a payer's phone. */
export const micropay = defineRoute(
  {
    method: 'POST',
    path: '/v1/micropay',
    about: "charges the code on a payer's phone; 202 while the payer enters the password: look at the order then",
    params: nothing,
    query: nothing,
    body: micropayBody,
    answer: openedSchema,
  },
  async ({ body }, desk) => {
    const mchid = merchantOfCall(body.mchid, desk);
    if (!mchid.ok) return refuseFailure(mchid);
    const { orderId, totalFen, description, authCode, payerIp, attach, protocol } = body;
    const opened = await desk.keeper.micropay({
      orderId,
      mchid: mchid.value,
      totalFen,
      description,
      authCode,
      payerIp,
      ...(attach === undefined ? {} : { attach }),
      ...(protocol === undefined ? {} : { protocol }),
    });
    if (!opened.ok) return refuseFailure(opened);
    const order = orderView(opened.value.order);
    return order.attempts.some(({ state }) => UNDER_WAY.has(state)) ? accepted({ order }) : json({ order });
  },
);
