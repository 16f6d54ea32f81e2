import { z } from 'zod';
import { orderSchema } from './order-view.ts';

/** What the payer's client needs, by trade type. */
export const parametersSchema = z.discriminatedUnion('tradeType', [
  z.strictObject({
    tradeType: z.literal('JSAPI'),
    appId: z.string(),
    timeStamp: z.string(),
    nonceStr: z.string(),
    package: z.string(),
    signType: z.string(),
    paySign: z.string(),
  }),
  z.strictObject({
    tradeType: z.literal('APP'),
    appid: z.string(),
    partnerid: z.string(),
    prepayid: z.string(),
    package: z.string(),
    noncestr: z.string(),
    timestamp: z.string(),
    sign: z.string(),
  }),
  z.strictObject({ tradeType: z.literal('NATIVE'), codeUrl: z.string() }),
  z.strictObject({ tradeType: z.literal('MWEB'), mwebUrl: z.string() }),
]);

/** An order, with parameters as soon as WeChat Pay has answered. */
export const openedSchema = z.strictObject({ order: orderSchema, parameters: parametersSchema.optional() });

/** Parameters, signed now. */
export const parametersAnswerSchema = z.strictObject({ parameters: parametersSchema });

/** A page of orders, newest first. */
export const orderPageSchema = z.strictObject({ orders: z.array(orderSchema), nextCursor: z.string().optional() });

/** Problem details, RFC 9457. */
export const problemSchema = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  errors: z
    .array(z.strictObject({ pointer: z.string().optional(), parameter: z.string().optional(), detail: z.string() }))
    .optional(),
  requestId: z.string(),
});
