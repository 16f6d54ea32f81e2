import type { RefundStatus } from '../../trade/refund-status.ts';
import { type BeijingDay, parseBeijingDay } from '../../values/beijing-time.ts';
import { type Fen, parseFen } from '../../values/fen.ts';
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
} from '../../values/numbers.ts';
import { failure, ok, type Result } from '../../values/result.ts';
import { parseRfc3339, printRfc3339 } from '../../values/rfc3339.ts';
import { checkBytes, checkInstant, checkNotifyUrl, checkPositive, wordOf } from '../../values/wire-values.ts';
import {
  type JsonTable,
  type KindReason,
  type Member,
  printJson,
  readJson,
  type SentJsonTable,
  type SentMember,
} from './json-table.ts';
import { type JsonValue, objectOf } from './json-value.ts';

/** Makes a member from its path on the wire. */
export type MakeMember<Value> = (wire: string) => Member<Value>;
/** Makes a member that is only ever sent. */
export type MakeSentMember<Value> = (wire: string) => SentMember<Value>;

type Print<Value> = Member<Value>['print'];
type Read<Value> = Member<Value>['read'];

/** A kind of member made optional: `optional(text(128))('attach')`. */
export const optional =
  <Kind extends SentMember<never>>(make: (wire: string) => Kind) =>
  (wire: string): Kind => ({ ...make(wire), need: 'optional' });

const kind =
  <Value>(print: Print<Value>, read: Read<Value>): MakeMember<Value> =>
  (wire) => ({ wire, need: 'required', print, read });

const wrong = (message: string) => failure('value', message);

const asValue = <Value>(result: Result<Value, string>): Result<Value, 'value'> =>
  result.ok ? result : wrong(result.message);

const ofText =
  <Value>(parse: (text: string) => Result<Value, string>): Read<Value> =>
  (value) =>
    typeof value === 'string' ? asValue(parse(value)) : wrong('is no text');

const branded = <Value extends string>(parse: (text: string) => Result<Value, string>): MakeMember<Value> =>
  kind((value) => ok(value), ofText(parse));

/** A character outside of the basic plane has two of these, each of them alone is none. */
const SURROGATE = /[\ud800-\udfff]/;

function checkText(value: string, bytesMax: number): Result<string, 'value'> {
  const checked = checkBytes(value, bytesMax);
  if (checked.ok && SURROGATE.test(value))
    return wrong('has a 4-byte character such as an emoji; WeChat Pay takes 1 to 3 bytes');
  return asValue(checked);
}

/** Text of at most `bytesMax` UTF-8 bytes when sent. What is received is taken as it is. */
export const text = (bytesMax: number): MakeMember<string> => kind((value) => checkText(value, bytesMax), ofText(ok));

/** One of a closed set of words. */
export const oneOf = <Word extends string>(...words: readonly Word[]): MakeMember<Word> => {
  const find = wordOf(words);
  return kind((value) => asValue(find(value)), ofText(find));
};

/** A yes or no. */
export const flag: MakeMember<boolean> = kind(
  (value) => ok(value),
  (value) => (typeof value === 'boolean' ? ok(value) : wrong('is neither true nor false')),
);

const NOT_AN_AMOUNT = wrong('must be a whole number of fen from 0 to 9007199254740991');

/** Numbers beyond 2^53 lose digits while JSON is read, so they are no amounts; neither is a text of digits. */
const readFen: Read<Fen> = (value) => {
  if (typeof value !== 'number') return NOT_AN_AMOUNT;
  const amount = parseFen(String(value));
  return amount.ok ? amount : NOT_AN_AMOUNT;
};

/** An amount that may be zero. */
export const fenAmount: MakeMember<Fen> = kind((value) => ok(value), readFen);

/** An amount above zero, as every order and refund must have. */
export const positiveFen: MakeMember<Fen> = kind((value) => asValue(checkPositive(value)), readFen);

const readCount: Read<number> = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0
    ? ok(value)
    : wrong('must be a whole number of at least 1');

/** A number of pieces. */
export const positiveCount: MakeMember<number> = kind(readCount, readCount);

/** RFC 3339 on the wire, UTC milliseconds in the program. */
export const instant: MakeMember<number> = kind((value) => {
  const checked = checkInstant(value);
  return checked.ok ? ok(printRfc3339(value)) : wrong(checked.message);
}, ofText(parseRfc3339));

/** A day of Beijing's calendar, `2026-11-24` on the wire. */
export const dashedBeijingDay: MakeMember<BeijingDay> = kind(
  ({ text: day }) => ok(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`),
  ofText((value) =>
    /^\d{4}-\d{2}-\d{2}$/.test(value) ? parseBeijingDay(value.replaceAll('-', '')) : wrong('is no day'),
  ),
);

/** The merchant's number of an attempt, sent with at least six characters and without `@`, as the gateway demands. */
export const outTradeNo: MakeMember<OutTradeNo> = kind(
  (value) =>
    /^[0-9A-Za-z_\-|*]{6,32}$/.test(value)
      ? ok(value)
      : wrong('must have 6 to 32 digits, letters and _ - | *; v2 allows shorter numbers and @'),
  ofText(parseOutTradeNo),
);

/** The same where the order may be one that was placed with v2: everything that its rules allow. */
export const anyOutTradeNo: MakeMember<OutTradeNo> = branded(parseOutTradeNo);
/** WeChat Pay's number of a payment. */
export const transactionId: MakeMember<TransactionId> = branded(parseTransactionId);
/** The merchant's number of a refund. */
export const outRefundNo: MakeMember<OutRefundNo> = branded(parseOutRefundNo);
/** WeChat Pay's number of a refund. */
export const refundId: MakeMember<RefundId> = branded(parseRefundId);
/** What opens the payment in the payer's client. */
export const prepayId: MakeMember<PrepayId> = branded(parsePrepayId);
/** An appid. */
export const appid: MakeMember<Appid> = branded(parseAppid);
/** A merchant's number. */
export const mchid: MakeMember<Mchid> = branded(parseMchid);
/** A payer under one appid. */
export const openid: MakeMember<Openid> = branded(parseOpenid);

/** An address of at most `bytesMax` bytes where notices are to be sent. */
export const notifyUrl =
  (bytesMax: number): MakeSentMember<string> =>
  (wire) => ({
    wire,
    need: 'required',
    print: (value) => asValue(checkNotifyUrl(value, bytesMax)),
  });

/** The words of v2 for the same ends of a refund, so that nothing above has to know the protocol. */
const STATUS_WORDS: Readonly<Record<string, RefundStatus>> = {
  SUCCESS: 'SUCCESS',
  PROCESSING: 'PROCESSING',
  CLOSED: 'REFUNDCLOSE',
  ABNORMAL: 'CHANGE',
};

/** A refund's status as it is received, in the words of {@link RefundStatus}. */
export const refundStatus: MakeMember<RefundStatus> = kind(
  (value) => ok(Object.keys(STATUS_WORDS).find((word) => STATUS_WORDS[word] === value) ?? value),
  ofText((value) => {
    const status = Object.hasOwn(STATUS_WORDS, value) ? STATUS_WORDS[value] : undefined;
    return status === undefined ? wrong(`is none of ${Object.keys(STATUS_WORDS).join(', ')}`) : ok(status);
  }),
);

/** A structure that is only ever sent. */
export const sentObject =
  <Value extends object>(table: SentJsonTable<Value>): MakeSentMember<Value> =>
  (wire) => ({ wire, need: 'required', print: (value) => printJson(table, value) });

/** A structure of at most `bytesMax` bytes of compact JSON. */
export const limited =
  <Value>(bytesMax: number, make: MakeSentMember<Value>): MakeSentMember<Value> =>
  (wire) => ({
    wire,
    need: 'required',
    print: (value) => {
      const printed = make(wire).print(value);
      if (!printed.ok) return printed;
      const length = Buffer.byteLength(JSON.stringify(printed.value), 'utf8');
      return length <= bytesMax ? printed : wrong(`has ${length} bytes of JSON, allowed are ${bytesMax}`);
    },
  });

/** A list of structures that is only ever sent. */
export const sentList =
  <Value extends object>(
    table: SentJsonTable<Value>,
    { countMin, countMax }: { readonly countMin: number; readonly countMax: number },
  ): MakeSentMember<readonly Value[]> =>
  (wire) => ({
    wire,
    need: 'required',
    print: (values) => {
      if (values.length < countMin || values.length > countMax) {
        return wrong(`has ${values.length} entries, allowed are ${countMin} to ${countMax}`);
      }
      const list: JsonValue[] = [];
      for (const [index, value] of values.entries()) {
        const printed = printJson(table, value);
        if (!printed.ok) return failure(printed.reason, `[${index}].${printed.message}`);
        list.push(printed.value);
      }
      return ok(list);
    },
  });

/** A list of structures, received only: an entry that cannot be read is a failure that names it, counted from 0. */
export const receivedList =
  <Value extends object>(table: JsonTable<Value>): MakeMember<readonly Value[]> =>
  (wire) => ({
    wire,
    need: 'required',
    print: () => wrong('is only ever received'),
    read: (values) => {
      if (!Array.isArray(values)) return wrong('is no list');
      const list: Value[] = [];
      for (const [index, value] of values.entries()) {
        const entry = readEntry(table, value);
        if (!entry.ok) return failure(entry.reason, `[${index}]${entry.message}`);
        list.push(entry.value);
      }
      return ok(list);
    },
  });

/** Of a list whose entries are circumstances: those that can be read. */
export const readableEntries =
  <Value extends object>(table: JsonTable<Value>): MakeMember<readonly Value[]> =>
  (wire) => ({
    wire,
    need: 'optional',
    print: () => wrong('is only ever received'),
    read: (values) => {
      if (!Array.isArray(values)) return wrong('is no list');
      const entries = values.map((value) => readEntry(table, value));
      return ok(entries.flatMap((entry) => (entry.ok ? [entry.value] : [])));
    },
  });

function readEntry<Value extends object>(table: JsonTable<Value>, value: unknown): Result<Value, KindReason> {
  const object = objectOf(value);
  if (object === undefined) return failure('field-invalid', ': is no object');
  const entry = readJson(table, object);
  return entry.ok ? entry : failure(entry.reason, `.${entry.message}`);
}
