import type { CodeTable } from './code-row.ts';
import { EVERYWHERE } from './everywhere.ts';
import { AUTH_CODES } from './payer.ts';

/**
 * What authcodetoopenid fails with.
 * @see https://pay.weixin.qq.com/wiki/doc/api/micropay.php?chapter=9_13
 */
export const AUTHCODETOOPENID_CODES = { ...EVERYWHERE, ...AUTH_CODES } as const satisfies CodeTable;
