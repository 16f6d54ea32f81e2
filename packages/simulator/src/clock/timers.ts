import type { CancelTimer } from '@orderkeeper/ports';

/** A task and the instant it is due. */
interface Timer {
  readonly atMs: number;
  /** Rank among timers of the same instant: the order of scheduling. */
  readonly rank: number;
  readonly task: () => void;
}

/** Tasks in order of the instant they are due, in UTC milliseconds. */
export interface Timers {
  readonly add: (atMs: number, task: () => void) => CancelTimer;
  readonly nextAtMs: () => number | undefined;
  /** Takes out the first task that is due at `nowMs` or before. */
  readonly takeDue: (nowMs: number) => Timer | undefined;
  readonly clear: () => void;
}

/** Creates an empty list. */
export function createTimers(): Timers {
  // Sorted, earliest first. Nearly every timer is later than those before it, so inserting is appending.
  const timers: Timer[] = [];
  let rank = 0;

  return {
    add: (atMs, task) => {
      const timer = { atMs, rank: rank++, task };
      timers.splice(placeOf(timers, timer), 0, timer);
      return () => {
        const place = placeOf(timers, timer);
        if (timers[place] === timer) timers.splice(place, 1);
      };
    },
    nextAtMs: () => timers[0]?.atMs,
    takeDue: (nowMs) => ((timers[0]?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs ? timers.shift() : undefined),
    clear: () => {
      timers.length = 0;
    },
  };
}

/** Where a timer stands or belongs: after every timer that is due earlier, or at the same instant with a lower rank. */
function placeOf(timers: readonly Timer[], { atMs, rank }: Timer): number {
  let low = 0;
  let high = timers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = timers[middle];
    if (other !== undefined && (other.atMs < atMs || (other.atMs === atMs && other.rank < rank))) low = middle + 1;
    else high = middle;
  }
  return low;
}
