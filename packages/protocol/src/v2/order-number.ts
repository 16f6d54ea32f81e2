import type { OutTradeNo, TransactionId } from '../values/numbers.ts';
import { failure, type Result } from '../values/result.ts';
import { optional, outTradeNo, transactionId } from './field-kinds.ts';
import type { FieldReason, FieldTable } from './field-table.ts';

/** Which order is meant: WeChat Pay's number, or the merchant's while the other is not known. */
export type OrderNumber =
  | { readonly transactionId: TransactionId; readonly outTradeNo?: never }
  | { readonly outTradeNo: OutTradeNo; readonly transactionId?: never };

/** The fields of {@link OrderNumber}, for the tables of the operations that take one. */
export const ORDER_NUMBER: FieldTable<{ readonly transactionId?: TransactionId; readonly outTradeNo?: OutTradeNo }> = {
  transactionId: optional(transactionId)('transaction_id'),
  outTradeNo: optional(outTradeNo)('out_trade_no'),
};

/** Passes printed fields on when at least one field of `names` is among them. */
export function requireOneOf(
  printed: Result<Map<string, string>, FieldReason>,
  names: readonly string[],
): Result<Map<string, string>, FieldReason> {
  if (!printed.ok || names.some((name) => printed.value.has(name))) return printed;
  return failure('field-missing', `${names.join(' or ')} is required`);
}

/** Passes printed fields on when they say which order is meant. */
export const requireOrderNumber = (
  printed: Result<Map<string, string>, FieldReason>,
): Result<Map<string, string>, FieldReason> => requireOneOf(printed, ['transaction_id', 'out_trade_no']);
