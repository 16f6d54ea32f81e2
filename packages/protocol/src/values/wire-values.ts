import type { Fen } from './fen.ts';
import { failure, ok, type Result } from './result.ts';

// What WeChat Pay demands of a value whatever the protocol; the fields of each protocol are made of these.

/**
 * Text of at most `bytesMax` UTF-8 bytes. The pages of WeChat Pay count characters or do not say what they count, and the
 * gateway was seen to count bytes: the safe reading.
 */
export function checkBytes(value: string, bytesMax: number): Result<string, 'too-long'> {
  const length = Buffer.byteLength(value, 'utf8');
  return length <= bytesMax ? ok(value) : failure('too-long', `has ${length} UTF-8 bytes, allowed are ${bytesMax}`);
}

/** Finds a text in a closed set of words. */
export function wordOf<Word extends string>(words: readonly Word[]): (value: string) => Result<Word, 'unknown-word'> {
  return (value) => {
    const word = words.find((candidate) => candidate === value);
    return word === undefined ? failure('unknown-word', `is none of ${words.join(', ')}`) : ok(word);
  };
}

/** An amount above zero, as every order and refund must have. */
export const checkPositive = (amount: Fen): Result<Fen, 'zero'> =>
  amount > 0 ? ok(amount) : failure('zero', 'must be above 0 fen');

/** The first millisecond that no format of WeChat Pay can write: in Beijing the year 10000 begins. */
const AT_MS_END = Date.UTC(9999, 11, 31, 16);

/** UTC milliseconds that every format of WeChat Pay can write. */
export const checkInstant = (atMs: number): Result<number, 'not-an-instant'> =>
  atMs >= 0 && atMs < AT_MS_END
    ? ok(atMs)
    : failure('not-an-instant', 'must be UTC milliseconds between the years 1970 and 9999');

/**
 * An absolute http or https address of at most `bytesMax` bytes without query and fragment, where notices are to be sent.
 * The pages ask for https; http is for merchants with lines of their own, and the gateway takes it.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012075420
 */
export function checkNotifyUrl(
  value: string,
  bytesMax: number,
): Result<string, 'not-an-address' | 'query' | 'too-long'> {
  if (!/^https?:\/\/[^/?#\s]+/.test(value))
    return failure('not-an-address', 'must be an absolute https or http address');
  if (/[?#]/.test(value))
    return failure('query', 'must have no query parameters and no fragment; WeChat Pay drops or refuses them');
  return checkBytes(value, bytesMax);
}
