import { expect, test } from 'vitest';
import { createNarrator } from './narrator.ts';

const story = { name: 'a', title: 'A', run: async () => {} };

test('a story whose end is not the expected one is not ok', () => {
  const narrator = createNarrator(
    () => 0,
    () => {},
  );
  narrator.expect('trade state', 'CLOSED', 'SUCCESS');
  expect(narrator.told(story).ok).toBe(false);
});

test('a story that expects nothing proves nothing and is not ok', () => {
  expect(
    createNarrator(
      () => 0,
      () => {},
    ).told(story).ok,
  ).toBe(false);
});

test('a call is told with its outcome, code and number of requests', async () => {
  const narrator = createNarrator(
    () => 7,
    () => {},
  );
  await narrator.call(
    'closeorder',
    'closes',
    Promise.resolve({
      outcome: 'rejected',
      code: 'ORDERPAID',
      meaning: '',
      remedy: '',
      message: '',
      attempts: [],
      tookMs: 0,
    }),
  );
  expect(narrator.told(story).steps).toEqual([
    {
      atMs: 7,
      actor: 'merchant',
      operation: 'closeorder',
      text: 'closes',
      outcome: 'rejected',
      code: 'ORDERPAID',
      requestsCount: 0,
    },
  ]);
});
