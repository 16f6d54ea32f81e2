import type { V3Operation } from '../operation.ts';
import { printOrder, type V3OrderContent } from '../order-content.ts';
import {
  joinParts,
  PLACING,
  type PrepaidAnswer,
  printPayer,
  readPrepaid,
  transactionPaths,
  type V3Payer,
} from '../place.ts';
import { printV3Request } from '../request.ts';

/** Places an order that is paid inside of WeChat: in an official account's page or in a mini program. */
export type V3JsapiRequest = V3OrderContent & V3Payer;

const ROW = { ...PLACING, name: 'jsapi', paths: transactionPaths('jsapi') } as const;

/**
 * JSAPI下单. The same number with exactly the same content may be sent again and brings a `prepayId` again.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791856
 */
export const v3Jsapi: V3Operation<V3JsapiRequest, PrepaidAnswer> = {
  ...ROW,
  printRequest: (request, sender) => {
    const { openid: _, subOpenid: __, ...content } = request;
    return printV3Request(ROW, sender, { body: joinParts(printOrder(content), printPayer(request, sender)) });
  },
  readAnswer: readPrepaid,
};
