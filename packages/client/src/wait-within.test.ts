import { createVirtualClock } from '@orderkeeper/ports';
import { expect, test } from 'vitest';
import { waitWithin } from './wait-within.ts';

const within = (deadlineAtMs: number, signal?: AbortSignal) => ({ deadlineAtMs, signal });
const never = new Promise<never>(() => {});

test('what comes in time is passed on, and nothing stays scheduled', async () => {
  const clock = createVirtualClock({ startMs: 0 });
  expect(await waitWithin(clock, within(1_000), Promise.resolve('value'))).toEqual({ end: 'came', value: 'value' });
  expect(clock.nextAtMs()).toBeUndefined();
});

test('the deadline ends the wait, also one that has passed already', async () => {
  const clock = createVirtualClock({ startMs: 5_000 });
  const waits = [waitWithin(clock, within(6_000), never), waitWithin(clock, within(1_000), never)];
  await clock.advance(1_000);
  expect(await Promise.all(waits)).toEqual([{ end: 'late' }, { end: 'late' }]);
});

test('an abort ends the wait, also one that came before it', async () => {
  const clock = createVirtualClock({ startMs: 0 });
  const controller = new AbortController();
  const wait = waitWithin(clock, within(1_000, controller.signal), never);
  controller.abort();
  expect(await wait).toEqual({ end: 'aborted' });
  expect(await waitWithin(clock, within(1_000, controller.signal), never)).toEqual({ end: 'aborted' });
  expect(clock.nextAtMs()).toBeUndefined();
});

test('what breaks breaks the wait, and nothing stays scheduled', async () => {
  const clock = createVirtualClock({ startMs: 0 });
  await expect(waitWithin(clock, within(1_000), Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(clock.nextAtMs()).toBeUndefined();
});
