import { type Clock, nextTurn } from '@orderkeeper/ports';
import { createHands } from './hands.ts';

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
  const hands = createHands(base);
  const { nowMs, nextAtMs } = hands;
  let commands: Promise<unknown> = Promise.resolve();

  const moveTo = async (limitMs: number): Promise<void> => {
    await settle();
    for (let dueAtMs = nextAtMs(); dueAtMs !== undefined && dueAtMs <= limitMs; dueAtMs = nextAtMs()) {
      hands.turnTo(Math.max(nowMs(), dueAtMs));
      hands.runOneDue(dueAtMs);
      await settle();
    }
    hands.turnTo(Math.max(nowMs(), limitMs));
  };
  /** Moves held hands, then goes on as before. */
  const steer = async (limitMs: number): Promise<void> => {
    const mode = hands.mode();
    hands.hold();
    await moveTo(limitMs);
    if (mode === 'running') hands.release();
  };
  const inTurn = <Value>(command: () => Promise<Value>): Promise<Value> => {
    const done = commands.then(command);
    commands = done.catch(() => {});
    return done;
  };

  return {
    nowMs,
    after: hands.after,
    state: () => {
      const dueAtMs = nextAtMs();
      return { mode: hands.mode(), nowMs: nowMs(), ...(dueAtMs === undefined ? {} : { nextAtMs: dueAtMs }) };
    },
    freeze: (atMs) =>
      inTurn(async () => {
        hands.hold();
        if (atMs === undefined) return;
        if (atMs >= nowMs()) await moveTo(atMs);
        else hands.turnTo(atMs);
      }),
    advance: (durationMs) => inTurn(() => steer(nowMs() + Math.max(durationMs, 0))),
    runToNextEvent: () =>
      inTurn(async () => {
        const dueAtMs = nextAtMs();
        if (dueAtMs === undefined) return 'nothing-scheduled';
        await steer(dueAtMs);
        return 'ran';
      }),
    run: hands.release,
    stop: () => {
      hands.clear();
      hands.hold();
    },
  };
}
