import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createKeeper,
  type Keeper,
  type KeeperEvent,
  type Order,
  type OrderId,
  openSqliteStore,
  parseOrderId,
  type ProtocolVersion,
} from '@orderkeeper/keeper';
import { createHttp, systemRandom } from '@orderkeeper/ports';
import type { Mchid, OutTradeNo, Result } from '@orderkeeper/protocol';
import type { Payer, PayerResult, RunningSimulator, SwitchName, Switches } from '@orderkeeper/simulator';
import { merchantOfSimulator, simulatedMerchantTexts, speakingOnly } from '../config/merchant-of-simulator.ts';
import { killKeeperInClose } from './kill-keeper.ts';
import { createNarrator, type Narrator } from './narrator.ts';
import { openNotifyReceiver } from './notify-receiver.ts';
import { createPassingTime } from './passing-time.ts';
import type { Step } from './told-story.ts';
import { createTellingHttp } from './telling-http.ts';
import { type Wire, WIRES } from './wire.ts';

/** What a story may do. */
export interface DemoWorld {
  readonly narrator: Narrator;
  /** What the merchant speaks with WeChat Pay. */
  readonly protocol: ProtocolVersion;
  /** How that is called, and how long it makes wait. */
  readonly wire: Wire;
  readonly keeper: Keeper;
  readonly mchid: Mchid;
  readonly orderId: (text: string) => OrderId;
  /** The order as stored. */
  readonly order: (orderId: OrderId) => Promise<Order>;
  /** The number of an order's latest attempt. */
  readonly numberOf: (orderId: OrderId) => Promise<OutTradeNo>;
  /** The payer acts, and what becomes of it is told. */
  readonly payer: (text: string, act: (payer: Payer) => PayerResult) => void;
  /** Moves the simulated clock; the keeper does what falls due on the way. */
  readonly pass: (durationMs: number) => Promise<void>;
  /** Lets simulated time pass for as long as the keeper is waiting. */
  readonly finish: <Value>(work: Promise<Value>) => Promise<Value>;
  readonly loseNotices: (outTradeNo: OutTradeNo) => void;
  /** The payer acts just before the next request of an operation leaves. */
  readonly beforeNext: (operation: string, act: () => void) => void;
  /** Runs the keeper's work in a process of its own and kills that process when the close has arrived. */
  readonly killDuringClose: () => Promise<void>;
  readonly setSwitch: <Name extends SwitchName>(name: Name, setting: Switches[Name]) => void;
  /** The events that the shop was told, in order, each as often as it was told. */
  readonly told: () => string;
  /** The state in the simulator's own book. */
  readonly truth: (outTradeNo: OutTradeNo) => string;
  readonly close: () => Promise<void>;
}

/** When every story begins: ten in the morning in Beijing. */
const STORY_BEGINS_MS = Date.UTC(2026, 10, 24, 2);

/** Where and how a story is told. */
export interface DemoStage {
  readonly simulator: RunningSimulator;
  readonly protocol: ProtocolVersion;
  /** Hears each step at once. */
  readonly onStep: (step: Step) => void;
}

/** Empties the simulator and sets a keeper with an empty store before it. */
export async function openDemoWorld({ simulator, protocol, onStep }: DemoStage): Promise<DemoWorld> {
  const { clock, credentials, world } = simulator;
  simulator.reset();
  await clock.freeze(STORY_BEGINS_MS);
  const switchesBefore = { ...world.switches };
  const narrator = createNarrator(clock.nowMs, onStep);
  const { mchid, speaks } = given(merchantOfSimulator(simulatedMerchantTexts(credentials), clock.nowMs()));
  const folder = await mkdtemp(join(tmpdir(), 'orderkeeper-demo-'));
  const storePath = join(folder, 'orders.db');
  const store = given(openSqliteStore({ path: storePath }));
  const wire = createHttp({ ca: credentials.certificates.authority.certificatePem });
  const telling = createTellingHttp(wire, narrator);
  const receiver = await openNotifyReceiver(mchid, () => keeper);
  const keeper = createKeeper({
    merchants: [
      {
        speaks: speakingOnly(protocol, speaks),
        notifyUrl: receiver.url,
        hosts: { primary: simulator.https },
        // Time would go by while another thread signs.
        v3Settings: { signing: 'on-this-thread' },
      },
    ],
    store,
    http: telling.http,
    clock,
    random: systemRandom,
    observe: (event) => tellKeeperEvent(narrator, event),
  });
  const told = listenForShop(keeper, narrator);
  const { finish, pass } = createPassingTime({ simulator, keeper, store, inFlight: telling.inFlight });
  const order = async (orderId: OrderId): Promise<Order> => given(await keeper.show(orderId));

  return {
    narrator,
    protocol,
    wire: WIRES[protocol],
    keeper,
    mchid,
    orderId: (text) => given(parseOrderId(text)),
    order,
    numberOf: async (orderId) => latestNumber(await order(orderId)),
    payer: (text, act) => {
      const result = act(simulator.payer);
      narrator.say('payer', result.ok ? text : `${text}: ${result.message}`);
    },
    pass: async (durationMs) => {
      narrator.say('clock', `${Math.round(durationMs / 1000)} s pass`);
      await pass(durationMs);
    },
    finish,
    loseNotices: (outTradeNo) => {
      simulator.faults.add({ effect: { kind: 'notice-dropped' }, moment: 'notice', aim: { outTradeNo } });
    },
    beforeNext: telling.beforeNext,
    killDuringClose: () => killKeeperInClose({ simulator, protocol, storePath, notifyUrl: receiver.url, narrator }),
    setSwitch: (name, setting) => {
      world.switches[name] = setting;
    },
    told: () => told.join(' '),
    truth: (outTradeNo) => world.ledger.ordersNamed(outTradeNo)[0]?.state ?? 'none',
    close: async () => {
      Object.assign(world.switches, switchesBefore);
      await keeper.stop();
      for (const part of [store, wire, receiver]) await part.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function latestNumber({ orderId, attempts }: Order): OutTradeNo {
  const attempt = attempts.at(-1);
  if (attempt === undefined) throw new Error(`order ${orderId} has no attempt`);
  return attempt.outTradeNo;
}

/** The shop writes down the types of the events that it is told. */
function listenForShop(keeper: Keeper, narrator: Narrator): readonly string[] {
  const told: string[] = [];
  keeper.on('*', 'demo', (event) => {
    told.push(event.type);
    narrator.say('shop', `is told ${event.type}`);
  });
  return told;
}

function tellKeeperEvent(narrator: Narrator, event: KeeperEvent): void {
  if (event.kind === 'notice-received') narrator.say('wechat-pay', `sends a notice → ${event.verdict}`);
  if (event.kind === 'alarm') narrator.say('keeper', `alarm: ${event.alarm.message}`);
}

/** Unwraps what cannot fail here; a failure is a mistake in the demo itself. */
function given<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}
