import type { Clock } from '@orderkeeper/ports';

/** What a loop waits for: a ring, or a moment. */
export interface Bell {
  readonly ring: () => void;
  /** Resolves at `atMs`, at the next ring, or at once when it has rung since the last wait. */
  readonly waitUntil: (atMs: number) => Promise<void>;
  /** Rings at `atMs` when somebody waits for longer than that. */
  readonly ringAt: (atMs: number) => void;
}

/** Creates a silent {@link Bell}. */
export function createBell(clock: Clock): Bell {
  let hasRung = false;
  let waiting: { readonly untilMs: number; readonly wakeUp: () => void } | undefined;
  let early: number | undefined;
  const ring = (): void => {
    hasRung = true;
    waiting?.wakeUp();
  };
  const waitUntil = (atMs: number): Promise<void> =>
    new Promise((resolve) => {
      const untilMs = Math.min(atMs, early ?? atMs);
      early = undefined;
      const wakeUp = (): void => {
        cancel();
        waiting = undefined;
        hasRung = false;
        resolve();
      };
      const cancel = clock.after(Math.max(untilMs - clock.nowMs(), 0), wakeUp);
      waiting = { untilMs, wakeUp };
      if (hasRung) wakeUp();
    });
  return {
    ring,
    waitUntil,
    ringAt: (atMs) => {
      if (waiting === undefined) early = Math.min(atMs, early ?? atMs);
      else if (atMs < waiting.untilMs) ring();
    },
  };
}
