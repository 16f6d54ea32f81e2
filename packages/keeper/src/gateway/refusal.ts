import type { LocalCode } from '@orderkeeper/client';

/**
 * What a refusal says, in words that all protocols share. Whoever acts on a refusal acts on these; WeChat Pay's own code,
 * which each protocol spells in its way, is for people.
 */
export type Refusal =
  /** For certain, and again for the same request: only a change of the request or of the world helps. */
  | 'refused'
  /** Not accepted this time: the same request again later. */
  | 'later'
  /** What stands in the way only the state of the order can tell. */
  | 'ask'
  | 'order-paid'
  | 'order-closed'
  /** No order, or no refund, has the number. */
  | 'not-found'
  /** The order is too old to be reversed. */
  | 'too-old';

/** What a doubt says beside that nothing is known. */
export type Doubt = 'user-paying' | 'nothing';

/** What each code of one call means; the rest is `refused`. */
export type Refusals = ReadonlyMap<string, Refusal>;

/** The calls that a gateway makes, each with refusals of its own. */
export type GatewayCall = 'place' | 'charge' | 'query' | 'close' | 'reverse' | 'refund' | 'query-refund';

/** Refusals of the client itself; nothing was sent. */
const LOCAL_REFUSALS: Readonly<Record<LocalCode, Refusal>> = {
  FIELD_MISSING: 'refused',
  FIELD_INVALID: 'refused',
  CLIENT_CERTIFICATE_MISSING: 'refused',
  APP_SECRET_MISSING: 'refused',
  WECHATPAY_KEYS_MISSING: 'refused',
  // The client knows that the order was placed later than the keeper had counted on.
  CLOSE_TOO_EARLY: 'later',
  NO_TIME_LEFT: 'later',
  ABORTED_BEFORE_SENDING: 'later',
};

/** The refusals of one call by WeChat Pay, and those that the client makes for every call. */
export const refusalsOf = (codes: Readonly<Record<string, Refusal>>): Refusals =>
  new Map([...Object.entries(LOCAL_REFUSALS), ...Object.entries(codes)]);

/** The same word for several codes. */
export const allOf = (word: Refusal, ...codes: readonly string[]): Readonly<Record<string, Refusal>> =>
  Object.fromEntries(codes.map((code) => [code, word]));
