import fc from 'fast-check';
import { expect, test } from 'vitest';
import { greyShare } from './rotation.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A Tuesday, noon in Beijing. */
const ENDS_AT_MS = Date.parse('2026-11-24T12:00:00+08:00');

test('the share of the next certificate never falls, from none ninety days before to all at the end', () => {
  expect([greyShare(ENDS_AT_MS, ENDS_AT_MS - 90 * DAY_MS), greyShare(ENDS_AT_MS, ENDS_AT_MS)]).toEqual([0, 1]);
  const moment = fc.integer({ min: -100 * DAY_MS, max: DAY_MS });
  fc.assert(
    fc.property(moment, moment, (a, b) => {
      const [earlier, later] = [Math.min(a, b), Math.max(a, b)].map((offMs) =>
        greyShare(ENDS_AT_MS, ENDS_AT_MS + offMs),
      );
      expect(earlier).toBeLessThanOrEqual(later ?? 0);
    }),
  );
});

test('the share rises on Mondays and Thursdays at ten in Beijing, and at no other time', () => {
  const at = (text: string) => greyShare(ENDS_AT_MS, Date.parse(`${text}+08:00`));
  expect(at('2026-11-02T10:00:00')).toBeGreaterThan(at('2026-11-02T09:59:59'));
  expect(at('2026-11-05T10:00:00')).toBeGreaterThan(at('2026-11-05T09:59:59'));
  expect(at('2026-11-05T09:59:59')).toBe(at('2026-11-02T10:00:00'));
});
