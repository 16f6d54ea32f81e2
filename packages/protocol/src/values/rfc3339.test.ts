import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRfc3339, printRfc3339 } from './rfc3339.ts';

const AT_MS = Date.UTC(2026, 0, 1);

test.each([
  '2026-01-01T08:00:00+08:00',
  '2026-01-01T08:00:00.000+08:00',
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00.000Z',
  '2025-12-31T19:30:00-04:30',
  '2026-01-01t00:00:00z',
])('the moment may be written as %s', (text) => {
  expect(parseRfc3339(text)).toEqual({ ok: true, value: AT_MS });
});

test('parts of a second are kept to the millisecond, as combined orders show them', () => {
  expect(parseRfc3339('2026-01-01T08:00:00.120+08:00')).toEqual({ ok: true, value: AT_MS + 120 });
  expect(parseRfc3339('2026-01-01T08:00:00.5Z')).toMatchObject({ value: AT_MS + 8 * 3_600_000 + 500 });
  expect(parseRfc3339('2026-01-01T08:00:00.999999999+08:00')).toEqual({ ok: true, value: AT_MS + 999 });
});

test.each([
  '',
  '2026-01-01',
  '2026-01-01T08:00:00',
  '2026-01-01 08:00:00+08:00',
  '2026-02-30T08:00:00+08:00',
  '2026-13-01T08:00:00+08:00',
  '2026-01-01T24:00:00+08:00',
  '2026-01-01T08:60:00+08:00',
  '2026-01-01T08:00:60+08:00',
  '2026-01-01T08:00:00+24:00',
  '2026-01-01T08:00:00+0800',
  '2026-01-01T08:00:00.+08:00',
  '20260101080000',
])('“%s” is no moment', (text) => {
  expect(parseRfc3339(text)).toMatchObject({ ok: false, reason: 'not-a-time' });
});

test('every second that is printed is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 253_402_271_999 }), (seconds) => {
      const text = printRfc3339(seconds * 1000);
      expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
      expect(parseRfc3339(text)).toEqual({ ok: true, value: seconds * 1000 });
    }),
  );
});

test('what is no instant of four-digit years is a mistake of the caller', () => {
  expect(() => printRfc3339(Number.NaN)).toThrow(RangeError);
  expect(() => printRfc3339(Date.UTC(10_000, 0, 1))).toThrow(RangeError);
});
