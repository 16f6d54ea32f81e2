import { failure, ok, type Result } from './result.ts';

/** Beijing is eight hours ahead of UTC all year. */
const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000;

const COMPACT = /^([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})$/;
const DASHED = /^([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2})$/;
const DAY = /^([0-9]{4})([0-9]{2})([0-9]{2})$/;

/** A text is not a moment of Beijing time in the expected form. */
export type BeijingTimeReason = 'not-a-time';

/** A day of Beijing's calendar, written `20261124`. */
export interface BeijingDay {
  readonly text: string;
  /** Midnight at its start, in UTC milliseconds. */
  readonly startMs: number;
}

const DAY_MS = 86_400_000;

/** `2026-11-24T15:07:09.000Z`, read as if Beijing were UTC. The formats of WeChat Pay have four digits for the year. */
function isoInBeijing(atMs: number): string {
  const text = new Date(atMs + BEIJING_OFFSET_MS).toISOString();
  if (text.length !== 24) throw new RangeError('the instant is outside of the years 0 to 9999');
  return text;
}

function instantOf(match: RegExpExecArray | null, expected: string): Result<number, BeijingTimeReason> {
  if (match !== null) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
    const localMs = Date.UTC(year, month - 1, day, hour, minute, second);
    const back = new Date(localMs);
    const isSameDay = back.getUTCFullYear() === year && back.getUTCMonth() === month - 1 && back.getUTCDate() === day;
    if (isSameDay && hour < 24 && minute < 60 && second < 60) return ok(localMs - BEIJING_OFFSET_MS);
  }
  return failure('not-a-time', `expected Beijing time as ${expected}`);
}

/** `20261124150709` as UTC milliseconds. */
export const parseBeijingTime = (text: string): Result<number, BeijingTimeReason> =>
  instantOf(COMPACT.exec(text), 'yyyyMMddHHmmss');

/** `2026-11-24 15:07:09` as UTC milliseconds. */
export const parseDashedBeijingTime = (text: string): Result<number, BeijingTimeReason> =>
  instantOf(DASHED.exec(text), 'yyyy-MM-dd HH:mm:ss');

/** `20261124` as a day. */
export function parseBeijingDay(text: string): Result<BeijingDay, BeijingTimeReason> {
  const start = instantOf(DAY.exec(text), 'yyyyMMdd');
  return start.ok ? ok({ text, startMs: start.value }) : start;
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
