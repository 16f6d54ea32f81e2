import type { Clock } from '@orderkeeper/ports';

/**
 * The same clock in whole milliseconds, as instants are stored: parts of one, as `performance.now()` has them, are cut
 * off. Throws a RangeError when asked while the clock shows no instant.
 */
export function wholeClock(clock: Clock): Clock {
  return {
    nowMs: () => {
      const nowMs = Math.floor(clock.nowMs());
      if (Number.isSafeInteger(nowMs)) return nowMs;
      throw new RangeError(`the clock shows ${nowMs}: its nowMs() must answer UTC milliseconds since 1970`);
    },
    after: (delayMs, task) => clock.after(delayMs, task),
  };
}
