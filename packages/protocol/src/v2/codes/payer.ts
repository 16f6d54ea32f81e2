import type { CodeTable } from './code-row.ts';

/**
 * Codes about a code shown by the payer, of micropay and authcodetoopenid.
 * @see https://pay.weixin.qq.com/wiki/doc/api/micropay.php?chapter=9_10
 */
export const AUTH_CODES = {
  AUTHCODEEXPIRE: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: "the payer's code has expired",
    remedy: 'let the payer refresh the code and scan it again, under a new out_trade_no',
  },
  AUTH_CODE_ERROR: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: "the payer's code is malformed or was used already",
    remedy: 'let the payer refresh the code and scan it again, under a new out_trade_no',
  },
  AUTH_CODE_INVALID: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the scanned code is no WeChat Pay code',
    remedy: 'scan the code from WeChat Pay (18 digits that begin with 10 to 15)',
  },
} as const satisfies CodeTable;

/**
 * Codes about placing an order under a number, of unifiedorder and micropay.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1
 */
export const PLACING_CODES = {
  ORDERPAID: {
    outcome: 'rejected',
    repeat: 'query',
    meaning: 'the order with this number is paid already',
    remedy: 'query the order and treat it as paid; a new order needs a new out_trade_no',
  },
  ORDERCLOSED: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the order with this number is closed',
    remedy: 'place a new order under a new out_trade_no',
  },
  OUT_TRADE_NO_USED: {
    outcome: 'rejected',
    repeat: 'query',
    meaning: 'an order with this number and other content exists',
    remedy: 'query the number; send the original content again, or use a new out_trade_no',
  },
  INVALID_REQUEST: {
    outcome: 'rejected',
    repeat: 'query',
    meaning: 'the request is not allowed, or the number was used before with other content (201 商户订单号重复)',
    remedy:
      'correct what the description names; on a repeated number send exactly the original content, or use a new out_trade_no',
  },
  NOTENOUGH: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the balance of the payer is too low',
    remedy: 'ask the payer to use another card or to top up',
  },
} as const satisfies CodeTable;
