import { parseListCursor, parseOrderId } from '@orderkeeper/keeper';
import { type Fen, parseFen, parseMchid, parseOpenid, parseOutRefundNo, parseOutTradeNo } from '@orderkeeper/protocol';
import { z } from 'zod';
import { parsedBy } from './parsed-by.ts';

/** The merchant's own number of an order. */
export const orderId = parsedBy(parseOrderId).describe("the merchant's own number: 1 to 64 visible ASCII characters");

/** A merchant's number; may be left out where the service has only one merchant. */
export const mchid = parsedBy(parseMchid).describe('the merchant; may be left out when there is only one');

/** WeChat Pay's number space for attempts, as this service derived it. */
export const outTradeNo = parsedBy(parseOutTradeNo).describe('the number of an attempt');

/** The merchant's own number of a refund. */
export const outRefundNo = parsedBy(parseOutRefundNo).describe("the merchant's own number of the refund, for ever");

/** A payer under one appid. */
export const openid = parsedBy(parseOpenid).describe('the payer, under the appid');

/** Where a page of orders ended. */
export const cursor = parsedBy(parseListCursor).describe('nextCursor of the page before');

const AMOUNT = 'must be a whole number of fen above 0, such as 1990 for 19.90 CNY';

/** An amount above nothing, in fen, as a whole JSON number. */
export const amountFen = z
  .int({ error: AMOUNT })
  .positive({ error: AMOUNT })
  .transform((amount, context): Fen => {
    const parsed = parseFen(String(amount));
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.message });
    return z.NEVER;
  })
  .describe('in fen; 1 CNY is 100');

/** What the payer sees. */
export const description = z.string().min(1).max(128).describe('what the payer sees; WeChat Pay cuts at 128 bytes');

/** Comes back in notices and bills. */
export const attach = z.string().min(1).max(127).describe('comes back unchanged in notices and bills');

/** IPv4 or IPv6. */
export const payerIp = z
  .union([z.ipv4(), z.ipv6()], { error: 'must be an IPv4 or IPv6 address' })
  .describe("the payer's address; for NATIVE the caller's");

/** A short text for people. */
export const note = z.string().min(1).max(80).describe('what the payer reads about the refund');

/** How the payer meets the order. */
export const tradeType = z
  .enum(['JSAPI', 'NATIVE', 'APP', 'MWEB'], { error: 'must be JSAPI, NATIVE, APP or MWEB' })
  .describe('how the payer meets the order');

/** What is spoken with WeChat Pay. */
export const protocol = z
  .enum(['v2', 'v3'], { error: 'must be v2 or v3' })
  .describe(
    'what a new attempt speaks with WeChat Pay: v2 (classic) or v3 (APIv3); default as the merchant is configured',
  );

/** For H5: `{ "h5_info": { … } }`, as an object or as its JSON text. */
export const sceneInfo = z
  .union([z.string().min(2), z.record(z.string(), z.unknown())])
  .transform((scene) => (typeof scene === 'string' ? scene : JSON.stringify(scene)))
  .describe('needed for MWEB: { "h5_info": { "type": "Wap", "wap_url": "…", "wap_name": "…" } }');

/** What NATIVE orders are for. */
export const productId = z.string().min(1).max(32).describe('NATIVE: what is sold; default the beginning of orderId');

/** RFC 3339 with a zone. */
export const instant = z.iso.datetime({ offset: true, error: 'must be an instant such as 2026-11-24T10:30:00+08:00' });

/** UTC milliseconds since 1970. */
export const instantMs = z.int().nonnegative();

/** Prints an instant for people; programs read the field beside it that ends in `AtMs`. */
export const printInstant = (atMs: number): string => new Date(atMs).toISOString();
