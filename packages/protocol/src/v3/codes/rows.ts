import type { V3CodeRow, V3CodeTable } from './code-row.ts';

/**
 * Codes that any operation may answer with. An operation's own table is built from these and its own rows.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012081717
 */
export const V3_EVERYWHERE = {
  PARAM_ERROR: {
    status: 400,
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'a parameter is wrong or missing',
    remedy: 'correct the parameter that the description or its detail names; lengths are counted in bytes',
  },
  INVALID_REQUEST: {
    status: 400,
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the request is against a rule of the interface or of the business',
    remedy: 'read the description',
  },
  SIGN_ERROR: {
    status: 401,
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the request was not authenticated: its signature, serial or time is wrong',
    remedy:
      'check the private key, the serial of the certificate and the clock; compare the string that was signed with the one in the detail',
  },
  NO_AUTH: {
    status: 403,
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the merchant has no permission for this product, or its collection is restricted',
    remedy: 'apply for the product in the merchant console (product centre), or read there why it is restricted',
  },
  FREQUENCY_LIMITED: {
    status: 429,
    outcome: 'rejected',
    repeat: 'later',
    meaning: 'too many calls; this one was not accepted',
    remedy: 'slow down and send the same request again',
  },
  RATELIMIT_EXCEEDED: {
    status: 429,
    outcome: 'rejected',
    repeat: 'later',
    meaning: 'too many calls; this one was not accepted',
    remedy: 'slow down and send the same request again',
  },
  SYSTEM_ERROR: {
    status: 500,
    outcome: 'unknown',
    repeat: 'at-once',
    meaning: 'WeChat Pay had a problem or a timeout; what happened to the call is not known',
    remedy: 'send the same request again under the same number',
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    outcome: 'unknown',
    repeat: 'later',
    meaning: 'the service is not available; what happened to the call is not known',
    remedy: 'send the same request again later under the same number',
  },
} as const satisfies V3CodeTable;

/** The merchant's number is unknown: 400 for payments, 404 for refunds. */
export const mchNotExists = (status: 400 | 404): V3CodeRow => ({
  status,
  outcome: 'rejected',
  repeat: 'never',
  meaning: 'the mchid is unknown',
  remedy: 'check the mchid',
});

/** The appid is not bound to the merchant. */
export const APPID_MCHID_NOT_MATCH = {
  status: 400,
  outcome: 'rejected',
  repeat: 'never',
  meaning: 'the appid and the mchid are not bound to each other',
  remedy: 'bind them in the merchant console (product centre, appid accounts); a new binding takes some minutes',
} as const satisfies V3CodeRow;

/** A rule of the business limits the call. */
export const RULE_LIMIT = {
  status: 403,
  outcome: 'rejected',
  repeat: 'later',
  meaning: 'a rule of the business limits this call',
  remedy: 'read the description',
} as const satisfies V3CodeRow;

/** Anything about the trade forbids the call; what it is only the order's state tells. */
export const TRADE_ERROR = {
  status: 403,
  outcome: 'rejected',
  repeat: 'query',
  meaning: 'the trade cannot go on for a reason of the business',
  remedy: 'read the description, query the order and decide by its trade state',
} as const satisfies V3CodeRow;

/** No order has the number. */
export const ORDER_NOT_EXIST = {
  status: 404,
  outcome: 'rejected',
  repeat: 'never',
  meaning: 'no order has this number',
  remedy: 'check number and mchid; right after placing wait some seconds, the order may still be on its way',
} as const satisfies V3CodeRow;

/** The order is paid; the pages name the code, but not where it occurs. */
export const ORDER_PAID = {
  status: 400,
  outcome: 'rejected',
  repeat: 'query',
  meaning: 'the order is paid already',
  remedy: 'query the order and treat it as paid',
} as const satisfies V3CodeRow;

/** Codes of the shared table that all payment pages had before about 2024; current pages no longer name them. */
export const OLD_PAYMENT_CODES = {
  USERPAYING: {
    status: 202,
    outcome: 'unknown',
    repeat: 'query',
    meaning: 'the payer is entering the password',
    remedy: 'query the order until it is paid or not',
  },
  ACCOUNT_ERROR: {
    status: 403,
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the account of the payer or the merchant is not in order',
    remedy: 'read the description',
  },
  NOT_ENOUGH: {
    status: 403,
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the balance is too low',
    remedy: 'read the description; the payer may choose another way to pay',
  },
  BANK_ERROR: {
    status: 500,
    outcome: 'unknown',
    repeat: 'query',
    meaning: 'the bank had a problem; whether the payer was charged is not known',
    remedy: 'query the order',
  },
  OPENID_MISMATCH: {
    status: 500,
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the openid does not belong to the appid',
    remedy: 'use the openid that this payer has under the appid of the order',
  },
  INVALID_TRANSACTIONID: {
    status: 500,
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the transaction_id is invalid',
    remedy: 'check the number',
  },
} as const satisfies V3CodeTable;
