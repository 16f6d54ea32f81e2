import {
  createKeeper,
  type EventHandler,
  type Keeper,
  type KeeperEvent,
  type KeeperMerchant,
  type Store,
} from '@orderkeeper/keeper';
import { type Clock, createSeededRandom, type Http } from '@orderkeeper/ports';
import { beginLife, type Life } from './life.ts';
import { mortalClock } from './mortal-clock.ts';
import { mortalHttp } from './mortal-http.ts';
import { mortalStore } from './mortal-store.ts';
import { type Fates, mortalSteps, type RunStep } from './steps.ts';

/** What a process is started with. */
export interface ProcessParts {
  readonly name: string;
  readonly seed: number;
  readonly clock: Clock;
  readonly clockAheadMs: number;
  readonly pollEveryMs: number;
  readonly store: Store;
  readonly http: Http;
  readonly fates: Fates;
  /** The configuration that a start finds. */
  readonly merchant: () => KeeperMerchant;
  /** How long it stays down after its n-th step. */
  readonly downMsAfter: (step: number) => number;
  /** The shop's own system, in the same process as the keeper. */
  readonly handler: EventHandler;
  readonly note: (line: string) => void;
  readonly told: (event: KeeperEvent) => void;
}

/** What the caller of a process gets when it dies before it has answered. */
export type Lost = 'lost';

/** A keeper that dies and is started again on what it has stored. */
export interface KeeperProcess {
  readonly isUp: () => boolean;
  /** Asks the keeper; `lost` when it is down, or dies before it answers. */
  readonly ask: <Answer>(question: (keeper: Keeper) => Promise<Answer>) => Promise<Answer | Lost>;
  /** Stops it in good order, and starts it again after `downMs`. */
  readonly restart: (downMs: number) => Promise<void>;
  readonly crashes: () => number;
  readonly steps: () => number;
  /** Ends it for good. */
  readonly end: () => void;
}

/** Starts a process. */
export function startKeeperProcess(parts: ProcessParts): KeeperProcess {
  const { name, clock, note } = parts;
  const count = { steps: 0 };
  let lives = 0;
  let crashes = 0;
  let running: { readonly life: Life; readonly keeper: Keeper } | undefined;

  const start = (): void => {
    const life = beginLife();
    lives += 1;
    const run = mortalSteps(life, count, parts.fates, () => crash(life));
    const keeper = buildKeeper(parts, life, run, lives);
    keeper.start();
    running = { life, keeper };
    note(`${name} is up (life ${lives})`);
  };
  const crash = (life: Life): void => {
    if (life.isOver()) return;
    crashes += 1;
    life.end();
    running = undefined;
    const downMs = parts.downMsAfter(count.steps);
    note(`${name} dies at step ${count.steps}, for ${downMs} ms`);
    clock.after(downMs, start);
  };
  start();
  return {
    isUp: () => running !== undefined,
    ask: async (question) => {
      if (running === undefined) return 'lost';
      const { life, keeper } = running;
      return Promise.race([question(keeper), life.ended.then(() => 'lost' as const)]);
    },
    restart: async (downMs) => {
      if (running === undefined) return;
      const { life, keeper } = running;
      note(`${name} is stopped`);
      const stopped = await Promise.race([keeper.stop().then(() => 'stopped' as const), life.ended]);
      if (stopped === 'ended') return;
      running = undefined;
      life.end();
      clock.after(downMs, start);
    },
    crashes: () => crashes,
    steps: () => count.steps,
    end: () => {
      running?.life.end();
      running = undefined;
    },
  };
}

const SEEDS_PER_PROCESS = 1_000;

function buildKeeper(parts: ProcessParts, life: Life, run: RunStep, lives: number): Keeper {
  const { store, http, handler, told } = parts;
  const clock = mortalClock(parts.clock, parts.clockAheadMs, life);
  const random = createSeededRandom(parts.seed * SEEDS_PER_PROCESS + lives);
  const keeper = createKeeper({
    merchants: [parts.merchant()],
    store: mortalStore(store, run),
    http: mortalHttp(http, clock, random, run),
    clock,
    random,
    runner: { pollEveryMs: parts.pollEveryMs },
    observe: (event) => {
      if (!life.isOver()) told(event);
    },
  });
  keeper.on('*', 'shop', (event) => run('telling', event.type, async () => handler(event)));
  return keeper;
}
