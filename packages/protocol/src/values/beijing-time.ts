import { failure, ok, type Result } from './result.ts';

/** Beijing is eight hours ahead of UTC all year. */
const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000;

const COMPACT = /^[0-9]{14}$/;
const DASHED = /^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$/;
const DAY = /^[0-9]{8}$/;

/** A text is not a moment of Beijing time in the expected form. */
export type BeijingTimeReason = 'not-a-time';

/** A day of Beijing's calendar, written `20261124`. */
export interface BeijingDay {
  readonly text: string;
  /** Midnight at its start, in UTC milliseconds. */
  readonly startMs: number;
}

const DAY_MS = 86_400_000;
const DIGIT_ZERO = 0x30;

/** `2026-11-24T15:07:09.000Z`, read as if Beijing were UTC. The formats of WeChat Pay have four digits for the year. */
function isoInBeijing(atMs: number): string {
  const text = new Date(atMs + BEIJING_OFFSET_MS).toISOString();
  if (text.length !== 24) throw new RangeError('the instant is outside of the years 0 to 9999');
  return text;
}

const notATime = (expected: string): Result<never, BeijingTimeReason> =>
  failure('not-a-time', `expected Beijing time as ${expected}`);

/** The instant that 14 digits `yyyyMMddHHmmss` name, unless there is no such day or hour. */
function instantOf(digits: string): number | undefined {
  const year = twoDigitsAt(digits, 0) * 100 + twoDigitsAt(digits, 2);
  const monthIndex = twoDigitsAt(digits, 4) - 1;
  const day = twoDigitsAt(digits, 6);
  const hour = twoDigitsAt(digits, 8);
  const minute = twoDigitsAt(digits, 10);
  const second = twoDigitsAt(digits, 12);
  const localMs = Date.UTC(year, monthIndex, day, hour, minute, second);
  const back = new Date(localMs);
  const isSameDay = back.getUTCFullYear() === year && back.getUTCMonth() === monthIndex && back.getUTCDate() === day;
  return isSameDay && hour < 24 && minute < 60 && second < 60 ? localMs - BEIJING_OFFSET_MS : undefined;
}

/** By character codes: every paid answer has a time, and cutting it into texts costs more than all else about it. */
const twoDigitsAt = (digits: string, at: number): number =>
  (digits.charCodeAt(at) - DIGIT_ZERO) * 10 + digits.charCodeAt(at + 1) - DIGIT_ZERO;

/** `20261124150709` as UTC milliseconds. */
export function parseBeijingTime(text: string): Result<number, BeijingTimeReason> {
  const atMs = COMPACT.test(text) ? instantOf(text) : undefined;
  return atMs === undefined ? notATime('yyyyMMddHHmmss') : ok(atMs);
}

/** `2026-11-24 15:07:09` as UTC milliseconds. */
export function parseDashedBeijingTime(text: string): Result<number, BeijingTimeReason> {
  const atMs = DASHED.test(text) ? instantOf(text.replaceAll(/[- :]/g, '')) : undefined;
  return atMs === undefined ? notATime('yyyy-MM-dd HH:mm:ss') : ok(atMs);
}

/** `20261124` as a day. */
export function parseBeijingDay(text: string): Result<BeijingDay, BeijingTimeReason> {
  const startMs = DAY.test(text) ? instantOf(`${text}000000`) : undefined;
  return startMs === undefined ? notATime('yyyyMMdd') : ok({ text, startMs });
}

/** UTC milliseconds as `20261124150709`; parts of a second are cut off. Throws a RangeError for what is no instant. */
export const printBeijingTime = (atMs: number): string => isoInBeijing(atMs).slice(0, 19).replaceAll(/[-T:]/g, '');

/** UTC milliseconds as `2026-11-24 15:07:09`; like {@link printBeijingTime} otherwise. */
export const printDashedBeijingTime = (atMs: number): string => isoInBeijing(atMs).slice(0, 19).replace('T', ' ');

/** The day in Beijing at an instant. */
export function beijingDayOf(atMs: number): BeijingDay {
  const text = isoInBeijing(atMs).slice(0, 10).replaceAll('-', '');
  return { text, startMs: Math.floor((atMs + BEIJING_OFFSET_MS) / DAY_MS) * DAY_MS - BEIJING_OFFSET_MS };
}
