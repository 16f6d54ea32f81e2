import type { Clock } from './clock.ts';
import { nextTurn } from './system-turn.ts';

/** A clock that moves only when told to: whole days pass in milliseconds. */
export interface VirtualClock extends Clock {
  /** Moves `durationMs` forward, running every task that falls due on the way in order of time. */
  readonly advance: (durationMs: number) => Promise<void>;
  /** Moves to the next scheduled task and runs it; answers whether there was one. */
  readonly runNext: () => Promise<'ran' | 'nothing-scheduled'>;
  /** When the next task is due, in UTC milliseconds. */
  readonly nextAtMs: () => number | undefined;
}

/** Settings of {@link createVirtualClock}. */
export interface VirtualClockOptions {
  /** The first instant, in UTC milliseconds. */
  readonly startMs: number;
  /**
   * Lets everything that a task has set off come to rest before the clock moves on.
   * The default yields to the event loop until all promise chains are done; a world with real sockets needs its own.
   */
  readonly settle?: () => Promise<void>;
}

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly task: () => void;
  isCancelled: boolean;
}

/** Creates a {@link VirtualClock}; tasks due at the same instant run in the order they were scheduled. */
export function createVirtualClock({ startMs, settle = nextTurn }: VirtualClockOptions): VirtualClock {
  let nowMs = startMs;
  let order = 0;
  const heap: Timer[] = [];

  const next = (): Timer | undefined => {
    for (;;) {
      const timer = heap[0];
      if (timer === undefined || !timer.isCancelled) return timer;
      pop(heap);
    }
  };
  const runNext = async (limitMs: number): Promise<'ran' | 'nothing-scheduled'> => {
    await settle();
    const timer = next();
    if (timer === undefined || timer.atMs > limitMs) return 'nothing-scheduled';
    pop(heap);
    nowMs = Math.max(nowMs, timer.atMs);
    timer.task();
    await settle();
    return 'ran';
  };

  return {
    nowMs: () => nowMs,
    after: (delayMs, task) => {
      const timer = { atMs: nowMs + Math.max(delayMs, 0), order: order++, task, isCancelled: false };
      push(heap, timer);
      return () => {
        timer.isCancelled = true;
      };
    },
    advance: async (durationMs) => {
      const limitMs = nowMs + durationMs;
      while ((await runNext(limitMs)) === 'ran');
      nowMs = limitMs;
    },
    runNext: () => runNext(Number.POSITIVE_INFINITY),
    nextAtMs: () => next()?.atMs,
  };
}

const isBefore = (a: Timer, b: Timer): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

function push(heap: Timer[], timer: Timer): void {
  let index = heap.push(timer) - 1;
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex];
    if (parent === undefined || !isBefore(timer, parent)) break;
    heap[index] = parent;
    index = parentIndex;
  }
  heap[index] = timer;
}

function pop(heap: Timer[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let index = 0;
  for (;;) {
    const leftIndex = 2 * index + 1;
    const left = heap[leftIndex];
    if (left === undefined) break;
    const right = heap[leftIndex + 1];
    const [childIndex, child] =
      right !== undefined && isBefore(right, left) ? [leftIndex + 1, right] : [leftIndex, left];
    if (!isBefore(child, last)) break;
    heap[index] = child;
    index = childIndex;
  }
  heap[index] = last;
}
