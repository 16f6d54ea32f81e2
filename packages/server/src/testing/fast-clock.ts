import type { Clock } from '@orderkeeper/ports';

/** A clock that several processes share: it showed the machine's time at `sinceMs`, and runs `rate` times as fast. */
export interface FastTime {
  readonly sinceMs: number;
  readonly rate: number;
}

/** The fast time as a clock. */
export function createFastClock({ sinceMs, rate }: FastTime): Clock {
  const machineNowMs = Date.now;
  const machineTimeout = globalThis.setTimeout;
  return {
    nowMs: () => sinceMs + (machineNowMs() - sinceMs) * rate,
    after: (delayMs, task) => {
      const timer = machineTimeout(task, Math.max(delayMs, 0) / rate);
      return () => clearTimeout(timer);
    },
  };
}

/** The variables by which a process is told of a fast time. */
export const fastTimeEnvironment = ({ sinceMs, rate }: FastTime): Readonly<Record<string, string>> => ({
  FAST_TIME_SINCE_MS: String(sinceMs),
  FAST_TIME_RATE: String(rate),
});

/** The fast time that a process was told of. */
export function fastTimeOf(env: Readonly<Record<string, string | undefined>>): FastTime {
  return { sinceMs: Number(env['FAST_TIME_SINCE_MS']), rate: Number(env['FAST_TIME_RATE']) };
}
