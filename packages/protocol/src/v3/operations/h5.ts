import type { V3Operation } from '../operation.ts';
import { printH5Order, type V3H5Scene, type V3OrderContent } from '../order-content.ts';
import { type H5UrlAnswer, PLACING, readH5Url, transactionPaths } from '../place.ts';
import { printV3Request } from '../request.ts';

/** Places an order that is paid out of a browser on a phone. */
export interface V3H5Request extends V3OrderContent {
  readonly scene: V3H5Scene;
}

const ROW = { ...PLACING, name: 'h5', paths: transactionPaths('h5') } as const;

/**
 * H5下单.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791834
 */
export const v3H5: V3Operation<V3H5Request, H5UrlAnswer> = {
  ...ROW,
  printRequest: (request, sender) => printV3Request(ROW, sender, { body: printH5Order(request) }),
  readAnswer: readH5Url,
};
