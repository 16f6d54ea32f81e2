import type { CodeTable } from './code-row.ts';
import { EVERYWHERE } from './everywhere.ts';

/**
 * What closeorder fails with. Documented for closed and unknown numbers, but observed only as success, are ORDERCLOSED
 * and ORDERNOTEXIST.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_3
 */
export const CLOSEORDER_CODES = {
  ...EVERYWHERE,
  ORDERPAID: {
    outcome: 'rejected',
    repeat: 'query',
    meaning: 'the order is paid, it cannot be closed',
    remedy: 'query the order and treat it as paid',
  },
  ORDERCLOSED: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the order is closed already',
    remedy: 'nothing to do: it cannot be paid any more',
  },
  ORDERNOTEXIST: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'no order has this number',
    remedy: 'nothing to close; check the number',
  },
  TRADE_STATE_ERROR: {
    outcome: 'rejected',
    repeat: 'query',
    meaning: 'the order is in a state that cannot be closed',
    remedy: 'query the order and decide by its trade state',
  },
  FREQUENCY_LIMITED: {
    outcome: 'rejected',
    repeat: 'query',
    meaning: 'too many calls, or the payer is paying at this moment; the order was not closed',
    remedy: 'query the order; when it is unpaid, wait and close again',
  },
} as const satisfies CodeTable;
