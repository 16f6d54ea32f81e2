import type { AttemptContent, Order } from '../core/order.ts';

const ORDER_FIELDS = ['mchid', 'appid', 'totalFen', 'description', 'latePayment'] as const satisfies (keyof Order)[];

/**
 * Of the first attempt. Left out: `payerIp`, which belongs to the call and changes when the payer's phone changes its
 * network, and `authCode`, which is single use and not kept.
 */
const CONTENT_FIELDS = [
  'tradeType',
  'openid',
  'productId',
  'attach',
  'sceneInfo',
] as const satisfies (keyof AttemptContent)[];

/**
 * Names the fields in which a repeated request differs from the order that was opened under the same id; empty means that
 * it is the same request. What happened to the order since then does not count, so its first attempt is asked.
 *
 * An expiry is the same when it names the same moment or leaves the same time: a repetition that relies on the default
 * of 30 minutes comes later than the original.
 */
export function differingFields(stored: Order, wanted: Order): readonly string[] {
  const fields: string[] = ORDER_FIELDS.filter((field) => stored[field] !== wanted[field]);
  const storedContent = stored.attempts[0]?.content;
  const wantedContent = wanted.attempts[0]?.content;
  fields.push(...CONTENT_FIELDS.filter((field) => storedContent?.[field] !== wantedContent?.[field]));
  const isSameMoment = storedContent?.expiresAtMs === wantedContent?.expiresAtMs;
  return isSameMoment || lifetimeMs(stored) === lifetimeMs(wanted) ? fields : [...fields, 'expiresAtMs'];
}

/** How long the first attempt can be paid. A later one may have given the order more time. */
const lifetimeMs = ({ attempts, expiresAtMs, createdAtMs }: Order): number =>
  (attempts[0]?.content.expiresAtMs ?? expiresAtMs) - createdAtMs;
