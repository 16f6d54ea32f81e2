import type { CodeTable } from './code-row.ts';
import { EVERYWHERE } from './everywhere.ts';
import { PLACING_CODES } from './payer.ts';

/**
 * What unifiedorder fails with. The order may be placed again under the same number with the same content at any time.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1
 */
export const UNIFIEDORDER_CODES = {
  ...EVERYWHERE,
  ...PLACING_CODES,
} as const satisfies CodeTable;
