import type { CodeRow } from '../codes/code-row.ts';
import { RECALL, REVERSE_CODES, STILL_PAYING } from '../codes/reverse.ts';
import { oneOf } from '../field-kinds.ts';
import { type FieldTable, printFields, readFields } from '../field-table.ts';
import type { Fields } from '../fields.ts';
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

function failureRow(fields: Fields): CodeRow | undefined {
  if (fields.get('recall') === 'Y') return RECALL;
  return fields.get('err_code_des')?.includes('正在支付') === true ? STILL_PAYING : undefined;
}

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
  failureRow,
  printRequest: (request) => requireOrderNumber(printFields(ORDER_NUMBER, request)),
  readAnswer: (fields) => readFields(ANSWER, fields),
};
