import { describe, expect, test } from 'vitest';
import {
  CERTIFICATES_AGE_MS_MAX,
  FETCH_PAUSE_MS,
  type FetchCause,
  type FetchHistory,
  mayFetch,
} from './key-fetching.ts';

const NOW_MS = 1_000_000_000_000;
const JUST_NOW_MS = NOW_MS - FETCH_PAUSE_MS + 1;
const A_MINUTE_AGO_MS = NOW_MS - FETCH_PAUSE_MS;
const OLD_MS = NOW_MS - CERTIFICATES_AGE_MS_MAX;

describe('certificates are fetched', () => {
  test.each<[FetchCause, FetchHistory, boolean]>([
    ['no-keys', {}, true],
    ['no-keys', { triedAtMs: JUST_NOW_MS, end: 'not-answered' }, true],
    ['no-keys', { triedAtMs: JUST_NOW_MS, end: 'answered' }, false],
    ['no-keys', { triedAtMs: A_MINUTE_AGO_MS, end: 'answered' }, true],
    ['no-keys', { triedAtMs: NOW_MS + 3_600_000, end: 'answered' }, true],
    ['unknown-serial', {}, true],
    ['unknown-serial', { triedAtMs: NOW_MS + 1, end: 'answered' }, true],
    ['unknown-serial', { triedAtMs: NOW_MS, end: 'answered' }, false],
    ['unknown-serial', { triedAtMs: JUST_NOW_MS, end: 'not-answered' }, false],
    ['unknown-serial', { triedAtMs: JUST_NOW_MS, fetchedAtMs: JUST_NOW_MS, end: 'answered' }, false],
    ['unknown-serial', { triedAtMs: A_MINUTE_AGO_MS, end: 'answered' }, true],
    ['age', {}, false],
    ['age', { fetchedAtMs: OLD_MS }, true],
    ['age', { fetchedAtMs: OLD_MS + 1 }, false],
    ['age', { fetchedAtMs: OLD_MS, triedAtMs: JUST_NOW_MS, end: 'not-answered' }, false],
    ['age', { fetchedAtMs: OLD_MS, triedAtMs: A_MINUTE_AGO_MS, end: 'not-answered' }, true],
    ['age', { fetchedAtMs: OLD_MS, triedAtMs: A_MINUTE_AGO_MS, end: 'answered' }, false],
  ])('for %s after %o: %s', (cause, history, expected) => {
    expect(mayFetch(cause, history, NOW_MS)).toBe(expected);
  });

  test('more often than every twelve hours, as WeChat Pay asks', () => {
    expect(CERTIFICATES_AGE_MS_MAX).toBeLessThan(12 * 3_600_000);
  });
});
