import { createHash } from 'node:crypto';
import { type OutTradeNo, parseOutTradeNo } from '@orderkeeper/protocol';
import type { OrderId } from '../core/order.ts';

const LENGTH_MAX = 32;
const DIGEST_LENGTH = 16;

/** What may stand in an `out_trade_no` and is common in order ids; others of WeChat Pay's alphabet are kept for us. */
const READABLE = /^[0-9A-Za-z_-]+$/;
/** How an abbreviated id ends; an id that ends so by itself is abbreviated too, so that the two never meet. */
const ABBREVIATED = new RegExp(`_[0-9a-f]{${DIGEST_LENGTH}}$`);

/**
 * The number of an order's attempt at WeChat Pay: the order's own id and the attempt's number, `A2026-17-1`. An id that
 * is too long or has other characters is abbreviated and made unique by a digest. The same order and attempt always have
 * the same number, so whoever repeats an intent repeats it under the same number (R2); two never share one. Where a
 * protocol wants more characters, the attempt's number gets zeros: `A1-001`.
 */
export function outTradeNoFor(orderId: OrderId, attemptNumber: number, lengthMin = 1): OutTradeNo {
  const digitsMin = lengthMin - orderId.length - 1;
  const suffix = `-${String(attemptNumber).padStart(digitsMin, '0')}`;
  const stemLengthMax = LENGTH_MAX - suffix.length;
  const isReadable = READABLE.test(orderId) && orderId.length <= stemLengthMax && !ABBREVIATED.test(orderId);
  const parsed = parseOutTradeNo(`${isReadable ? orderId : abbreviated(orderId, stemLengthMax)}${suffix}`);
  // Made of legal characters and cut to length: it cannot fail.
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

function abbreviated(orderId: OrderId, lengthMax: number): string {
  const digest = createHash('sha256').update(orderId).digest('hex').slice(0, DIGEST_LENGTH);
  const legible = orderId.replaceAll(/[^0-9A-Za-z]+/g, '').slice(0, lengthMax - DIGEST_LENGTH - 1);
  return `${legible}_${digest}`;
}
