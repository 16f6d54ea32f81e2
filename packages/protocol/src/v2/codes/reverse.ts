import type { CodeRow, CodeTable } from './code-row.ts';
import { EVERYWHERE } from './everywhere.ts';

/** A failed reverse whose `recall` is Y: WeChat Pay itself asks for the same call again, whatever the code. */
export const RECALL: CodeRow = {
  outcome: 'unknown',
  repeat: 'later',
  meaning: 'the order is not reversed yet; WeChat Pay asks for the same call again (recall Y)',
  remedy: 'reverse again under the same number',
};

/** A reverse that came while the payer is still paying. Only its text tells it; which code comes with it is not documented. */
export const STILL_PAYING: CodeRow = {
  outcome: 'rejected',
  repeat: 'later',
  meaning: 'the payer is paying at this moment; the order was not reversed',
  remedy: 'query the order; when it is unpaid, reverse again, not before 15 seconds after micropay',
};

/**
 * What reverse fails with.
 * @see https://pay.weixin.qq.com/wiki/doc/api/micropay.php?chapter=9_11
 */
export const REVERSE_CODES = {
  ...EVERYWHERE,
  SYSTEMERROR: {
    outcome: 'unknown',
    repeat: 'at-once',
    meaning: 'WeChat Pay had a timeout; the order may or may not be reversed',
    remedy: 'reverse again under the same number; query the order to see its state',
  },
  INVALID_TRANSACTIONID: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the transaction_id is wrong',
    remedy: 'check the transaction_id, or use the out_trade_no',
  },
  REVERSE_EXPIRE: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the payment is more than seven days old and cannot be reversed any more',
    remedy: 'refund it',
  },
  INVALID_REQUEST: {
    outcome: 'rejected',
    repeat: 'query',
    meaning: 'the order cannot be reversed: it was not placed by micropay, or permission or certificate are missing',
    remedy: 'query the order; close it when it is unpaid and not from micropay, refund it when it is paid',
  },
  NOT_ALLOW: {
    outcome: 'rejected',
    repeat: 'query',
    meaning: 'only micropay orders can be reversed',
    remedy: 'query the order; close it when it is unpaid, refund it when it is paid',
  },
  TRADE_ERROR: {
    outcome: 'rejected',
    repeat: 'query',
    meaning: 'the reversal was refused: account abnormal, or stopped by risk control',
    remedy: 'query the order and read the description; refund it when it is paid',
  },
  CERT_ERROR: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the client certificate was not accepted',
    remedy: 'use the API certificate of this merchant (apiclient_cert.p12)',
  },
} as const satisfies CodeTable;
