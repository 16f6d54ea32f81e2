import { expect, test } from 'vitest';
import { createNarrator } from './narrator.ts';

const story = { name: 'a', title: 'A' };
const narrate = () =>
  createNarrator(
    () => 7,
    () => {},
  );

test('a story whose end is not the expected one is not ok', () => {
  const narrator = narrate();
  narrator.expect('order', 'closed', 'closed');
  narrator.expect('trade state', 'CLOSED', 'SUCCESS');
  expect(narrator.told(story).ok).toBe(false);
});

test('a story that expects nothing proves nothing and is not ok', () => {
  expect(narrate().told(story).ok).toBe(false);
});

test('a call is told with its code and the trade state', () => {
  const narrator = narrate();
  narrator.call({ operation: 'orderquery', code: 'SUCCESS', tradeState: 'NOTPAY' });
  expect(narrator.told(story).steps).toEqual([
    {
      atMs: 7,
      actor: 'keeper',
      text: 'orderquery → SUCCESS, trade state NOTPAY',
      operation: 'orderquery',
      code: 'SUCCESS',
      tradeState: 'NOTPAY',
    },
  ]);
});
