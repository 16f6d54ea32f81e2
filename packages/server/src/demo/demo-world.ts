import { type Client, createClient } from '@orderkeeper/client';
import { createHttp, type Http, nextTurn, systemRandom } from '@orderkeeper/ports';
import { type Fen, type NativeOrder, type OutTradeNo, parseOutTradeNo } from '@orderkeeper/protocol';
import type { Payer, PayerResult, RunningSimulator, SwitchName, Switches } from '@orderkeeper/simulator';
import { demoMerchant } from './demo-merchant.ts';
import { createNarrator, type Narrator } from './narrator.ts';
import { openNotifyReceiver } from './notify-receiver.ts';
import type { Step } from './story.ts';

/** What a story may do. */
export interface DemoWorld {
  readonly narrator: Narrator;
  readonly client: Client;
  /** A number that is told as it is; throws on a bad one, which is a mistake in the story. */
  readonly outTradeNo: (text: string) => OutTradeNo;
  /** An order that is paid by scanning a QR code. */
  readonly qrOrder: (outTradeNo: OutTradeNo, totalFen: Fen) => NativeOrder;
  /** The payer acts, and what becomes of it is told. */
  readonly payer: (text: string, act: (payer: Payer) => PayerResult) => void;
  /** Moves the simulated clock. */
  readonly pass: (durationMs: number) => Promise<void>;
  /** Lets simulated time pass for as long as the merchant's program is waiting. */
  readonly whileTimePasses: <Value>(work: Promise<Value>) => Promise<Value>;
  readonly loseNotices: (outTradeNo: OutTradeNo) => void;
  readonly noticesOf: (outTradeNo: OutTradeNo) => number;
  /** Until the story ends. */
  readonly setSwitch: <Name extends SwitchName>(name: Name, setting: Switches[Name]) => void;
  /** The state in the simulator's own book. */
  readonly truth: (outTradeNo: OutTradeNo) => string;
  readonly close: () => Promise<void>;
}

/** When every story begins: ten in the morning in Beijing. */
const STORY_BEGINS_MS = Date.UTC(2026, 10, 24, 2, 0, 0);

/** Empties the simulator and gives it one merchant's program, with keys and certificate, and a place for notices. */
export async function openDemoWorld(simulator: RunningSimulator, onStep: (step: Step) => void): Promise<DemoWorld> {
  const { clock, credentials, world } = simulator;
  simulator.reset();
  await clock.freeze(STORY_BEGINS_MS);
  const switchesBefore = { ...world.switches };
  const merchant = demoMerchant(simulator);
  const receiver = await openNotifyReceiver(merchant.apiKey);
  const wire = createHttp({ ca: credentials.certificates.authority.certificatePem });
  const counted = countInFlight(wire);
  const narrator = createNarrator(clock.nowMs, onStep);

  return {
    narrator,
    client: createClient({
      merchant,
      http: counted.http,
      clock,
      random: systemRandom,
      hosts: { primary: simulator.https },
    }),
    outTradeNo: (text) => {
      const parsed = parseOutTradeNo(text);
      if (!parsed.ok) throw new Error(parsed.message);
      return parsed.value;
    },
    qrOrder: (outTradeNo, totalFen) => ({
      tradeType: 'NATIVE',
      outTradeNo,
      totalFen,
      body: 'Orderkeeper demo',
      productId: 'demo',
      spbillCreateIp: '127.0.0.1',
      notifyUrl: receiver.url,
    }),
    payer: (text, act) => {
      const result = act(simulator.payer);
      narrator.say('payer', result.ok ? text : `${text}: ${result.message}`);
    },
    pass: async (durationMs) => {
      await clock.advance(durationMs);
      narrator.say('clock', `${Math.round(durationMs / 1000)} s later`);
    },
    whileTimePasses: async (work) => {
      const state = { isDone: false };
      const end = (): void => {
        state.isDone = true;
      };
      work.then(end, end);
      while (!state.isDone) {
        await nextTurn();
        if (!state.isDone && counted.inFlight() === 0) await clock.runToNextEvent();
      }
      return work;
    },
    loseNotices: (outTradeNo) => {
      simulator.faults.add({ effect: { kind: 'notice-dropped' }, moment: 'notice', aim: { outTradeNo } });
    },
    noticesOf: (outTradeNo) => receiver.paid.filter((number) => number === outTradeNo).length,
    setSwitch: (name, setting) => {
      world.switches[name] = setting;
    },
    truth: (outTradeNo) => world.ledger.ordersNamed(outTradeNo)[0]?.state ?? 'none',
    close: async () => {
      Object.assign(world.switches, switchesBefore);
      await wire.close();
      await receiver.close();
    },
  };
}

/** Time stands still while a request is on the wire; otherwise the clock would overtake the answer. */
function countInFlight(http: Http): { readonly http: Http; readonly inFlight: () => number } {
  let count = 0;
  return {
    http: async (request) => {
      count += 1;
      try {
        return await http(request);
      } finally {
        count -= 1;
      }
    },
    inFlight: () => count,
  };
}
