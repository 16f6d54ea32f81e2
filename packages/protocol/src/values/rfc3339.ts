import { failure, ok, type Result } from './result.ts';

/** A text is not a moment in the form of RFC 3339. */
export type Rfc3339Reason = 'not-a-time';

const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000;
const FORM =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))$/;

const NOT_A_TIME = failure('not-a-time', 'expected a time as 2026-01-31T08:00:00+08:00');

/**
 * Any form of RFC 3339 as UTC milliseconds: with `Z` or an offset, with or without parts of a second, of which what is
 * finer than a millisecond is cut off.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012081709
 */
export function parseRfc3339(text: string): Result<number, Rfc3339Reason> {
  const match = FORM.exec(text);
  if (match === null) return NOT_A_TIME;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6])];
  const fractionMs = match[7] === undefined ? 0 : Number(match[7].padEnd(3, '0').slice(0, 3));
  const [offsetHours, offsetMinutes] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  const localMs = Date.UTC(year, month - 1, day, hour, minute, second, fractionMs);
  const back = new Date(localMs);
  const isSameDay = back.getUTCFullYear() === year && back.getUTCMonth() === month - 1 && back.getUTCDate() === day;
  if (!isSameDay || hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59) {
    return NOT_A_TIME;
  }
  const offsetMs = (offsetHours * 60 + offsetMinutes) * 60_000;
  return ok(match[8] === '-' ? localMs + offsetMs : localMs - offsetMs);
}

/**
 * UTC milliseconds as `2026-01-01T08:00:00+08:00`, in Beijing's time as WeChat Pay writes it; parts of a second are cut
 * off. Throws a RangeError for what is no instant of the years 0 to 9999.
 */
export function printRfc3339(atMs: number): string {
  const text = new Date(atMs + BEIJING_OFFSET_MS).toISOString();
  if (text.length !== 24) throw new RangeError('the instant is outside of the years 0 to 9999');
  return `${text.slice(0, 19)}+08:00`;
}
