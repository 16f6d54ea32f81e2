import { parseDashedBeijingTime } from '../../values/beijing-time.ts';
import { type Fen, parseYuan } from '../../values/fen.ts';
import { failure, ok, type Result } from '../../values/result.ts';
import type { Cell } from './cell-table.ts';

type Names = Pick<Cell<unknown>, 'header' | 'oldHeader' | 'none'>;

/** A column that every row fills. */
export const required = <Value>(names: Names | string, read: Cell<Value>['read']): Cell<Value> => ({
  ...(typeof names === 'string' ? { header: names } : names),
  need: 'required',
  read,
});

/** A column that may be missing or empty. */
export const optional = <Value>(names: Names | string, read: Cell<Value>['read']): Cell<Value> => ({
  ...required(names, read),
  need: 'optional',
});

/** Text as it is. */
export const readText = (text: string): Result<string, never> => ok(text);

/** `2026-11-24 15:07:09` in Beijing, as UTC milliseconds. */
export const readTime = parseDashedBeijingTime;

/** Yuan, not negative, as fen. */
export function readFen(text: string): Result<Fen, string> {
  const yuan = parseYuan(text);
  if (!yuan.ok) return yuan;
  return yuan.value.sign === 1 ? ok(yuan.value.amount) : failure('negative', 'the amount is negative');
}

/**
 * A decimal number times `10 ** decimals`, exactly. More decimals are allowed where they are zeros: the same column is
 * written `45` in one file and `45.0` in another.
 */
export function readDecimal(text: string, decimals: number): Result<number, 'not-a-number'> {
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (match === null) return failure('not-a-number', 'expected a decimal number');
  const [, minus = '', whole = '', part = ''] = match;
  if (/[^0]/.test(part.slice(decimals))) return failure('not-a-number', `more than ${decimals} decimals`);
  const scaled = Number(whole + part.slice(0, decimals).padEnd(decimals, '0'));
  if (!Number.isSafeInteger(scaled)) return failure('not-a-number', 'the number is beyond 2^53');
  return ok(minus === '-' && scaled !== 0 ? -scaled : scaled);
}

/** A count, such as `45` or `45.0`. */
export function readCount(text: string): Result<number, string> {
  const count = readDecimal(text, 0);
  return count.ok && count.value < 0 ? failure('negative', 'a count is negative') : count;
}

/** Yuan with up to five decimals, negative when it was given back, as thousandths of a fen. */
export const readMilliFen = (text: string): Result<number, string> => readDecimal(text, 5);

/** One of a closed set of words. */
export const readWord =
  <Word extends string>(...words: readonly Word[]) =>
  (text: string): Result<Word, string> => {
    const word = words.find((candidate) => candidate === text);
    return word === undefined ? failure('unknown-word', `is none of ${words.join(', ')}`) : ok(word);
  };
