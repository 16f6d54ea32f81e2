import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createTestEvent } from './create-test-event.ts';
import { EVENT_TYPES } from './event-data.ts';
import { RETRY_AFTER_MS } from './retry-schedule.ts';
import { SECRET } from './testing/samples.ts';

const PAGE = readFileSync(new URL('../../../../docs/webhooks.md', import.meta.url), 'utf8');

const NOTICES = readFileSync(new URL('../../../../docs/notices.md', import.meta.url), 'utf8');
const PACKAGE: { readonly exports: object } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

describe('the page about events', () => {
  test('has a row for each event and for nothing else', () => {
    const rows = [...PAGE.matchAll(/^\| `([a-z]+\.[a-z_]+)` \|/gm)].map(([, type]) => type);
    expect(rows).toEqual(EVENT_TYPES);
  });

  test.each(EVENT_TYPES)('names every property that %s has', (type) => {
    const { body } = createTestEvent({ type, secrets: [SECRET], nowMs: 0 });
    const { data }: { data: object } = JSON.parse(body);
    for (const name of Object.keys(data)) expect(PAGE).toContain(`\`${name}\``);
  });

  test('lists the waits between tries as they are', () => {
    const waits = RETRY_AFTER_MS.map((waitMs) => {
      if (waitMs < 60_000) return `${waitMs / 1000} s`;
      return waitMs < 3_600_000 ? `${waitMs / 60_000} min` : `${waitMs / 3_600_000} h`;
    });
    expect(PAGE).toContain(`then after ${waits.join(', ')}.`);
  });
});

test('the page about notices names every entry of the package that is an adapter', () => {
  const entries = Object.keys(PACKAGE.exports).filter((entry) => entry !== '.' && entry !== './webhooks');
  expect(entries.length).toBeGreaterThan(4);
  for (const entry of entries) expect(NOTICES).toContain(`\`@orderkeeper/keeper${entry.slice(1)}\``);
});
