import { failure, ok, type Result } from '@orderkeeper/protocol';

/** The merchant's own number of an order: 1 to 64 visible ASCII characters, `!` to `~`; no blanks. */
export type OrderId = string & { readonly __orderId: unique symbol };

/** Why a text is no {@link OrderId}. */
export type OrderIdReason = 'length' | 'characters';

const ORDER_ID_CHARACTERS_MAX = 64;
const VISIBLE_ASCII = /^[!-~]+$/;

/** Reads an order's number; upper and lower case are different numbers. In a URL it is percent-encoded. */
export function parseOrderId(text: string): Result<OrderId, OrderIdReason> {
  if (isOrderId(text)) return ok(text);
  if (text.length < 1 || text.length > ORDER_ID_CHARACTERS_MAX) {
    const message = `orderId has ${text.length} characters, allowed are 1 to ${ORDER_ID_CHARACTERS_MAX}`;
    return failure('length', `${message}; use a digest of a longer one`);
  }
  return failure('characters', 'orderId may contain only visible ASCII characters (! to ~), no blanks');
}

/** The one place where a text becomes an order's number. */
const isOrderId = (text: string): text is OrderId => text.length <= ORDER_ID_CHARACTERS_MAX && VISIBLE_ASCII.test(text);
