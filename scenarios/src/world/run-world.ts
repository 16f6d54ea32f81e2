import { type KeeperEvent, type Order, openSqliteStore, type Store } from '@orderkeeper/keeper';
import { createSeededRandom, createVirtualClock, type Http, HttpFailure, type VirtualClock } from '@orderkeeper/ports';
import { createSimulator, merchantOfAccount, type Simulator } from '@orderkeeper/simulator';
import type { Mishap, WorldPlan } from '../plan/plan.ts';
import { createCounter } from './counter.ts';
import { type HandedOut, liveOrder } from './deeds.ts';
import { createFrontDoor } from './front-door.ts';
import { createJournal, type Journal } from './journal.ts';
import { type KeeperProcess, startKeeperProcess } from './keeper-process.ts';
import { scheduleMishaps } from './mishaps.ts';
import { createReceiver, type Receiver } from './receiver.ts';
import { allOrders, watchForRest } from './rest.ts';
import { ACCOUNT, given } from './shop.ts';
import type { Fates } from './steps.ts';
import type { WorldEnd, WorldRun } from './world-end.ts';

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
  readonly frontDoor: Http;
  readonly journal: Journal;
  readonly note: (line: string) => void;
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
  const end = await readEnd(scene, watch.rest());
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
  const random = createSeededRandom(plan.seed);
  const processes: KeeperProcess[] = [];
  const frontDoor = createFrontDoor(processes, note);
  const { switches, settings } = plan;
  const merchants = [merchantOfAccount(ACCOUNT)];
  const simulator = createSimulator({ clock, random, merchants, switches, settings, http: frontDoor });
  const store = given(openSqliteStore({ path: ':memory:', gather: queueMicrotask }));
  const receiver = createReceiver(plan.mishaps.filter(isDeafness), note);
  const observed: KeeperEvent[] = [];
  const count = { storeFailures: 0 };
  const http = noted(simulator, note);
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
  return { plan, clock, simulator, store, processes, receiver, frontDoor, journal, note, handedOut, observed, count };
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

/** Writes down each call and what came of it. */
function noted({ handle, world }: Simulator, note: (line: string) => void): Http {
  return async (request) => {
    const what = new URL(request.url);
    try {
      const response = await handle(request);
      const call = world.calls.list().at(-1);
      note(
        `${what.pathname} ${call?.outTradeNo ?? ''}: ${call?.verdict ?? ''} ${summaryOf(response.status, response.body)}`,
      );
      return response;
    } catch (error) {
      note(`${what.pathname} at ${what.host}: ${error instanceof HttpFailure ? error.reason : String(error)}`);
      throw error;
    }
  };
}

const WORTH_TELLING = ['trade_state', 'err_code', 'recall', 'refund_status_0', 'return_msg'];

function summaryOf(status: number, body: Uint8Array): string {
  const text = Buffer.from(body).toString();
  const found = WORTH_TELLING.flatMap((name) => {
    const value = new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^<\\]]*)`).exec(text)?.[1];
    return value === undefined || value === 'OK' ? [] : [`${name}=${value}`];
  });
  return [String(status), ...found].join(' ');
}

async function readEnd(scene: Scene, rest: WorldEnd['rest']): Promise<WorldEnd> {
  const { plan, clock, simulator, store, processes, receiver, handedOut, observed, count } = scene;
  const orders: readonly Order[] = await allOrders(store);
  const duties = new Map<string, readonly string[]>();
  for (const { orderId } of orders) {
    const left = await store.dutiesOf(orderId);
    duties.set(
      orderId,
      left.map(({ kind, subject, dueAtMs }) => `${kind} ${subject} in ${dueAtMs - clock.nowMs()} ms`),
    );
  }
  const { ledger, calls } = simulator.world;
  return {
    plan,
    orders,
    duties,
    ledger: ledger.orders(),
    ledgerRefunds: ledger.refunds(),
    calls: calls.list(),
    notices: simulator.notices.list(),
    heard: receiver.heard(),
    handedOut,
    observed,
    crashes: processes.reduce((sum, process) => sum + process.crashes(), 0),
    storeFailures: count.storeFailures,
    rest,
    tookMs: clock.nowMs() - START_MS,
  };
}

function noteEnd({ orders, ledger, ledgerRefunds }: WorldEnd, { note }: Scene): void {
  for (const { orderId, state, attempts, refunds } of orders) {
    const parts = [...attempts, ...refunds].map(
      (part) => `${'outRefundNo' in part ? part.outRefundNo : part.outTradeNo} ${part.state}`,
    );
    note(`in the end ${orderId} is ${state}: ${parts.join(', ')}`);
  }
  for (const { outTradeNo, state } of ledger) note(`at WeChat Pay ${outTradeNo} is ${state}`);
  for (const { outRefundNo, state, refundFen } of ledgerRefunds)
    note(`at WeChat Pay ${outRefundNo} is ${state}: ${refundFen} fen`);
}
