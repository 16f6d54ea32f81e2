import { type CancelTimer, type Clock, nextTurn } from '@orderkeeper/ports';
import { createTimers } from './timers.ts';

/** How a {@link SteerableClock} stands. */
export interface ClockState {
  /** `running` goes with the base clock, at whatever distance from it; `frozen` moves only when told to. */
  readonly mode: 'running' | 'frozen';
  readonly nowMs: number;
  /** When the next task is due; absent when nothing is scheduled. */
  readonly nextAtMs?: number;
}

/** Whether a step had something to run. */
export type StepEnd = 'ran' | 'nothing-scheduled';

/**
 * The simulator's own clock. It runs with a base clock, or stands still and moves by command; nothing that is due on
 * the way is left out. Commands wait for one another.
 */
export interface SteerableClock extends Clock {
  readonly state: () => ClockState;
  /**
   * Stops the clock, here or at `atMs`. A later instant is reached as by `advance`; an earlier one only turns back the
   * hands: tasks stay due at the instants they were scheduled for.
   */
  readonly freeze: (atMs?: number) => Promise<void>;
  /** Moves `durationMs` forward, running every task that falls due on the way in order; then goes on as before. */
  readonly advance: (durationMs: number) => Promise<void>;
  /** Moves to the next scheduled task and runs all that is due at that instant. */
  readonly runToNextEvent: () => Promise<StepEnd>;
  /** Lets the clock run again, from the instant it shows: time never jumps back by itself. */
  readonly run: () => void;
  /** Drops every task and stops for good; a clock that is not stopped keeps its process alive. */
  readonly stop: () => void;
}

/** Settings of {@link createSteerableClock}. */
export interface SteerableClockOptions {
  /** What time is taken from while running. */
  readonly base: Clock;
  /**
   * Lets everything that a task has set off come to rest before the clock moves on: promise chains, and messages that
   * wait for an answer. Must end by itself. The default yields once to the event loop.
   */
  readonly settle?: () => Promise<void>;
}

/** Creates a {@link SteerableClock} that runs and shows the base clock's time. */
export function createSteerableClock({ base, settle = nextTurn }: SteerableClockOptions): SteerableClock {
  const timers = createTimers();
  /** While running, now is base time plus `offsetMs`; while frozen, it is `frozenAtMs`. */
  let offsetMs = 0;
  let frozenAtMs: number | undefined;
  /** The one timer in the base clock: for the task that is due first. */
  let armed: { readonly atMs: number; readonly cancel: CancelTimer } | undefined;
  let commands: Promise<unknown> = Promise.resolve();

  const nowMs = (): number => frozenAtMs ?? base.nowMs() + offsetMs;
  const disarm = (): void => {
    armed?.cancel();
    armed = undefined;
  };
  const arm = (): void => {
    const atMs = timers.nextAtMs();
    if (armed?.atMs === atMs) return;
    disarm();
    if (frozenAtMs === undefined && atMs !== undefined) armed = { atMs, cancel: base.after(atMs - nowMs(), runDue) };
  };
  const runDue = (): void => {
    armed = undefined;
    for (let timer = timers.takeDue(nowMs()); timer !== undefined; timer = timers.takeDue(nowMs())) timer.task();
    arm();
  };
  const hold = (): void => {
    frozenAtMs = nowMs();
    disarm();
  };
  const run = (): void => {
    if (frozenAtMs === undefined) return;
    offsetMs = frozenAtMs - base.nowMs();
    frozenAtMs = undefined;
    arm();
  };
  const moveTo = async (limitMs: number): Promise<void> => {
    await settle();
    for (let nextAtMs = timers.nextAtMs(); nextAtMs !== undefined && nextAtMs <= limitMs; nextAtMs = timers.nextAtMs()) {
      frozenAtMs = Math.max(nowMs(), nextAtMs);
      timers.takeDue(nextAtMs)?.task();
      await settle();
    }
    frozenAtMs = Math.max(nowMs(), limitMs);
  };
  const inTurn = <Value>(command: () => Promise<Value>): Promise<Value> => {
    const done = commands.then(command);
    commands = done.catch(() => {});
    return done;
  };
  /** Steers by hand, then goes on as before. */
  const steered = async (move: () => Promise<void>): Promise<void> => {
    const { mode } = state();
    hold();
    await move();
    if (mode === 'running') run();
  };
  const state = (): ClockState => {
    const nextAtMs = timers.nextAtMs();
    const mode = frozenAtMs === undefined ? 'running' : 'frozen';
    return { mode, nowMs: nowMs(), ...(nextAtMs === undefined ? {} : { nextAtMs }) };
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
    state,
    freeze: (atMs) =>
      inTurn(async () => {
        hold();
        if (atMs === undefined) return;
        if (atMs >= nowMs()) await moveTo(atMs);
        else frozenAtMs = atMs;
      }),
    advance: (durationMs) => inTurn(() => steered(() => moveTo(nowMs() + Math.max(durationMs, 0)))),
    runToNextEvent: () =>
      inTurn(async () => {
        const nextAtMs = timers.nextAtMs();
        if (nextAtMs === undefined) return 'nothing-scheduled';
        await steered(() => moveTo(nextAtMs));
        return 'ran';
      }),
    run,
    stop: () => {
      timers.clear();
      hold();
    },
  };
}
