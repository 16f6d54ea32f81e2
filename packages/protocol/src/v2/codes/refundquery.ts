import type { CodeTable } from './code-row.ts';
import { EVERYWHERE } from './everywhere.ts';

/**
 * What refundquery and refundqueryv2 fail with.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_5
 */
export const REFUNDQUERY_CODES = {
  ...EVERYWHERE,
  REFUNDNOTEXIST: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'there is no such refund; the same is said of orders that are unpaid, closed or unknown',
    remedy: 'check the number; a refund whose request had no answer may never have arrived',
  },
  INVALID_TRANSACTIONID: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the transaction_id is wrong',
    remedy: 'check the number of the order',
  },
  PARAM_ERROR: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'a parameter is wrong; also said of an offset beyond the last refund',
    remedy: 'correct the parameter that the description names',
  },
  INVALID_REQUEST: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'a parameter is wrong or a rule forbids this query',
    remedy: 'correct what the description names',
  },
} as const satisfies CodeTable;
