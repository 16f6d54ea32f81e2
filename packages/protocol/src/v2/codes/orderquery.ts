import type { CodeTable } from './code-row.ts';
import { EVERYWHERE } from './everywhere.ts';

/**
 * What orderquery fails with.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_2
 */
export const ORDERQUERY_CODES = {
  ...EVERYWHERE,
  ORDERNOTEXIST: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'no order has this number',
    remedy: 'check the number; an order whose placing had no answer may never have arrived',
  },
  INVALID_REQUEST: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the order belongs to another product',
    remedy: 'query it with the operation of that product',
  },
} as const satisfies CodeTable;
