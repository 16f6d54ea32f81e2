import type { V3Operation } from '../operation.ts';
import { printOrder, type V3OrderContent } from '../order-content.ts';
import { PLACING, type PrepaidAnswer, readPrepaid, transactionPaths } from '../place.ts';
import { printV3Request } from '../request.ts';

const ROW = { ...PLACING, name: 'app', paths: transactionPaths('app') } as const;

/**
 * APP下单: places an order that is paid out of the merchant's app.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013070347
 */
export const v3App: V3Operation<V3OrderContent, PrepaidAnswer> = {
  ...ROW,
  printRequest: (request, sender) => printV3Request(ROW, sender, { body: printOrder(request) }),
  readAnswer: readPrepaid,
};
