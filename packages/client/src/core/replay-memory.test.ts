import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReplayMemory } from './replay-memory.ts';

const WINDOW_MS = 600_000;
const signatureOf = (index: number): string => `${String(index).padStart(12, 'A')}${'B'.repeat(332)}`;

test('an answer is new once and seen from then on', () => {
  const memory = createReplayMemory();
  expect(memory.see(signatureOf(1), 0)).toBe('new');
  expect(memory.see(signatureOf(1), 1)).toBe('seen');
  expect(memory.see(signatureOf(2), 2)).toBe('new');
});

test('whatever comes in between, an answer is known for the whole window', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: WINDOW_MS }), { maxLength: 20 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 * WINDOW_MS }), pauses, (startMs, pausesMs) => {
      const memory = createReplayMemory();
      for (let index = 0; index < 5; index += 1) memory.see(signatureOf(index), (startMs * index) / 5);
      memory.see(signatureOf(99), startMs);
      let nowMs = startMs;
      for (const [index, pauseMs] of pausesMs.entries()) {
        nowMs += pauseMs;
        if (nowMs >= startMs + WINDOW_MS) break;
        memory.see(signatureOf(100 + index), nowMs);
        expect(memory.see(signatureOf(99), nowMs)).toBe('seen');
      }
    }),
  );
});

test('a long silence empties the memory, whose answers are too old to be valid by then', () => {
  const memory = createReplayMemory();
  memory.see(signatureOf(1), 0);
  memory.see(signatureOf(2), 3 * WINDOW_MS);
  expect(memory.see(signatureOf(1), 3 * WINDOW_MS)).toBe('new');
});

test('it is bounded: at least the last of a flood are known, and at most twice as many', () => {
  const memory = createReplayMemory(100);
  for (let index = 0; index < 1_000; index += 1) memory.see(signatureOf(index), index);
  const known = Array.from({ length: 100 }, (_, index) => memory.see(signatureOf(900 + index), 1_000));
  expect(new Set(known)).toEqual(new Set(['seen']));
  expect(memory.see(signatureOf(700), 1_000)).toBe('new');
});
