import type { Keeper, Store } from '@orderkeeper/keeper';
import { nextTurn } from '@orderkeeper/ports';
import type { RunningSimulator } from '@orderkeeper/simulator';

/** How simulated time goes by for a keeper that works over real sockets. */
export interface PassingTime {
  /** Lets simulated time pass for as long as `work` is waiting for it. */
  readonly finish: <Value>(work: Promise<Value>) => Promise<Value>;
  /** Moves the clock; the keeper does what falls due on the way. */
  readonly pass: (durationMs: number) => Promise<void>;
}

/** Who lives in that time. */
export interface PassingTimeParts {
  readonly simulator: Pick<RunningSimulator, 'clock' | 'notices'>;
  readonly keeper: Pick<Keeper, 'runDue'>;
  readonly store: Pick<Store, 'nextDueAtMs'>;
  /** How many requests are on the wire: time stands still meanwhile, or the clock would overtake their answers. */
  readonly inFlight: () => number;
}

/** The shortest step of the clock while something is due that cannot be done yet. */
const STEP_MS = 1_000;

/** Between two requests the keeper writes to its store, for a few turns of the event loop; time stands still meanwhile. */
const IDLE_TURNS = 50;

/** Creates {@link PassingTime} on the simulator's frozen clock. */
export function createPassingTime({ simulator, keeper, store, inFlight }: PassingTimeParts): PassingTime {
  const { clock, notices } = simulator;
  const finish = async <Value>(work: Promise<Value>): Promise<Value> => {
    const state = { isDone: false };
    const end = (): void => {
      state.isDone = true;
    };
    work.then(end, end);
    let idleTurns = 0;
    while (!state.isDone) {
      await nextTurn();
      idleTurns = inFlight() === 0 ? idleTurns + 1 : 0;
      if (!state.isDone && idleTurns >= IDLE_TURNS) await clock.runToNextEvent();
    }
    return work;
  };
  const pass = async (durationMs: number): Promise<void> => {
    const untilMs = clock.nowMs() + durationMs;
    for (;;) {
      await notices.settled();
      await finish(keeper.runDue());
      const nowMs = clock.nowMs();
      if (nowMs >= untilMs) return;
      const dueAtMs = Math.max((await store.nextDueAtMs()) ?? untilMs, nowMs + STEP_MS);
      await clock.advance(Math.min(dueAtMs, untilMs) - nowMs);
    }
  };
  return { finish, pass };
}
