import type { Http } from '@orderkeeper/ports';
import type { LeasedDuty, Store } from '../store/store.ts';
import { createKeeperWorld, HOUR, type KeeperWorld, MINUTE, type WorldChanges } from './keeper-world.ts';

type TestKeeper = ReturnType<KeeperWorld['keeper']>;

/** A story that can be told again from its beginning: what has happened already is repeated and changes nothing. */
export interface Flow {
  /** Acts of merchant and payer, with the time between them. */
  readonly tell: (scene: Scene) => Promise<void>;
  /** After the last act, how long until everything has come to rest. */
  readonly restMs: number;
  /** What must come out the same, however often the process dies on the way. */
  readonly end: (world: KeeperWorld) => Promise<unknown>;
  readonly world?: WorldChanges;
}

/** What a story works with. */
export interface Scene {
  readonly world: KeeperWorld;
  readonly keeper: TestKeeper;
  /** Lets time pass. */
  readonly pass: (durationMs: number) => Promise<void>;
  /** Waits for an operation while time passes. */
  readonly wait: <Value>(work: Promise<Value>) => Promise<Value>;
}

/** A process that dies at one step of its work: what it had asked for stays, and nothing more ever happens in it. */
interface Mortal {
  readonly step: <Value>(work: () => Promise<Value>) => Promise<Value>;
  readonly stepsCount: () => number;
  readonly isDead: () => boolean;
  /** Resolves when it dies. */
  readonly death: Promise<void>;
}

/** Ends the telling of a story whose process has died. */
class Died extends Error {}

/**
 * After which of its steps a process dies, counted from 1; 0 is before the first. The step has had its effect, and nobody
 * learns of it. To die before the next step is the same: between two steps nothing leaves the process.
 */
export interface Death {
  readonly afterStep: number;
}

/** Looks of a runner that finds nothing are steps as well, and all alike: few of them are enough. */
const QUIET = { runner: { pollEveryMs: HOUR } };

const never = <Value>(): Promise<Value> => new Promise(() => {});

function createMortal(planned?: Death): Mortal {
  let stepsCount = 0;
  let life: 'alive' | 'dead' = 'alive';
  let die = (): void => {};
  const death = new Promise<void>((resolve) => {
    die = () => {
      life = 'dead';
      resolve();
    };
  });
  const isDead = (): boolean => life === 'dead';
  const dieAfter = (step: number): void => {
    if (planned?.afterStep === step) die();
  };
  return {
    step: async (work) => {
      dieAfter(stepsCount);
      if (isDead()) return never();
      stepsCount += 1;
      const step = stepsCount;
      const value = await work();
      dieAfter(step);
      return isDead() ? never() : value;
    },
    stepsCount: () => stepsCount,
    isDead,
    death,
  };
}

/** Every method of a store is a step. */
function mortalStore(store: Store, { step }: Mortal): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...given: unknown[]) => step(async (): Promise<unknown> => {
          const answer: unknown = await Reflect.apply(method, target, given);
          return answer;
        });
    },
  });
}

const mortalHttp =
  (http: Http, { step }: Mortal): Http =>
  (request) =>
    step(() => http(request));

/** Tells a flow once without harm; answers how many steps it took, and how it ended. */
export async function tellWithoutHarm(flow: Flow): Promise<{ readonly stepsCount: number; readonly end: unknown }> {
  const world = createKeeperWorld(flow.world);
  const mortal = createMortal();
  await tell(flow, world, mortalKeeper(world, mortal), mortal);
  return { stepsCount: mortal.stepsCount(), end: await flow.end(world) };
}

/** Tells a flow in which the process dies at one step; another one takes over, and the story is told from its beginning. */
export async function tellWithDeath(flow: Flow, death: Death): Promise<unknown> {
  const world = createKeeperWorld(flow.world);
  const mortal = createMortal(death);
  try {
    await tell(flow, world, mortalKeeper(world, mortal), mortal);
  } catch (error) {
    if (!(error instanceof Died)) throw error;
    await tell(flow, world, world.keeper(QUIET), createMortal());
  }
  return flow.end(world);
}

/** Tells a flow in which every duty is done twice: once by somebody who then loses the lease, and once more. */
export async function tellTwice(flow: Flow): Promise<unknown> {
  const world = createKeeperWorld(flow.world);
  const keeper = world.keeper({ ...QUIET, store: forgetfulStore(world.store, world.clock.nowMs) });
  await tell(flow, world, keeper, createMortal());
  return flow.end(world);
}

/** The death of a process is noticed between the acts: time passes by then, and nobody acts for it. */
async function tell(flow: Flow, world: KeeperWorld, keeper: TestKeeper, mortal: Mortal): Promise<void> {
  const { clock } = world;
  const pass = async (durationMs: number): Promise<void> => {
    await clock.advance(durationMs);
    if (mortal.isDead()) throw new Died();
  };
  const wait = async <Value>(work: Promise<Value>): Promise<Value> => {
    const ended = await world.finish(Promise.race([work.then((value) => ({ value })), mortal.death]));
    if (ended === undefined) throw new Died();
    return ended.value;
  };
  keeper.start();
  await flow.tell({ world, keeper, pass, wait });
  await pass(flow.restMs);
  await wait(keeper.stop());
}

function mortalKeeper(world: KeeperWorld, mortal: Mortal): TestKeeper {
  return world.keeper({
    ...QUIET,
    store: mortalStore(world.store, mortal),
    http: mortalHttp(world.simulator.handle, mortal),
  });
}

/** The first end of every duty is forgotten: the duty comes due again at once, and only its second end counts. */
function forgetfulStore(store: Store, nowMs: () => number): Store {
  const ended = new Set<string>();
  const isFirst = ({ kind, subject, dueAtMs }: LeasedDuty): boolean => {
    const name = `${kind} ${subject} ${dueAtMs}`;
    if (ended.has(name)) return false;
    ended.add(name);
    return true;
  };
  return {
    ...store,
    settle: (duty) => (isFirst(duty) ? store.postpone(duty, nowMs()) : store.settle(duty)),
    change: async (orderId, decide) => {
      let forgotten: LeasedDuty | undefined;
      const changed = await store.change(orderId, (order) => {
        const change = decide(order);
        if (change?.settles === undefined || !isFirst(change.settles)) return change;
        forgotten = change.settles;
        const { settles: _forgotten, ...rest } = change;
        return rest;
      });
      if (forgotten !== undefined) await store.postpone(forgotten, nowMs());
      return changed;
    },
  };
}

/** Longer than a lease: what a dead process held has come due again. */
export const OVER_A_LEASE_MS = 2 * MINUTE;
