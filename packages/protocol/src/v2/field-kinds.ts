import type { RefundStatus } from '../trade/refund-status.ts';
import {
  type BeijingDay,
  parseBeijingDay,
  parseBeijingTime,
  parseDashedBeijingTime,
  printBeijingTime,
  printDashedBeijingTime,
} from '../values/beijing-time.ts';
import { type Fen, parseFen } from '../values/fen.ts';
import {
  type Appid,
  type Mchid,
  type Openid,
  type OutRefundNo,
  type OutTradeNo,
  parseAppid,
  parseMchid,
  parseOpenid,
  parseOutRefundNo,
  parseOutTradeNo,
  parsePrepayId,
  parseRefundId,
  parseTransactionId,
  type PrepayId,
  type RefundId,
  type TransactionId,
} from '../values/numbers.ts';
import { failure, ok, type Result } from '../values/result.ts';
import { type ApiKey, parseApiKey } from '../values/secret.ts';
import { checkBytes, checkInstant, checkNotifyUrl, checkPositive, wordOf } from '../values/wire-values.ts';
import type { Field, SentField } from './field-table.ts';

/** Makes a field from its name on the wire. */
export type Make<Value> = (wire: string) => Field<Value>;
/** Makes a field that is only ever sent. */
export type MakeSent<Value> = (wire: string) => SentField<Value>;

/** A kind of field made optional: `optional(text(127))('attach')`. */
export const optional =
  <Kind extends SentField<never>>(make: (wire: string) => Kind) =>
  (wire: string): Kind => ({ ...make(wire), need: 'optional' });

const kind =
  <Value>(print: Field<Value>['print'], read: Field<Value>['read']): Make<Value> =>
  (wire) => ({ wire, need: 'required', print, read });

const numberKind =
  <Value>(print: Field<Value>['print'], read: Field<Value>['read']): Make<Value> =>
  (wire) => ({ ...kind(print, read)(wire), inJson: 'number' });

const branded = <Value extends string>(parse: (text: string) => Result<Value, string>): Make<Value> => kind(ok, parse);

/** Text of at most `bytesMax` UTF-8 bytes when sent. What is received is taken as it is. */
export const text = (bytesMax: number): Make<string> => kind((value) => checkBytes(value, bytesMax), ok);

/** One of a closed set of words. */
export const oneOf = <Word extends string>(...words: readonly Word[]): Make<Word> => {
  const find = wordOf(words);
  return kind(find, find);
};

/** An amount that may be zero. */
export const fenAmount: Make<Fen> = numberKind((value) => ok(String(value)), parseFen);

/** An amount above zero, as every order and refund must have. */
export const positiveFen: Make<Fen> = numberKind((value) => {
  const checked = checkPositive(value);
  return checked.ok ? ok(String(value)) : checked;
}, parseFen);

const NOT_A_COUNT = failure('not-a-count', 'must be a whole number from 0 to 999999999');

/** A count or an index: decimal digits. */
export const count: Make<number> = numberKind(
  (value) => (Number.isInteger(value) && value >= 0 && value <= 999_999_999 ? ok(String(value)) : NOT_A_COUNT),
  (value) => (/^[0-9]{1,9}$/.test(value) ? ok(Number(value)) : NOT_A_COUNT),
);

/** A count of at least one. */
export const positiveCount: Make<number> = (wire) => {
  const field = count(wire);
  return { ...field, print: (value) => (value > 0 ? field.print(value) : failure('zero', 'must be at least 1')) };
};

const printInstant =
  (print: (atMs: number) => string): Field<number>['print'] =>
  (value) => {
    const checked = checkInstant(value);
    return checked.ok ? ok(print(value)) : checked;
  };

/** `yyyyMMddHHmmss` in Beijing on the wire, UTC milliseconds in the program. */
export const beijingTime: Make<number> = kind(printInstant(printBeijingTime), parseBeijingTime);

/** The merchant's number of an attempt. */
export const outTradeNo: Make<OutTradeNo> = branded(parseOutTradeNo);
/** WeChat Pay's number of a payment. */
export const transactionId: Make<TransactionId> = branded(parseTransactionId);
/** The merchant's number of a refund. */
export const outRefundNo: Make<OutRefundNo> = branded(parseOutRefundNo);
/** WeChat Pay's number of a refund. */
export const refundId: Make<RefundId> = branded(parseRefundId);
/** What opens the payment in the payer's client. */
export const prepayId: Make<PrepayId> = branded(parsePrepayId);
/** An appid. */
export const appid: Make<Appid> = branded(parseAppid);
/** A merchant's number. */
export const mchid: Make<Mchid> = branded(parseMchid);
/** A payer under one appid. */
export const openid: Make<Openid> = branded(parseOpenid);

/** An address where notices are to be sent. */
export const notifyUrl: MakeSent<string> = (wire) => ({
  wire,
  need: 'required',
  print: (value) => checkNotifyUrl(value, 256),
});

/** A day of Beijing's calendar, `20261124`. */
export const beijingDay: Make<BeijingDay> = kind((value) => ok(value.text), parseBeijingDay);

/** `yyyy-MM-dd HH:mm:ss` in Beijing on the wire, UTC milliseconds in the program. */
export const dashedBeijingTime: Make<number> = kind(printInstant(printDashedBeijingTime), parseDashedBeijingTime);

/** An API key in an answer; it is a {@link ApiKey} from the first moment, so that it prints as `[secret]`. */
export const apiKey: Make<ApiKey> = kind((value) => ok(value.reveal()), parseApiKey);

/** A refund's status; `FAIL` is the old word for REFUNDCLOSE. */
export const refundStatus: Make<RefundStatus> = kind(ok, (value) =>
  value === 'FAIL'
    ? ok('REFUNDCLOSE')
    : oneOf<RefundStatus>('SUCCESS', 'REFUNDCLOSE', 'PROCESSING', 'CHANGE')('').read(value),
);
