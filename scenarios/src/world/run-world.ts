import { type KeeperEvent, openSqliteStore, type Store } from '@orderkeeper/keeper';
import { createSeededRandom, createVirtualClock, type Http, type VirtualClock } from '@orderkeeper/ports';
import { createSimulator, type Simulator } from '@orderkeeper/simulator';
import type { Mishap, ShopKeys, WorldPlan } from '../plan/plan.ts';
import { unsignedRefusals } from '../plan/unsigned-refusals.ts';
import { createCounter } from './counter.ts';
import { type HandedOut, liveOrder } from './deeds.ts';
import { createFrontDoor, type FrontDoor } from './front-door.ts';
import { createJournal, type Journal } from './journal.ts';
import { type KeeperProcess, startKeeperProcess } from './keeper-process.ts';
import { scheduleMishaps } from './mishaps.ts';
import { notedCalls } from './noted-calls.ts';
import { createReceiver, type Receiver } from './receiver.ts';
import { noteEnd, readEnd } from './read-end.ts';
import { watchForRest } from './rest.ts';
import { ACCOUNT, given, keptMerchant, SIM_MERCHANT, type ShopConfiguration } from './shop.ts';
import type { Fates } from './steps.ts';
import { WECHAT_PAY } from './wechat-pay-keys.ts';
import type { WorldRun } from './world-end.ts';

/** 2026-11-24 15:00 in Beijing. */
export const START_MS = Date.UTC(2026, 10, 24, 7);

/** Everything that a running world consists of. */
export interface Scene {
  readonly plan: WorldPlan;
  readonly clock: VirtualClock;
  readonly simulator: Simulator;
  readonly store: Store;
  readonly processes: readonly KeeperProcess[];
  readonly receiver: Receiver;
  readonly frontDoor: FrontDoor;
  readonly journal: Journal;
  readonly note: (line: string) => void;
  /** What the shop has in its configuration now; a process reads it when it starts. */
  readonly shop: { keys: ShopKeys };
  readonly configuration: () => ShopConfiguration;
  readonly handedOut: HandedOut[];
  readonly observed: KeeperEvent[];
  readonly count: { storeFailures: number };
}

/** Runs a world until it has come to rest. `fates` adds to what the plan does to the steps of its processes. */
export async function runWorld(plan: WorldPlan, fates: Fates = () => 'goes-well'): Promise<WorldRun> {
  const scene = createScene(plan, fates);
  const { clock, simulator, store, journal, processes } = scene;
  const counter = createCounter(processes, clock, scene.note);
  for (const order of plan.orders) liveOrder({ ...scene, startMs: START_MS, counter }, order);
  scheduleMishaps(scene, START_MS);
  const watch = watchForRest(scene, START_MS);
  while (watch.isOn() && (await clock.runNext()) === 'ran');
  const end = await readEnd(scene, START_MS, watch.rest());
  for (const process of processes) process.end();
  simulator.close();
  await store.close();
  noteEnd(end, scene);
  return { end, story: journal.story(), digest: journal.digest() };
}

function createScene(plan: WorldPlan, fates: Fates): Scene {
  const clock = createVirtualClock({ startMs: START_MS });
  const journal = createJournal(START_MS);
  const note = (line: string): void => journal.note(clock.nowMs(), line);
  const processes: KeeperProcess[] = [];
  const frontDoor = createFrontDoor(processes, note);
  const simulator = createWeChatPay(plan, clock, frontDoor.http);
  const shop = { keys: plan.keys.shopHas };
  const configuration = () => ({ keys: shop.keys, unsignedRefusals: unsignedRefusals(plan.switches) });
  const store = given(openSqliteStore({ path: ':memory:', gather: queueMicrotask }));
  const receiver = createReceiver(plan.mishaps.filter(isDeafness), note);
  const observed: KeeperEvent[] = [];
  const count = { storeFailures: 0 };
  const http = notedCalls(simulator, note);
  plan.clocksAheadMs.forEach((clockAheadMs, index) => {
    const name = `keeper ${index + 1}`;
    const seed = plan.seed + index * 7_919;
    const parts = {
      name,
      seed,
      clock,
      clockAheadMs,
      pollEveryMs: plan.pollEveryMs,
      store,
      http,
      note,
      handler: receiver.handler,
      merchant: () => keptMerchant(configuration()),
    };
    const told = (event: KeeperEvent): void => void observed.push(event);
    const process = startKeeperProcess({
      ...parts,
      told,
      fates: fatesOf(plan, index, fates, count),
      downMsAfter: (step) => crashesOf(plan, index).find((crash) => crash.step === step)?.downMs ?? 1_000,
    });
    processes.push(process);
  });
  const handedOut: HandedOut[] = [];
  const people = { receiver, frontDoor, shop, configuration, handedOut, observed };
  return { plan, clock, simulator, store, processes, journal, note, count, ...people };
}

function createWeChatPay({ seed, switches, settings, keys }: WorldPlan, clock: VirtualClock, http: Http): Simulator {
  const random = createSeededRandom(seed);
  const means = { clock, random, http, merchants: [SIM_MERCHANT], platform: WECHAT_PAY };
  const simulator = createSimulator({ ...means, switches, settings });
  simulator.world.v3.keys?.setMode(keys.mode, ACCOUNT.mchid);
  return simulator;
}

type Crash = Extract<Mishap, { kind: 'crash' }>;

const isDeafness = (mishap: Mishap) => mishap.kind === 'deaf-receiver';

const crashesOf = ({ mishaps }: WorldPlan, keeper: number): readonly Crash[] =>
  mishaps.filter((mishap) => mishap.kind === 'crash').filter((crash) => crash.keeper === keeper);

function fatesOf(plan: WorldPlan, keeper: number, more: Fates, count: Scene['count']): Fates {
  const crashes = new Map(crashesOf(plan, keeper).map(({ step, moment }) => [step, moment]));
  const failures = plan.mishaps
    .filter((mishap) => mishap.kind === 'store-failure')
    .filter((failure) => failure.keeper === keeper);
  const failing = new Set(failures.map(({ step }) => step));
  return (step, kind, name) => {
    const crash = crashes.get(step);
    if (crash !== undefined) return crash === 'before' ? 'crash-before' : 'crash-after';
    if (kind !== 'store' || !failing.has(step)) return more(step, kind, name);
    count.storeFailures += 1;
    return 'fails';
  };
}
