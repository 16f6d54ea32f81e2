import type { V3Operation } from '../operation.ts';
import { CERTIFICATES } from './certificates.ts';
import { CLOSE_ORDER } from './close-order.ts';
import { PLACE_ORDER } from './place-order.ts';
import { QUERY_ORDER } from './query-order.ts';

/** Every operation of APIv3; one method and path each. */
export const V3_OPERATIONS: readonly V3Operation[] = [...PLACE_ORDER, ...QUERY_ORDER, ...CLOSE_ORDER, CERTIFICATES];
