import { setMaxListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClosableHttp, createHttp, createSeededRandom, type Random, sleep, systemClock } from '@orderkeeper/ports';
import { type RunningSimulator, startSimulator } from '@orderkeeper/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OrderView } from './contract/order-view.ts';
import { compareBooks, readOrders } from './testing/compare-books.ts';
import { type EventReceiver, openEventReceiver } from './testing/event-receiver.ts';
import { createFastClock, fastTimeEnvironment } from './testing/fast-clock.ts';
import { compileProgram, type ServiceProcess, startServiceProcess } from './testing/service-process.ts';
import { openShop, type Shop } from './testing/shop-load.ts';
import { freePort } from './wiring/free-port.ts';

const SEED = 20_261_124;
/**
 * In the whole run (npm run test:whole) kills enough to meet the process in everything it does, in a time in which five
 * minutes until a close are twelve seconds, and a lease of a minute is two and a half. Faster, calls run into their deadlines.
 */
const { kills: KILLS, rate } =
  process.env['ORDERKEEPER_TESTS'] === 'whole' ? { kills: 20, rate: 24 } : { kills: 2, rate: 40 };
/** A random moment: of a process that is starting and of one that is serving, by turns. */
const ALIVE_MS_MAX = 2_000;
/** Orders being lived through at the same time. */
const SELLERS = 12;
const TIME = { sinceMs: Date.now(), rate };
const ALL_MS_MAX = 120_000;
/** Time for the last assertions and a stop in good order. */
const ENDING_MS_MAX = 20_000;

/** Every order with all its notices and calls. */
const LEDGER_BYTES_MAX = 256 * 1024 * 1024;

const API_KEY = 'key-of-the-crash-test-0123456789';
const WEBHOOK_SECRET = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;

let folder: string;
let http: ClosableHttp;
let simulator: RunningSimulator;
let receiver: EventReceiver;
let port: number;

beforeAll(async () => {
  compileProgram();
  folder = await mkdtemp(join(tmpdir(), 'orderkeeper-crash-'));
  http = createHttp();
  simulator = await startSimulator({
    clock: createFastClock(TIME),
    random: createSeededRandom(SEED),
    credentialsFile: join(folder, 'credentials.json'),
  });
  receiver = await openEventReceiver();
  port = await freePort('127.0.0.1');
}, 60_000);

afterAll(async () => {
  for (const victim of victims) victim.process.kill('SIGKILL');
  await simulator.close();
  await receiver.close();
  await http.close();
  await rm(folder, { recursive: true });
});

/** Killed at the end whatever happens: nothing may outlive the test. */
const victims: ServiceProcess[] = [];

function startVictim(): ServiceProcess {
  const victim = startServiceProcess({
    folder,
    time: 'fast',
    env: {
      ...fastTimeEnvironment(TIME),
      ORDERKEEPER_SIMULATOR_CREDENTIALS: 'credentials.json',
      ORDERKEEPER_API_KEY: API_KEY,
      ORDERKEEPER_PORT: String(port),
      ORDERKEEPER_STORE: 'store.sqlite',
      ORDERKEEPER_LOG_LEVEL: 'error',
      ORDERKEEPER_WEBHOOK_URL: receiver.url,
      ORDERKEEPER_WEBHOOK_SECRET: WEBHOOK_SECRET,
    },
  });
  victims.push(victim);
  return victim;
}

/**
 * WeChat Pay gets a new certificate while the merchant changes over to the public key: any of three keys may sign from now
 * on, and every new process has to find two of them out.
 */
async function rotateKeys(): Promise<void> {
  const { world, controlHandle } = simulator;
  world.v3.keys?.setMode('switching');
  world.settings.newCertificateShare = 0.5;
  const { status } = await controlHandle({ method: 'POST', url: 'http://control/keys/rotate', headers: {} });
  expect(status).toBe(200);
}

/** Kills and starts again, and answers the survivor. */
async function killAgainAndAgain(random: Random): Promise<ServiceProcess> {
  for (let kill = 0; kill < KILLS; kill += 1) {
    const victim = startVictim();
    if (kill % 2 === 1) await victim.ready;
    if (kill === 1) await rotateKeys();
    await sleep(systemClock, random.fraction() * ALIVE_MS_MAX);
    victim.process.kill('SIGKILL');
    const { signal } = await victim.ended;
    expect(signal ?? victim.log()).toBe('SIGKILL');
  }
  return startVictim();
}

/** Sells until nobody kills any more; answers how many orders that were. */
async function sellUntil(shop: Shop, ended: Promise<unknown>): Promise<number> {
  let orderNumber = 0;
  let phase: 'selling' | 'closing' = 'selling';
  const close = (): void => {
    phase = 'closing';
  };
  ended.then(close, close);
  const isSelling = (): boolean => phase === 'selling';
  const seller = async (): Promise<void> => {
    while (isSelling()) await shop.sell((orderNumber += 1));
  };
  await Promise.all(Array.from({ length: SELLERS }, seller));
  return orderNumber;
}

async function allOrders(shop: Shop): Promise<readonly OrderView[]> {
  const orders: OrderView[] = [];
  for (let path: string | undefined = '/v1/orders?limit=200'; path !== undefined; ) {
    const page = readOrders(await shop.get(path));
    orders.push(...page.orders);
    path = page.nextCursor === undefined ? undefined : `/v1/orders?limit=200&cursor=${page.nextCursor}`;
  }
  return orders;
}

async function differences(shop: Shop): Promise<readonly string[]> {
  const orders = await allOrders(shop);
  const answer = await http({
    method: 'GET',
    url: `${simulator.control}/ledger`,
    headers: {},
    answerBytesMax: LEDGER_BYTES_MAX,
  });
  const ledger: unknown = JSON.parse(new TextDecoder().decode(answer.body));
  return compareBooks({ orders, ledger, events: receiver.events() });
}

test(
  `a service killed ${KILLS} times at random moments loses nothing and does nothing twice (R16, seed ${SEED})`,
  async () => {
    const random = createSeededRandom(SEED);
    const giveUp = new AbortController();
    const { signal } = giveUp;
    setMaxListeners(0, signal);
    const cancelTimer = systemClock.after(ALL_MS_MAX - ENDING_MS_MAX, () => giveUp.abort());
    const clock = createFastClock(TIME);
    simulator.faults.add({ effect: { kind: 'notice-dropped' }, moment: 'notice', aim: {}, probability: 0.3 });
    simulator.faults.add({ effect: { kind: 'reset' }, moment: 'after', aim: {}, probability: 0.05 });
    simulator.faults.add({
      effect: { kind: 'code', code: 'SYSTEMERROR' },
      moment: 'before',
      aim: {},
      probability: 0.05,
    });
    const origin = `http://127.0.0.1:${port}`;
    const shop = openShop({ http, clock, random, simulator, origin, apiKey: API_KEY, signal });

    const killing = killAgainAndAgain(random);
    killing.catch(() => giveUp.abort());
    const [survivor, sold] = await Promise.all([killing, sellUntil(shop, killing)]);
    simulator.faults.clear();

    let left = await differences(shop);
    while (left.length > 0 && !signal.aborted) {
      await sleep(systemClock, 500);
      left = await differences(shop);
    }
    cancelTimer();
    const orders = await allOrders(shop);
    survivor.process.kill('SIGTERM');
    expect(left).toEqual([]);
    expect(receiver.changed()).toEqual([]);
    expect(sold).toBeGreaterThan(KILLS);
    expect(finalStates()).toEqual(expect.arrayContaining(['CLOSED', 'REFUND', 'REVOKED', 'SUCCESS']));
    expect(protocolsPaidIn(orders)).toEqual(['v2', 'v3']);
    expect((await survivor.ended).code).toBe(0);
  },
  ALL_MS_MAX,
);

const protocolsPaidIn = (orders: readonly OrderView[]): readonly string[] => {
  const paid = orders.flatMap(({ attempts }) => attempts).filter(({ payment }) => payment !== undefined);
  return [...new Set(paid.map(({ protocol }) => protocol))].toSorted();
};

/** Every way to end was taken; a test in which nothing was closed would prove less. */
const finalStates = (): readonly string[] => [...new Set(simulator.world.ledger.orders().map(({ state }) => state))];
