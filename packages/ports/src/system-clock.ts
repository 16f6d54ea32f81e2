import type { Clock } from './clock.ts';

/** `setTimeout` fires at once above this delay (2^31 - 1 ms, about 24.8 days), so longer waits are cut into parts. */
const TIMER_DELAY_MS_MAX = 2_147_483_647;

/** The machine's clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after: (delayMs, task) => {
    let timer: NodeJS.Timeout;
    const arm = (remainingMs: number): void => {
      const partMs = Math.min(Math.max(remainingMs, 0), TIMER_DELAY_MS_MAX);
      timer = setTimeout(() => {
        if (remainingMs > partMs) arm(remainingMs - partMs);
        else task();
      }, partMs);
    };
    arm(delayMs);
    return () => clearTimeout(timer);
  },
};
