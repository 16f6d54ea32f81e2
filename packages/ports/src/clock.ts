/** Takes back a task that {@link Clock.after} has scheduled; harmless once it has run. */
export type CancelTimer = () => void;

/** The only source of time. */
export interface Clock {
  /** Now, in UTC milliseconds since 1970; it may have parts of one, which whoever stores an instant cuts off. */
  readonly nowMs: () => number;
  /** Runs `task` once, `delayMs` milliseconds from now. */
  readonly after: (delayMs: number, task: () => void) => CancelTimer;
}

/** Why {@link sleep} ended. */
export type SleepEnd = 'elapsed' | 'aborted';

/** Waits `delayMs` milliseconds on `clock`, or until `signal` aborts; never rejects. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<SleepEnd> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve('aborted');
      return;
    }
    const onAbort = (): void => {
      cancel();
      resolve('aborted');
    };
    const cancel = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve('elapsed');
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
