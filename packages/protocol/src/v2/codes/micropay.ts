import type { CodeTable } from './code-row.ts';
import { EVERYWHERE } from './everywhere.ts';
import { AUTH_CODES, PLACING_CODES } from './payer.ts';

/**
 * What micropay fails with. Only SYSTEMERROR, BANKERROR and USERPAYING leave open whether the payer is charged (支付结果未知);
 * with every other code the payment has failed (支付确认失败). One page of 2018 calls LACK_PARAMS and NOT_UTF8 open too; all
 * later ones do not, and what lacks a parameter cannot be charged. Nothing is ever submitted again by itself.
 * @see https://pay.weixin.qq.com/wiki/doc/api/micropay.php?chapter=9_10
 */
export const MICROPAY_CODES = {
  ...EVERYWHERE,
  ...PLACING_CODES,
  ...AUTH_CODES,
  SYSTEMERROR: {
    outcome: 'unknown',
    repeat: 'query',
    meaning: 'WeChat Pay had a timeout; the payer may be charged',
    remedy: 'query the order after five seconds and decide by its trade state',
  },
  BANKERROR: {
    outcome: 'unknown',
    repeat: 'query',
    meaning: 'the bank had a timeout; the payer may be charged',
    remedy: 'query the order after five seconds and decide by its trade state',
  },
  USERPAYING: {
    outcome: 'unknown',
    repeat: 'query',
    meaning: 'the payer is asked for the password',
    remedy: 'query the order every five seconds; reverse it when 45 seconds brought no payment',
  },
  FREQUENCY_LIMITED: {
    outcome: 'rejected',
    // Not `later`: the payer's code is good for a minute, and a payment is never submitted again by itself.
    repeat: 'never',
    meaning: 'too many calls; the payment was not accepted',
    remedy: 'wait a moment, then scan again under a new out_trade_no',
  },
  NOTSUPORTCARD: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: "the payer's card is not supported",
    remedy: 'ask the payer to choose another card, then scan again under a new out_trade_no',
  },
  ORDERREVERSED: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the order with this number was reversed',
    remedy: 'pay again under a new out_trade_no',
  },
  BUYER_MISMATCH: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'another payer began to pay this order',
    remedy: 'let the first payer continue, or use a new out_trade_no',
  },
  TRADE_ERROR: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the payment was refused: cancelled, no password entered, account abnormal, or stopped by risk control',
    remedy: 'read the description; pay again under a new out_trade_no, in another way where the account is refused',
  },
} as const satisfies CodeTable;
