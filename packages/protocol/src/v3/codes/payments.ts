import type { V3CodeTable } from './code-row.ts';
import {
  APPID_MCHID_NOT_MATCH,
  mchNotExists,
  OLD_PAYMENT_CODES,
  ORDER_NOT_EXIST,
  ORDER_PAID,
  RULE_LIMIT,
  TRADE_ERROR,
  V3_EVERYWHERE,
} from './rows.ts';

const ORDER_CLOSED = {
  status: 400,
  outcome: 'rejected',
  repeat: 'never',
  meaning: 'the order is closed',
  remedy: 'place a new order under a new number',
} as const;

const OUT_TRADE_NO_USED = {
  status: 403,
  outcome: 'rejected',
  repeat: 'query',
  meaning: 'the number was used for an order with other content, or with another product',
  remedy:
    'query the order: send it again exactly as it was, or close it and use a new number; a time_expire computed anew is other content',
} as const;

/** Placing may be refused with this where OUT_TRADE_NO_USED is documented, so what is there must be asked. */
const PLACING_INVALID = {
  ...V3_EVERYWHERE.INVALID_REQUEST,
  repeat: 'query',
  remedy: 'read the description; for 201 商户订单号重复 query the order, its number was used with other content',
} as const;

/**
 * What placing an order fails with: all four products together, as the gateway behind them is one.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791856
 */
export const PLACE_CODES = {
  ...V3_EVERYWHERE,
  ...OLD_PAYMENT_CODES,
  INVALID_REQUEST: PLACING_INVALID,
  APPID_MCHID_NOT_MATCH,
  MCH_NOT_EXISTS: mchNotExists(400),
  ORDER_CLOSED,
  ORDER_PAID,
  OUT_TRADE_NO_USED,
  RULE_LIMIT,
  TRADE_ERROR,
  ORDER_NOT_EXIST,
} as const satisfies V3CodeTable;

/**
 * What both queries fail with. ORDER_NOT_EXIST is no proof that the order will not come into being while placing it is
 * still under way.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791859
 */
export const QUERY_CODES = {
  ...V3_EVERYWHERE,
  ...OLD_PAYMENT_CODES,
  APPID_MCHID_NOT_MATCH,
  MCH_NOT_EXISTS: mchNotExists(400),
  ORDER_CLOSED,
  OUT_TRADE_NO_USED,
  RULE_LIMIT,
  TRADE_ERROR,
  ORDER_NOT_EXIST,
} as const satisfies V3CodeTable;

/**
 * What closing fails with. The current page has no code for a paid order; ORDER_PAID is what other official texts call
 * it. Any refusal here is a reason to query.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791860
 */
export const CLOSE_CODES = {
  ...V3_EVERYWHERE,
  ...OLD_PAYMENT_CODES,
  INVALID_REQUEST: {
    ...V3_EVERYWHERE.INVALID_REQUEST,
    repeat: 'query',
    remedy: 'read the description, query the order and decide by its trade state',
  },
  APPID_MCHID_NOT_MATCH,
  MCH_NOT_EXISTS: mchNotExists(400),
  ORDER_PAID: {
    ...ORDER_PAID,
    meaning: 'the order is paid, it cannot be closed',
  },
  ORDER_CLOSED: {
    ...ORDER_CLOSED,
    meaning: 'the order is closed already',
    remedy: 'nothing to do: it cannot be paid any more',
  },
  RULE_LIMIT: { ...RULE_LIMIT, repeat: 'query' },
  TRADE_ERROR: {
    ...TRADE_ERROR,
    meaning: 'the order is in a state that cannot be closed, or it was paid by code and can only be reversed',
  },
  ORDER_NOT_EXIST: { ...ORDER_NOT_EXIST, remedy: 'nothing to close; check the number' },
} as const satisfies V3CodeTable;

/**
 * What a payment by code fails with. The pages of APIv3 name no codes of its own, so only what refuses a request before
 * it is looked at is certain; everything else says to query.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012382150
 */
export const CODEPAY_CODES = {
  ...PLACE_CODES,
  FREQUENCY_LIMITED: {
    ...V3_EVERYWHERE.FREQUENCY_LIMITED,
    repeat: 'query',
    remedy: 'query the order before anything else',
  },
  RATELIMIT_EXCEEDED: {
    ...V3_EVERYWHERE.RATELIMIT_EXCEEDED,
    repeat: 'query',
    remedy: 'query the order before anything else',
  },
  SYSTEM_ERROR: {
    ...V3_EVERYWHERE.SYSTEM_ERROR,
    repeat: 'query',
    remedy: 'query the order; sending the payment again could charge twice',
  },
  SERVICE_UNAVAILABLE: {
    ...V3_EVERYWHERE.SERVICE_UNAVAILABLE,
    repeat: 'query',
    remedy: 'query the order; sending the payment again could charge twice',
  },
  RULE_LIMIT: { ...RULE_LIMIT, repeat: 'query' },
} as const satisfies V3CodeTable;

/**
 * What reversing fails with; as little is documented as for the payment by code.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012382150
 */
export const REVERSE_V3_CODES = {
  ...V3_EVERYWHERE,
  ...OLD_PAYMENT_CODES,
  APPID_MCHID_NOT_MATCH,
  MCH_NOT_EXISTS: mchNotExists(400),
  RULE_LIMIT,
  TRADE_ERROR,
  ORDER_NOT_EXIST,
} as const satisfies V3CodeTable;
