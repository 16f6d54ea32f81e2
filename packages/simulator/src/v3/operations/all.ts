import { COMBINE_CLOSE } from '../combine/combine-close.ts';
import { COMBINE_PLACE } from '../combine/combine-place.ts';
import { COMBINE_QUERY } from '../combine/combine-query.ts';
import type { V3Operation } from '../operation.ts';
import { ABNORMAL_REFUND } from './abnormal-refund.ts';
import { BILLS } from './bills.ts';
import { CERTIFICATES } from './certificates.ts';
import { CLOSE_ORDER } from './close-order.ts';
import { CODEPAY } from './codepay.ts';
import { ECHO } from './echo.ts';
import { PLACE_ORDER } from './place-order.ts';
import { QUERY_ORDER } from './query-order.ts';
import { QUERY_REFUND } from './query-refund.ts';
import { REFUND } from './refund-order.ts';
import { SUB_MERCHANT_BILL } from './sub-merchant-bill.ts';

/** Every operation of APIv3; one method and path each. */
export const V3_OPERATIONS: readonly V3Operation[] = [
  ...PLACE_ORDER,
  ...QUERY_ORDER,
  ...CLOSE_ORDER,
  ...CODEPAY,
  ...COMBINE_PLACE,
  COMBINE_QUERY,
  COMBINE_CLOSE,
  REFUND,
  QUERY_REFUND,
  ABNORMAL_REFUND,
  ...BILLS,
  SUB_MERCHANT_BILL,
  CERTIFICATES,
  ECHO,
];
