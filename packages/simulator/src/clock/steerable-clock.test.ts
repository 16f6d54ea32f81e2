import { createVirtualClock } from '@orderkeeper/ports';
import { describe, expect, test } from 'vitest';
import { createSteerableClock } from './steerable-clock.ts';

const START_MS = Date.parse('2026-11-24T02:00:00Z');
const MINUTE_MS = 60_000;

const start = () => {
  const base = createVirtualClock({ startMs: START_MS });
  return { base, clock: createSteerableClock({ base }) };
};

describe('a running clock', () => {
  test('shows the time of its base and runs tasks with it', async () => {
    const { base, clock } = start();
    const ran: number[] = [];
    clock.after(2000, () => ran.push(clock.nowMs() - START_MS));
    clock.after(1000, () => ran.push(clock.nowMs() - START_MS));
    await base.advance(1500);
    expect(ran).toEqual([1000]);
    expect(clock.nowMs()).toBe(START_MS + 1500);
    await base.advance(500);
    expect(ran).toEqual([1000, 2000]);
  });

  test('takes back a task, and the timer of the base with it', async () => {
    const { base, clock } = start();
    const cancel = clock.after(1000, () => expect.unreachable());
    cancel();
    expect(base.nextAtMs()).toBeUndefined();
    await base.advance(5000);
  });

  test('jumps ahead and goes on running from there', async () => {
    const { base, clock } = start();
    await clock.advance(10 * MINUTE_MS);
    await base.advance(1000);
    expect(clock.state()).toEqual({ mode: 'running', nowMs: START_MS + 10 * MINUTE_MS + 1000 });
  });
});

describe('a frozen clock', () => {
  test('stands still while its base goes on', async () => {
    const { base, clock } = start();
    clock.after(1000, () => expect.unreachable());
    await clock.freeze();
    await base.advance(MINUTE_MS);
    expect(clock.state()).toEqual({ mode: 'frozen', nowMs: START_MS, nextAtMs: START_MS + 1000 });
  });

  test('runs what is due on the way in order, also what these tasks schedule', async () => {
    const { clock } = start();
    await clock.freeze();
    const seen: string[] = [];
    const note = (name: string) => seen.push(`${name} at ${(clock.nowMs() - START_MS) / MINUTE_MS}`);
    clock.after(3 * MINUTE_MS, () => note('late'));
    clock.after(MINUTE_MS, () => {
      note('early');
      clock.after(MINUTE_MS, () => note('follow-up'));
    });
    clock.after(MINUTE_MS, () => note('early too'));
    await clock.advance(10 * MINUTE_MS);
    expect(seen).toEqual(['early at 1', 'early too at 1', 'follow-up at 2', 'late at 3']);
    expect(clock.nowMs()).toBe(START_MS + 10 * MINUTE_MS);
  });

  test('moves to the next event and no further', async () => {
    const { clock } = start();
    await clock.freeze();
    let count = 0;
    clock.after(MINUTE_MS, () => count++);
    clock.after(2 * MINUTE_MS, () => count++);
    expect(await clock.runToNextEvent()).toBe('ran');
    expect([count, clock.nowMs()]).toEqual([1, START_MS + MINUTE_MS]);
    await clock.runToNextEvent();
    expect(await clock.runToNextEvent()).toBe('nothing-scheduled');
  });

  test('can be set to an instant: forward runs what is due, backward only turns the hands', async () => {
    const { clock } = start();
    let count = 0;
    clock.after(MINUTE_MS, () => count++);
    await clock.freeze(START_MS + 2 * MINUTE_MS);
    expect([count, clock.nowMs()]).toEqual([1, START_MS + 2 * MINUTE_MS]);
    await clock.freeze(START_MS);
    expect([count, clock.nowMs()]).toEqual([1, START_MS]);
  });

  test('runs again from the instant it shows, and what became due in the base meanwhile is not lost', async () => {
    const { base, clock } = start();
    let count = 0;
    clock.after(MINUTE_MS, () => count++);
    await clock.freeze();
    await base.advance(5 * MINUTE_MS);
    clock.run();
    expect(clock.nowMs()).toBe(START_MS);
    await base.advance(MINUTE_MS);
    expect(count).toBe(1);
  });

  test('waits for what a task has set off before it moves on', async () => {
    const base = createVirtualClock({ startMs: START_MS });
    let open: () => void = () => {};
    let answered: Promise<void> = Promise.resolve();
    const clock = createSteerableClock({ base, settle: () => answered });
    await clock.freeze();
    clock.after(1000, () => {
      answered = new Promise((resolve) => {
        open = resolve;
      });
    });
    const moved = clock.advance(MINUTE_MS);
    await base.advance(0);
    expect(clock.nowMs()).toBe(START_MS + 1000);
    open();
    await moved;
    expect(clock.nowMs()).toBe(START_MS + MINUTE_MS);
  });

  test('obeys one command after the other', async () => {
    const { clock } = start();
    await clock.freeze();
    await Promise.all([clock.advance(1000), clock.advance(2000), clock.advance(3000)]);
    expect(clock.nowMs()).toBe(START_MS + 6000);
  });
});

test('a stopped clock forgets its tasks and holds nothing in its base', async () => {
  const { base, clock } = start();
  clock.after(1000, () => expect.unreachable());
  clock.stop();
  expect(base.nextAtMs()).toBeUndefined();
  await base.advance(5000);
  await clock.advance(5000);
});
