import type { Clock } from '@orderkeeper/ports';
import type { Life } from './life.ts';

/** The clock of one process: ahead of the world's by `aheadMs`, and silent once its life is over. */
export function mortalClock(base: Clock, aheadMs: number, life: Life): Clock {
  return {
    nowMs: () => base.nowMs() + aheadMs,
    after: (delayMs, task) =>
      base.after(delayMs, () => {
        if (!life.isOver()) task();
      }),
  };
}
