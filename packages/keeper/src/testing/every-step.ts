import type { LeasedDuty, Store } from '../store/store.ts';
import { createHarmedProcess, type Harm, type HarmedProcess, StepFailed } from './harmed-process.ts';
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

/** How much harm is tried: at each step of a flow death and a failure, one after the other, or a sample of that. */
export type HarmTried = 'at-each-step' | 'a-sample';

/** One in so many; without a common factor with the number of ways, so that each way is in it. */
const SAMPLE_OF = 13;

/** Ends the telling of a story whose process has died. */
class Died extends Error {}

/** Looks of a runner that finds nothing are steps as well, and all alike: few of them are enough. */
const QUIET = { runner: { pollEveryMs: HOUR } };

/** Tells a flow once without harm; answers how many steps it took, and how it ended. */
export async function tellWithoutHarm(flow: Flow): Promise<{ readonly stepsCount: number; readonly end: unknown }> {
  const world = createKeeperWorld(flow.world);
  const process = processOf(world);
  await tell(flow, world, keeperIn(world, process), process);
  return { stepsCount: process.stepsCount(), end: await flow.end(world) };
}

/**
 * Tells a flow again and again, each time with harm to another of its steps; answers the harm and how it
 * ended. A process that dies is followed by another one, and who was told of an error tries again.
 */
export async function* failEachStepOnce(
  flow: Flow,
  tried: HarmTried,
): AsyncGenerator<{ readonly harm: Harm; readonly end: unknown }> {
  const { stepsCount } = await tellWithoutHarm(flow);
  for (const harm of harmTo(stepsCount, tried)) yield { harm, end: await tellWithHarm(flow, harm) };
}

/** A step that fails has had its effect or not, by turns, so that all is over in time. */
function harmTo(stepsCount: number, tried: HarmTried): readonly Harm[] {
  const steps = Array.from({ length: stepsCount }, (_, index) => index + 1);
  const all = steps.flatMap((atStep): readonly Harm[] => [
    { atStep, way: 'dies' },
    { atStep, way: atStep % 2 === 0 ? 'errs' : 'refuses' },
  ]);
  return tried === 'at-each-step' ? all : all.filter((_, index) => index % SAMPLE_OF === 0);
}

async function tellWithHarm(flow: Flow, harm: Harm): Promise<unknown> {
  const world = createKeeperWorld(flow.world);
  const process = processOf(world, harm);
  const keeper = keeperIn(world, process);
  try {
    await tell(flow, world, keeper, process);
  } catch (error) {
    if (error instanceof Died) await tell(flow, world, world.keeper(QUIET), processOf(world));
    else if (error instanceof StepFailed) await tell(flow, world, keeper, process);
    else throw error;
  }
  return flow.end(world);
}

/** Tells a flow in which every duty is done twice: once by somebody who then loses the lease, and once more. */
export async function runEachStepTwice(flow: Flow): Promise<unknown> {
  const world = createKeeperWorld(flow.world);
  const keeper = world.keeper({ ...QUIET, store: forgetfulStore(world.store, world.clock.nowMs) });
  await tell(flow, world, keeper, processOf(world));
  return flow.end(world);
}

/** The death of a process is noticed between the acts: time passes by then, and nobody acts for it. */
async function tell(flow: Flow, world: KeeperWorld, keeper: TestKeeper, process: HarmedProcess): Promise<void> {
  const { clock } = world;
  const pass = async (durationMs: number): Promise<void> => {
    await clock.advance(durationMs);
    if (process.isDead()) throw new Died();
  };
  const wait = async <Value>(work: Promise<Value>): Promise<Value> => {
    const ended = await world.finish(Promise.race([work.then((value) => ({ value })), process.death]));
    if (ended === undefined) throw new Died();
    return ended.value;
  };
  keeper.start();
  await flow.tell({ world, keeper, pass, wait });
  await pass(flow.restMs);
  await wait(keeper.stop());
}

const processOf = (world: KeeperWorld, harm?: Harm): HarmedProcess =>
  createHarmedProcess({ store: world.store, http: world.simulator.handle }, harm);

const keeperIn = (world: KeeperWorld, { store, http }: HarmedProcess): TestKeeper =>
  world.keeper({ ...QUIET, store, http });

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
