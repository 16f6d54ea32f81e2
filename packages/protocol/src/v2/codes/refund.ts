import type { CodeTable } from './code-row.ts';
import { EVERYWHERE } from './everywhere.ts';

/**
 * What refund and refundv2 fail with. A refund is repeated only under the same out_refund_no with the same amounts:
 * another number would be another refund.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_4
 */
export const REFUND_CODES = {
  ...EVERYWHERE,
  SYSTEMERROR: {
    outcome: 'unknown',
    repeat: 'at-once',
    meaning: 'WeChat Pay had a timeout; the refund may have been accepted',
    remedy: 'send the same request again under the same out_refund_no',
  },
  BIZERR_NEED_RETRY: {
    outcome: 'unknown',
    repeat: 'later',
    meaning: 'another step of this refund is being worked on',
    remedy: 'send the same request again under the same out_refund_no',
  },
  TRADE_OVERDUE: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the payment is more than a year old',
    remedy: 'give the money back in another way',
  },
  ERROR: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the refund is not possible, for example because the order is closed or fully refunded',
    remedy: 'read the description; ask refundquery what was refunded',
  },
  USER_ACCOUNT_ABNORMAL: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: "the payer's account is closed or abnormal",
    remedy: 'give the money back in another way',
  },
  INVALID_REQ_TOO_MUCH: {
    outcome: 'rejected',
    repeat: 'later',
    meaning: 'too many invalid requests; refunds are blocked for a moment',
    remedy: 'correct the requests, then send the same request again after a minute',
  },
  NOTENOUGH: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: "the merchant's balance is too low for this refund",
    remedy:
      'top up the account that the description names, then send the same request again under the same out_refund_no',
  },
  INVALID_TRANSACTIONID: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the transaction_id is wrong, or its payment failed',
    remedy: 'check the number of the order',
  },
  ORDERNOTEXIST: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'no paid order has this number',
    remedy: 'check the number; only paid orders can be refunded',
  },
  FREQUENCY_LIMITED: {
    outcome: 'rejected',
    repeat: 'later',
    meaning: 'too many refunds of orders that are older than a month; this one was not accepted',
    remedy: 'send the same request again under the same out_refund_no, more slowly',
  },
  NOAUTH: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the caller may not refund: no permission, or an unusual address',
    remedy: 'open the permission in the merchant console; a service provider needs that of its sub-merchant',
  },
  CERT_ERROR: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the client certificate was not accepted',
    remedy: 'use the API certificate of this merchant (apiclient_cert.p12)',
  },
  REFUND_FEE_MISMATCH: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'this out_refund_no was used before with other amounts',
    remedy: 'send the original amounts, or use a new out_refund_no for another refund',
  },
  INVALID_REQUEST: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'a parameter is wrong or a rule forbids this refund',
    remedy: 'correct what the description names',
  },
  ORDER_NOT_READY: {
    outcome: 'rejected',
    repeat: 'later',
    meaning: 'the order is still being worked on and cannot be refunded yet',
    remedy: 'send the same request again later',
  },
} as const satisfies CodeTable;
