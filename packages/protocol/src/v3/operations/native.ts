import type { V3Operation } from '../operation.ts';
import { printOrder, type V3OrderContent } from '../order-content.ts';
import { type CodeUrlAnswer, PLACING, readCodeUrl, transactionPaths } from '../place.ts';
import { printV3Request } from '../request.ts';

const ROW = { ...PLACING, name: 'native', paths: transactionPaths('native') } as const;

/**
 * Native下单: places an order that is paid by scanning a QR code. Sent again, the new code replaces the old one.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791877
 */
export const v3Native: V3Operation<V3OrderContent, CodeUrlAnswer> = {
  ...ROW,
  printRequest: (request, sender) => printV3Request(ROW, sender, { body: printOrder(request) }),
  readAnswer: readCodeUrl,
};
