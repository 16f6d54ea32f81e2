import type { OutTradeNo } from '../../values/numbers.ts';
import { ok } from '../../values/result.ts';
import { CLOSEORDER_CODES } from '../codes/closeorder.ts';
import { outTradeNo } from '../field-kinds.ts';
import { type FieldTable, printFields } from '../field-table.ts';
import type { Operation } from '../operation.ts';

/** Closes an unpaid order so that it cannot be paid any more. */
export interface CloseorderRequest {
  readonly outTradeNo: OutTradeNo;
}

/** There is nothing to know beyond the success itself: observed answers carry no `result_msg`. */
export type CloseorderAnswer = Readonly<Record<never, never>>;

const REQUEST: FieldTable<CloseorderRequest> = { outTradeNo: outTradeNo('out_trade_no') };

/**
 * 关闭订单, not before five minutes after the order was placed.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_3
 */
export const closeorder: Operation<CloseorderRequest, CloseorderAnswer> = {
  name: 'closeorder',
  path: '/pay/closeorder',
  clientCertificate: 'not-needed',
  answer: 'signed',
  signType: 'merchant',
  sender: 'appid-and-mchid',
  effect: 'changes',
  afterUnknown: 'repeat',
  codes: CLOSEORDER_CODES,
  printRequest: (request) => printFields(REQUEST, request),
  readAnswer: () => ok({}),
};
