import type { V3CodeRow } from './codes/code-row.ts';
import type { V3OperationName, V3OperationRow } from './operation.ts';
import { v3AbnormalRefund } from './operations/abnormal-refund.ts';
import { v3App } from './operations/app.ts';
import { v3Billdownload } from './operations/billdownload.ts';
import { v3Certificates } from './operations/certificates.ts';
import { v3Close } from './operations/close.ts';
import { v3Codepay } from './operations/codepay.ts';
import { v3CombineClose } from './operations/combine-close.ts';
import { v3CombineApp, v3CombineH5, v3CombineJsapi, v3CombineNative } from './operations/combine-place.ts';
import { v3CombineQuery } from './operations/combine-query.ts';
import { v3Fundflowbill } from './operations/fundflowbill.ts';
import { v3H5 } from './operations/h5.ts';
import { v3Jsapi } from './operations/jsapi.ts';
import { v3Native } from './operations/native.ts';
import { v3QueryById, v3QueryByOutTradeNo } from './operations/query.ts';
import { v3RefundQuery } from './operations/refund-query.ts';
import { v3Refund } from './operations/refund.ts';
import { v3Reverse } from './operations/reverse.ts';
import { v3SubMerchantFundflowbill } from './operations/sub-merchant-fundflowbill.ts';
import { v3Tradebill } from './operations/tradebill.ts';

/** All operations of APIv3 by their name. */
export const V3_OPERATIONS: Readonly<Record<V3OperationName, V3OperationRow>> = {
  jsapi: v3Jsapi,
  app: v3App,
  native: v3Native,
  h5: v3H5,
  'query-by-id': v3QueryById,
  'query-by-out-trade-no': v3QueryByOutTradeNo,
  close: v3Close,
  refund: v3Refund,
  'refund-query': v3RefundQuery,
  'abnormal-refund': v3AbnormalRefund,
  tradebill: v3Tradebill,
  fundflowbill: v3Fundflowbill,
  'sub-merchant-fundflowbill': v3SubMerchantFundflowbill,
  billdownload: v3Billdownload,
  certificates: v3Certificates,
  codepay: v3Codepay,
  reverse: v3Reverse,
  'combine-jsapi': v3CombineJsapi,
  'combine-app': v3CombineApp,
  'combine-native': v3CombineNative,
  'combine-h5': v3CombineH5,
  'combine-query': v3CombineQuery,
  'combine-close': v3CombineClose,
};

/** One code of one operation, with the names that its table has as keys. */
export interface V3ListedCode extends V3CodeRow {
  readonly operation: V3OperationName;
  readonly code: string;
}

/** Every code of every operation, in the order of {@link V3_OPERATIONS}; the documentation is made from it. */
export const V3_LISTED_CODES: readonly V3ListedCode[] = Object.values(V3_OPERATIONS).flatMap((operation) =>
  Object.entries(operation.codes).map(([code, row]) => ({ operation: operation.name, code, ...row })),
);
