import type { OutTradeNo } from '../../values/numbers.ts';
import { ok } from '../../values/result.ts';
import { CLOSE_CODES } from '../codes/payments.ts';
import { anyOutTradeNo } from '../json/json-kinds.ts';
import { printJson, type SentJsonTable } from '../json/json-table.ts';
import type { V3Operation } from '../operation.ts';
import { transactionPaths } from '../place.ts';
import { printV3Request } from '../request.ts';

/** Closes an unpaid order so that it cannot be paid any more. */
export interface V3CloseRequest {
  readonly outTradeNo: OutTradeNo;
}

/** There is nothing to know beyond the success itself: 204 has no body. */
export type V3CloseAnswer = Readonly<Record<never, never>>;

const NUMBER: SentJsonTable<V3CloseRequest> = { outTradeNo: anyOutTradeNo('out_trade_no') };

const ROW = {
  name: 'close',
  method: 'POST',
  paths: transactionPaths('out-trade-no/{out_trade_no}/close'),
  sender: 'mchid',
  success: [204],
  answer: 'signed',
  effect: 'changes',
  afterUnknown: 'repeat',
  codes: CLOSE_CODES,
} as const;

/**
 * 关闭订单. It may be repeated, and unlike in v2 no wait after placing is documented. Success was also seen for a number
 * that never existed.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791860
 */
export const v3Close: V3Operation<V3CloseRequest, V3CloseAnswer> = {
  ...ROW,
  printRequest: (request, sender) => printV3Request(ROW, sender, { path: printJson(NUMBER, request) }),
  readAnswer: () => ok({}),
};
