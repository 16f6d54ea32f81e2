import { closeorder } from './closeorder.ts';
import type { SimOperation } from './operation.ts';
import { orderquery } from './orderquery.ts';
import { unifiedorder } from './unifiedorder.ts';

/** Every operation of the gateway; one path each. */
export const OPERATIONS: readonly SimOperation[] = [unifiedorder, orderquery, closeorder];
