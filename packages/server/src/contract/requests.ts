import { z } from 'zod';
import {
  amountFen,
  attach,
  cursor,
  description,
  instant,
  instantMs,
  mchid,
  note,
  openid,
  orderId,
  outRefundNo,
  outTradeNo,
  payerIp,
  productId,
  protocol,
  sceneInfo,
  tradeType,
} from './values.ts';

const expiry = {
  expiresAt: instant.optional().describe('RFC 3339; default 30 minutes from now, at most 7 days'),
  expiresAtMs: instantMs.optional().describe('the same in UTC milliseconds; give one of both'),
};

/** Both would be two truths about one thing. */
const oneExpiry = ({ expiresAt, expiresAtMs }: { readonly expiresAt?: unknown; readonly expiresAtMs?: unknown }) =>
  expiresAt === undefined || expiresAtMs === undefined;
const ONE_EXPIRY = { path: ['expiresAtMs'], error: 'is there beside expiresAt; give one of both' };

/** `POST /v1/orders`. */
export const openOrderBody = z
  .strictObject({
    orderId,
    mchid: mchid.optional(),
    totalFen: amountFen,
    description,
    tradeType,
    ...expiry,
    payerIp,
    openid: openid.optional(),
    productId: productId.optional(),
    attach: attach.optional(),
    sceneInfo: sceneInfo.optional(),
    protocol: protocol.optional(),
    latePayment: z.enum(['refund', 'reopen']).optional().describe('for money that arrives after the order is closed'),
  })
  .refine(oneExpiry, ONE_EXPIRY);

/** `POST /v1/orders/{orderId}/attempts`: what is different this time; nothing, to pay in the same way. */
export const payAgainBody = z
  .strictObject({
    tradeType: tradeType.optional(),
    openid: openid.optional(),
    payerIp: payerIp.optional(),
    productId: productId.optional(),
    sceneInfo: sceneInfo.optional(),
    protocol: protocol.optional(),
    ...expiry,
  })
  .refine(oneExpiry, ONE_EXPIRY);

/** `POST /v1/orders/{orderId}/close`. */
export const closeBody = z.strictObject({});

/** `POST /v1/orders/{orderId}/refunds`. */
export const refundBody = z.strictObject({
  outRefundNo,
  refundFen: amountFen,
  outTradeNo: outTradeNo.optional().describe('the attempt; default the one that paid the order'),
  note: note.optional(),
});

/** `POST /v1/micropay`. */
export const micropayBody = z.strictObject({
  orderId,
  mchid: mchid.optional(),
  totalFen: amountFen,
  description,
  authCode: z
    .string()
    .regex(/^1[0-5][0-9]{16}$/, { error: 'must have 18 digits and begin with 10 to 15' })
    .describe("the code on the payer's phone"),
  payerIp: payerIp.describe("the till's address"),
  attach: attach.optional(),
  protocol: protocol.optional().describe('v2 or v3; default v2 where the merchant has its key and a certificate'),
});

/** `GET /v1/orders`. */
export const listQuery = z.strictObject({
  mchid: mchid.optional(),
  state: z.enum(['open', 'paid', 'closed', 'reversed', 'refunded']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('orders on a page, 1 to 200'),
  cursor: cursor.optional(),
});

/** `GET /v1/orders/{orderId}`. */
export const showQuery = z.strictObject({
  fresh: z.enum(['', '1', 'true']).optional().describe('asks WeChat Pay now, at most once in 2 s'),
});

/** The path of everything about one order. */
export const orderPath = z.strictObject({ orderId });

/** Where no field is known. */
export const nothing = z.strictObject({});
