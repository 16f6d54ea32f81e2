import { z } from 'zod';
import type { OrderName } from '../../actions/payer.ts';
import type { PayerResult } from '../../actions/pay-order.ts';
import { type ControlDesk, defineBodyRoute, type Reply, json, refuse, type Route } from '../route.ts';

const name = { mchid: z.string().optional().describe('needed where two merchants use the same number') };

const coupon = z.strictObject({
  couponId: z.string().max(20).optional(),
  kind: z.enum(['CASH', 'NO_CASH']),
  fen: z.int().positive(),
});

const payWish = z.strictObject({
  ...name,
  openid: z.string().min(1).max(128).optional(),
  bankType: z.string().min(1).max(32).optional(),
  isSubscribe: z.enum(['Y', 'N']).optional(),
  late: z.literal('allowed').optional().describe('the money of an order that was closed meanwhile arrives after all'),
  coupons: z.array(coupon).max(20).optional(),
});

const byName = z.strictObject(name);

function orderName(outTradeNo: string | undefined, mchid: string | undefined): OrderName {
  return { outTradeNo: outTradeNo ?? '', ...(mchid === undefined ? {} : { mchid }) };
}

function replyOf(result: PayerResult): Reply {
  if (result.ok) return json(result.value);
  return refuse({ status: result.reason === 'no-such-order' ? 404 : 409, code: result.reason, detail: result.message });
}

const act = (verb: 'scan' | 'cancel' | 'fail', about: string): Route =>
  defineBodyRoute(
    { method: 'POST', path: `/attempts/{outTradeNo}/${verb}`, about, body: byName, fields: Object.keys(byName.shape) },
    ({ params }, { mchid }, { payer }: ControlDesk) => replyOf(payer[verb](orderName(params['outTradeNo'], mchid))),
  );

/** What payers do with an order. Each answers with the order as it is then. */
export const ATTEMPT_ROUTES: readonly Route[] = [
  act('scan', 'the payer opens the cashier: from now on the order is being paid'),
  defineBodyRoute(
    {
      method: 'POST',
      path: '/attempts/{outTradeNo}/pay',
      about: 'the payer pays, in cash or partly with coupons; the notice leaves at once',
      body: payWish,
      fields: Object.keys(payWish.shape),
    },
    ({ params }, { mchid, openid, bankType, isSubscribe, late, coupons }, { payer }) =>
      replyOf(
        payer.pay(orderName(params['outTradeNo'], mchid), {
          ...(openid === undefined ? {} : { openid }),
          ...(bankType === undefined ? {} : { bankType }),
          ...(isSubscribe === undefined ? {} : { isSubscribe }),
          ...(late === undefined ? {} : { late }),
          coupons: (coupons ?? []).map(({ couponId, ...rest }) => ({
            ...rest,
            ...(couponId === undefined ? {} : { couponId }),
          })),
        }),
      ),
  ),
  act('cancel', 'the payer leaves the cashier without paying; a micropay has failed then'),
  act('fail', 'the payment fails (wrong password, empty card); the payer may try again, except at a micropay'),
];
