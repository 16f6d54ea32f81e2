import { describe, expect, test } from 'vitest';
import { sleep } from './clock.ts';
import { createVirtualClock } from './virtual-clock.ts';

const START_MS = 1_000;

describe('a virtual clock', () => {
  test('stands still until it is told to move, and then moves by exactly that much', async () => {
    const clock = createVirtualClock({ startMs: START_MS });
    expect(clock.nowMs()).toBe(START_MS);
    await clock.advance(250);
    expect(clock.nowMs()).toBe(START_MS + 250);
  });

  test('runs what falls due in order of time, and in order of scheduling at the same instant', async () => {
    const clock = createVirtualClock({ startMs: START_MS });
    const ran: string[] = [];
    const note = (name: string) => () => {
      ran.push(`${name}@${clock.nowMs() - START_MS}`);
    };
    clock.after(30, note('d'));
    clock.after(10, note('a'));
    clock.after(20, note('b'));
    clock.after(20, note('c'));
    clock.after(41, note('not yet'));
    await clock.advance(40);
    expect(ran).toEqual(['a@10', 'b@20', 'c@20', 'd@30']);
    expect(clock.nowMs()).toBe(START_MS + 40);
    expect(clock.nextAtMs()).toBe(START_MS + 41);
  });

  test('orders a thousand tasks that were scheduled in any order', async () => {
    const clock = createVirtualClock({ startMs: 0 });
    const seen: number[] = [];
    for (let index = 0; index < 1_000; index += 1) {
      clock.after((index * 7_919) % 1_009, () => {
        seen.push(clock.nowMs());
      });
    }
    await clock.advance(1_009);
    expect(seen).toHaveLength(1_000);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  test('runs tasks that tasks have scheduled, within the same advance', async () => {
    const clock = createVirtualClock({ startMs: START_MS });
    const ticks: number[] = [];
    const tick = (): void => {
      ticks.push(clock.nowMs() - START_MS);
      clock.after(10, tick);
    };
    clock.after(10, tick);
    await clock.advance(35);
    expect(ticks).toEqual([10, 20, 30]);
  });

  test('lets promises come to rest before it moves on, so that an awaiting task sees its own instant', async () => {
    const clock = createVirtualClock({ startMs: START_MS });
    const seen: number[] = [];
    const run = async (): Promise<void> => {
      for (let turn = 0; turn < 3; turn += 1) {
        await sleep(clock, 5);
        await Promise.resolve();
        seen.push(clock.nowMs() - START_MS);
      }
    };
    const running = run();
    await clock.advance(100);
    await running;
    expect(seen).toEqual([5, 10, 15]);
  });

  test('does not run a cancelled task, and does not stop for it', async () => {
    const clock = createVirtualClock({ startMs: START_MS });
    const ran: string[] = [];
    const cancel = clock.after(10, () => {
      ran.push('cancelled');
    });
    clock.after(20, () => {
      ran.push('kept');
    });
    cancel();
    expect(clock.nextAtMs()).toBe(START_MS + 20);
    await clock.advance(20);
    expect(ran).toEqual(['kept']);
  });

  test('takes the cancelling of a task that has run as nothing', async () => {
    const clock = createVirtualClock({ startMs: START_MS });
    const cancel = clock.after(1, () => {});
    await clock.advance(1);
    expect(cancel).not.toThrow();
  });

  test('runs a task with a negative delay at the present instant', async () => {
    const clock = createVirtualClock({ startMs: START_MS });
    const seen: number[] = [];
    clock.after(-5, () => {
      seen.push(clock.nowMs());
    });
    await clock.advance(0);
    expect(seen).toEqual([START_MS]);
  });

  test('jumps to its next task, a year away or not, and says when there is none', async () => {
    const clock = createVirtualClock({ startMs: START_MS });
    const yearMs = 365 * 86_400_000;
    clock.after(yearMs, () => {});
    expect(await clock.runNext()).toBe('ran');
    expect(clock.nowMs()).toBe(START_MS + yearMs);
    expect(await clock.runNext()).toBe('nothing-scheduled');
    expect(clock.nextAtMs()).toBeUndefined();
  });
});

describe('sleep', () => {
  test('ends when its time has passed', async () => {
    const clock = createVirtualClock({ startMs: START_MS });
    const end = sleep(clock, 50);
    await clock.advance(50);
    expect(await end).toBe('elapsed');
  });

  test('ends at once when its signal aborts, and leaves nothing scheduled', async () => {
    const clock = createVirtualClock({ startMs: START_MS });
    const controller = new AbortController();
    const end = sleep(clock, 50, controller.signal);
    controller.abort();
    expect(await end).toBe('aborted');
    expect(clock.nextAtMs()).toBeUndefined();
  });

  test('does not begin when its signal has aborted before', async () => {
    const clock = createVirtualClock({ startMs: START_MS });
    expect(await sleep(clock, 50, AbortSignal.abort())).toBe('aborted');
    expect(clock.nextAtMs()).toBeUndefined();
  });

  test('does not hear an abort any more once it has ended', async () => {
    const clock = createVirtualClock({ startMs: START_MS });
    const controller = new AbortController();
    const end = sleep(clock, 50, controller.signal);
    await clock.advance(50);
    controller.abort();
    expect(await end).toBe('elapsed');
  });
});
