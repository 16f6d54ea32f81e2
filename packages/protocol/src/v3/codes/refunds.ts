import type { V3CodeTable } from './code-row.ts';
import { mchNotExists, V3_EVERYWHERE } from './rows.ts';

/** Unlike everywhere else, here it may also mean that this very refund is being worked on. */
const BEING_PROCESSED = {
  status: 429,
  outcome: 'unknown',
  repeat: 'query',
  meaning: 'the refund is being worked on, or there were too many calls',
  remedy: 'wait a minute and query the refund; when there is none, refund again under the same number',
} as const;

const NOT_ENOUGH = {
  status: 403,
  outcome: 'rejected',
  repeat: 'never',
  meaning: 'the merchant has not enough money for the refund; it was not accepted',
  remedy: 'top up, then send the same request again under the same number',
} as const;

const REFUSED = {
  ...V3_EVERYWHERE.INVALID_REQUEST,
  meaning: 'a rule of the business forbids the refund; it was not accepted',
  remedy:
    'act on the description: fully refunded, more than is left, other amounts or another order under the same number, older than a year',
} as const;

/**
 * What a refund fails with.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071036
 */
export const REFUND_V3_CODES = {
  ...V3_EVERYWHERE,
  INVALID_REQUEST: REFUSED,
  NOT_ENOUGH,
  USER_ACCOUNT_ABNORMAL: {
    status: 403,
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the account of the payer is cancelled or abnormal; the refund was not accepted',
    remedy: 'settle with the payer outside of WeChat Pay',
  },
  MCH_NOT_EXISTS: mchNotExists(404),
  RESOURCE_NOT_EXISTS: {
    status: 404,
    outcome: 'rejected',
    repeat: 'query',
    meaning: 'no order has this number, or it is not paid',
    remedy: 'check the number, query the order and decide by its trade state',
  },
  FREQUENCY_LIMITED: BEING_PROCESSED,
  RATELIMIT_EXCEEDED: BEING_PROCESSED,
  REFUND_FEE_MISMATCH: {
    status: 400,
    outcome: 'rejected',
    repeat: 'query',
    meaning: 'the number of this refund was used with other amounts',
    remedy: 'query the refund; send it again exactly as it was, or refund under a new number',
  },
  TRADE_OVERDUE: {
    status: 400,
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the payment is older than a year and cannot be refunded any more',
    remedy: 'settle with the payer outside of WeChat Pay',
  },
} as const satisfies V3CodeTable;

/**
 * What the query of a refund fails with.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071041
 */
export const REFUND_QUERY_V3_CODES = {
  ...V3_EVERYWHERE,
  MCH_NOT_EXISTS: mchNotExists(404),
  RESOURCE_NOT_EXISTS: {
    status: 404,
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'no refund has this number',
    remedy: 'check the number; a refund that was never accepted may be sent again as it was',
  },
} as const satisfies V3CodeTable;

/** What was accepted is no longer ABNORMAL, so that a repetition would be refused. */
const QUERY_FIRST = {
  repeat: 'query',
  remedy: 'query the refund; while it is still ABNORMAL, send the same request again',
} as const;

/**
 * What handling an abnormal refund fails with.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071193
 */
export const ABNORMAL_REFUND_CODES = {
  ...V3_EVERYWHERE,
  INVALID_REQUEST: { ...REFUSED, remedy: 'read the description; only a refund that is ABNORMAL can be handled so' },
  SYSTEM_ERROR: { ...V3_EVERYWHERE.SYSTEM_ERROR, ...QUERY_FIRST },
  SERVICE_UNAVAILABLE: { ...V3_EVERYWHERE.SERVICE_UNAVAILABLE, ...QUERY_FIRST },
  MCH_NOT_EXISTS: mchNotExists(404),
  RESOURCE_NOT_EXISTS: REFUND_QUERY_V3_CODES.RESOURCE_NOT_EXISTS,
  FREQUENCY_LIMITED: BEING_PROCESSED,
  RATELIMIT_EXCEEDED: BEING_PROCESSED,
} as const satisfies V3CodeTable;
