import type { LeasedDuty } from '../store/store.ts';
import { createBell } from './bell.ts';
import { claimDue, isCall } from './claim-due.ts';
import type { DutyOutcome } from '../observe/keeper-event.ts';
import { runDuty } from './run-duty.ts';
import { LEASE_MS, type WorkContext } from './work-context.ts';

/** How a runner works; each has its default. */
export interface RunnerSettings {
  /** Duties at work at the same time. */
  readonly concurrency: number;
  /** What other processes have scheduled is noticed after this time. */
  readonly pollEveryMs: number;
}

/** Suits one process on one machine: SQLite answers in well under a millisecond, calls take around a hundred. */
export const RUNNER_SETTINGS_DEFAULT: RunnerSettings = { concurrency: 32, pollEveryMs: 1_000 };

/** Does duties when they are due. */
export interface Runner {
  readonly start: () => void;
  /** Takes no new duties, gives back those not begun, and resolves when the others have ended. */
  readonly stop: () => Promise<void>;
  /** Does everything that is due, and what comes due by it at the same moment; answers how many duties were done. */
  readonly runDue: () => Promise<number>;
  /** Something comes due at this moment. */
  readonly wake: (dueAtMs: number) => void;
}

/** What a runner is made of. `beforeRound` is called before each look at the store. */
export interface RunnerParts {
  readonly context: WorkContext;
  readonly settings: RunnerSettings;
  readonly beforeRound: () => Promise<void>;
}

/** A runner looks this many times at what has come due by its own work; then the rest waits for its next turn. */
const ROUNDS_MAX = 1_000;

/** After the store could not be reached it is tried again. */
const STORE_FAILED_WAIT_MS = 1_000;

/** Due and not to be had: a merchant's budget is used up. */
const NOT_TO_BE_HAD_WAIT_MS = 50;

/** Duties claimed at once, so that a backlog can be worked off in a good order; all of them begin well within a lease. */
const claimsMax = ({ concurrency }: RunnerSettings): number => concurrency * 2;

/** Creates a runner that stands still. */
export function createRunner(parts: RunnerParts): Runner {
  const { context, settings } = parts;
  const { clock, observe } = context;
  const bell = createBell(clock);
  const running = new Set<Promise<DutyOutcome>>();
  let queue: readonly LeasedDuty[] = [];
  let phase: 'idle' | 'running' | 'stopping' = 'idle';
  let loop: Promise<void> = Promise.resolve();
  /** Asked anew after each wait: whoever stops the runner does so meanwhile. */
  const isRunning = (): boolean => phase === 'running';

  const begin = (duty: LeasedDuty): Promise<DutyOutcome> => {
    const run = runWithinBudget(duty, parts);
    running.add(run);
    void run.finally(() => {
      running.delete(run);
      bell.ring();
    });
    return run;
  };
  const fill = async (): Promise<void> => {
    await parts.beforeRound();
    if (queue.length === 0) queue = await claimDue(context, claimsMax(settings));
  };
  const work = async (): Promise<void> => {
    while (isRunning()) {
      try {
        if (running.size < settings.concurrency) await fill();
        const free = settings.concurrency - running.size;
        const next = isRunning() ? queue.slice(0, free) : [];
        queue = queue.slice(next.length);
        for (const duty of next) void begin(duty);
        if (next.length === 0 && isRunning()) await bell.waitUntil(await nextLookAtMs(parts, running.size));
      } catch (error) {
        observe({ kind: 'store-failed', message: String(error), atMs: clock.nowMs() });
        await bell.waitUntil(clock.nowMs() + STORE_FAILED_WAIT_MS);
      }
    }
  };

  return {
    start: () => {
      if (phase !== 'idle') return;
      phase = 'running';
      loop = work();
    },
    stop: async () => {
      phase = 'stopping';
      bell.ring();
      await loop;
      await Promise.all(queue.map((duty) => giveBack(duty, duty.dueAtMs, context)));
      queue = [];
      await Promise.all(running);
      phase = 'idle';
    },
    runDue: async () => {
      let done = 0;
      for (let round = 0; round < ROUNDS_MAX; round += 1) {
        await parts.beforeRound();
        const duties = await claimDue(context, settings.concurrency);
        if (duties.length === 0) return done;
        const outcomes = await Promise.all(duties.map(begin));
        done += outcomes.filter((outcome) => outcome !== 'not-wanted' && outcome !== 'over-budget').length;
      }
      return done;
    },
    wake: bell.ringAt,
  };
}

/** When to look again: at the next due moment, and now and then for what other processes have scheduled. */
async function nextLookAtMs({ context, settings }: RunnerParts, runningCount: number): Promise<number> {
  const { store, clock } = context;
  const nowMs = clock.nowMs();
  const pollAtMs = nowMs + settings.pollEveryMs;
  // With every place taken, the end of a run rings the bell.
  if (runningCount >= settings.concurrency) return pollAtMs;
  const dueAtMs = (await store.nextDueAtMs()) ?? pollAtMs;
  return Math.min(pollAtMs, dueAtMs <= nowMs ? nowMs + NOT_TO_BE_HAD_WAIT_MS : dueAtMs);
}

async function runWithinBudget(duty: LeasedDuty, { context }: RunnerParts): Promise<DutyOutcome> {
  const nowMs = context.clock.nowMs();
  // A duty that has waited here for half its lease could end beyond it.
  if (duty.leaseUntilMs - nowMs < LEASE_MS / 2) return giveBack(duty, nowMs, context);
  if (!isCall(duty)) return runDuty(duty, context);
  const taken = context.budget.take(duty.mchid, duty.priority, nowMs);
  return taken === 'taken' ? runDuty(duty, context) : giveBack(duty, taken.availableAtMs, context);
}

async function giveBack(duty: LeasedDuty, atMs: number, { store }: WorkContext): Promise<'over-budget'> {
  try {
    await store.postpone(duty, atMs);
  } catch {
    // The store is out of reach: the lease runs out by itself.
  }
  return 'over-budget';
}
