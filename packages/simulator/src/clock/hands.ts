import type { CancelTimer, Clock } from '@orderkeeper/ports';
import { createTimers } from './timers.ts';

/** The hands of a clock, and the tasks that wait for them. They run with a base clock, or are held and set. */
export interface Hands extends Clock {
  readonly mode: () => 'running' | 'frozen';
  readonly nextAtMs: () => number | undefined;
  /** Stops them where they are. */
  readonly hold: () => void;
  /** Turns held hands to an instant; no task runs by it. */
  readonly turnTo: (atMs: number) => void;
  /** Takes out the first task that is due at `atMs` or before, and runs it. */
  readonly runOneDue: (atMs: number) => void;
  /** Lets them run on from where they are. */
  readonly release: () => void;
  /** Drops every task. */
  readonly clear: () => void;
}

/** Creates hands that run and show the time of `base`. */
export function createHands(base: Clock): Hands {
  const timers = createTimers();
  /** While running, now is base time plus `offsetMs`; while held, it is `heldAtMs`. */
  let offsetMs = 0;
  let heldAtMs: number | undefined;
  /** The one timer in the base clock: for the task that is due first. */
  let armed: { readonly atMs: number; readonly cancel: CancelTimer } | undefined;

  const nowMs = (): number => heldAtMs ?? base.nowMs() + offsetMs;
  const disarm = (): void => {
    armed?.cancel();
    armed = undefined;
  };
  const arm = (): void => {
    const atMs = timers.nextAtMs();
    if (armed?.atMs === atMs) return;
    disarm();
    if (heldAtMs === undefined && atMs !== undefined) armed = { atMs, cancel: base.after(atMs - nowMs(), runDue) };
  };
  const runDue = (): void => {
    armed = undefined;
    for (let timer = timers.takeDue(nowMs()); timer !== undefined; timer = timers.takeDue(nowMs())) timer.task();
    arm();
  };

  return {
    nowMs,
    after: (delayMs, task) => {
      const cancel = timers.add(nowMs() + Math.max(delayMs, 0), task);
      arm();
      return () => {
        cancel();
        arm();
      };
    },
    mode: () => (heldAtMs === undefined ? 'running' : 'frozen'),
    nextAtMs: timers.nextAtMs,
    hold: () => {
      heldAtMs = nowMs();
      disarm();
    },
    turnTo: (atMs) => {
      heldAtMs = atMs;
      disarm();
    },
    runOneDue: (atMs) => timers.takeDue(atMs)?.task(),
    release: () => {
      offsetMs = nowMs() - base.nowMs();
      heldAtMs = undefined;
      arm();
    },
    clear: () => {
      timers.clear();
      disarm();
    },
  };
}
