import { RECALL, REVERSE_CODES } from '../codes/reverse.ts';
import { oneOf } from '../field-kinds.ts';
import { type FieldTable, printFields, readFields } from '../field-table.ts';
import type { Operation } from '../operation.ts';
import { ORDER_NUMBER, type OrderNumber, requireOrderNumber } from '../order-number.ts';

/** Takes a micropay order back: closes it when unpaid, returns the money when paid. */
export type ReverseRequest = OrderNumber;

/** Whether the order is reversed (`N`), or the same call is to be made again (`Y`). */
export interface ReverseAnswer {
  readonly recall: 'Y' | 'N';
}

/** Essential: without it nobody knows whether the order is reversed; the call is then made again, which is safe. */
const ANSWER: FieldTable<ReverseAnswer> = { recall: oneOf('Y', 'N')('recall') };

/**
 * 撤销订单: for micropay orders only, within seven days, not before 15 seconds after micropay.
 * @see https://pay.weixin.qq.com/wiki/doc/api/micropay.php?chapter=9_11
 */
export const reverse: Operation<ReverseRequest, ReverseAnswer> = {
  name: 'reverse',
  path: '/secapi/pay/reverse',
  clientCertificate: 'required',
  answer: 'signed',
  signType: 'merchant',
  sender: 'appid-and-mchid',
  effect: 'changes',
  afterUnknown: 'repeat',
  codes: REVERSE_CODES,
  failureRow: (fields) => (fields.get('recall') === 'Y' ? RECALL : undefined),
  printRequest: (request) => requireOrderNumber(printFields(ORDER_NUMBER, request)),
  readAnswer: (fields) => readFields(ANSWER, fields),
};
