import { allOf, type GatewayCall, type Refusal, type Refusals, refusalsOf } from '../refusal.ts';

const OF_REQUESTS = allOf('refused', 'PARAM_ERROR', 'INVALID_REQUEST', 'SIGN_ERROR', 'NO_AUTH', 'MCH_NOT_EXISTS');
const OF_RATES = allOf('later', 'FREQUENCY_LIMITED', 'RATELIMIT_EXCEEDED');

/** Of the calls about orders, also those that only older pages name. */
const OF_ORDERS: Readonly<Record<string, Refusal>> = {
  ...OF_REQUESTS,
  ...OF_RATES,
  ...allOf('refused', 'ACCOUNT_ERROR', 'NOT_ENOUGH', 'OPENID_MISMATCH', 'INVALID_TRANSACTIONID'),
  APPID_MCHID_NOT_MATCH: 'refused',
  RULE_LIMIT: 'later',
  TRADE_ERROR: 'ask',
  ORDER_NOT_EXIST: 'not-found',
};

/** Something exists under the number; see the same in the classic API. */
const NUMBER_KNOWN: Readonly<Record<string, Refusal>> = {
  ORDER_PAID: 'order-paid',
  ORDER_CLOSED: 'order-closed',
  OUT_TRADE_NO_USED: 'ask',
};

/**
 * What APIv3 refuses its calls with, in the spelling with underscores, in which the client tells every code.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012081717
 */
export const V3_REFUSALS: Readonly<Record<GatewayCall, Refusals>> = {
  // INVALID_REQUEST is refused for certain here too, even as 201 商户订单号重复: the number has other content, which nobody
  // was given anything to pay with.
  place: refusalsOf({ ...OF_ORDERS, ...NUMBER_KNOWN }),
  // No page lists what a charge is refused with, so only what refuses a request before it is looked at is certain.
  charge: refusalsOf({
    ...OF_ORDERS,
    ...NUMBER_KNOWN,
    ...allOf('ask', 'INVALID_REQUEST', 'FREQUENCY_LIMITED', 'RATELIMIT_EXCEEDED', 'RULE_LIMIT'),
  }),
  query: refusalsOf({ ...OF_ORDERS, ...allOf('refused', 'ORDER_CLOSED', 'OUT_TRADE_NO_USED') }),
  close: refusalsOf({
    ...OF_ORDERS,
    ORDER_PAID: 'order-paid',
    ORDER_CLOSED: 'order-closed',
    INVALID_REQUEST: 'ask',
  }),
  reverse: refusalsOf(OF_ORDERS),
  // A frequency limit is no refusal here: the refund may be under way, and the client tells it as unknown.
  refund: refusalsOf({
    ...OF_REQUESTS,
    // Nobody signs it, so it says nothing about the refund; and it lasts as long as our key or our clock is wrong.
    SIGN_ERROR: 'later',
    ...allOf('refused', 'NOT_ENOUGH', 'USER_ACCOUNT_ABNORMAL', 'RESOURCE_NOT_EXISTS', 'REFUND_FEE_MISMATCH'),
    TRADE_OVERDUE: 'refused',
  }),
  'query-refund': refusalsOf({ ...OF_REQUESTS, ...OF_RATES, RESOURCE_NOT_EXISTS: 'not-found' }),
};
