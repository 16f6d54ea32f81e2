import { type Merchant, parseMerchant } from '@orderkeeper/client';
import {
  createSeededRandom,
  createVirtualClock,
  type Http,
  HttpFailure,
  nextTurn,
  type Random,
  type VirtualClock,
} from '@orderkeeper/ports';
import { fen, type OutTradeNo, parseApiKey, parseMchid, parseOutRefundNo, type Result } from '@orderkeeper/protocol';
import {
  type Certificates,
  createSimulator,
  type KeyMode,
  merchantOfAccount,
  type SimMerchant,
  type Simulator,
} from '@orderkeeper/simulator';
import type { Order } from '../core/order.ts';
import { type OrderId, parseOrderId } from '../core/order-id.ts';
import { createKeeper, type KeeperSettings } from '../create-keeper.ts';
import type { Keeper, MicropayRequest, OpenOrderRequest } from '../keeper.ts';
import type { KeeperMerchant } from '../keeper-merchant.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { Store } from '../store/store.ts';
import type { KeeperEvent } from '../observe/keeper-event.ts';
import { MERCHANT_CERTIFICATE_PEM } from './merchant-certificate.ts';

/** 2026-11-24 15:00 in Beijing. */
export const START_MS = Date.UTC(2026, 10, 24, 7);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** The value of a result that must be there. */
export function given<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** The merchant of the tests, as the simulator invents them. */
export const ACCOUNT = {
  mchid: '1900000109',
  appid: 'wxd678efh567hg6787',
  appSecret: 'secret-of-tests',
  v2Key: '192006250b4c09247ec02edce69f6a2d',
  v3Key: '0123456789abcdef0123456789abcdef',
};

export const MERCHANT: Merchant = given(
  parseMerchant(
    { appid: ACCOUNT.appid, mchid: ACCOUNT.mchid, apiKey: ACCOUNT.v2Key },
    { identity: { certificatePem: MERCHANT_CERTIFICATE_PEM } },
  ),
);

/** The key of somebody else. */
export const OTHER_KEY = given(parseApiKey(ACCOUNT.v3Key));

export const NOTIFY_URL = 'http://127.0.0.1:9/notify/1900000109';
export const KEPT: KeeperMerchant = { speaks: { v2: MERCHANT }, notifyUrl: NOTIFY_URL };

export const orderId = (text: string): OrderId => given(parseOrderId(text));
export const outRefundNo = (text: string) => given(parseOutRefundNo(text));

/** 19.90 yuan, paid by scanning a code. */
export const wishFor = (id: string, changes: Partial<OpenOrderRequest> = {}): OpenOrderRequest => ({
  orderId: orderId(id),
  mchid: MERCHANT.mchid,
  totalFen: fen(1990),
  description: 'tea',
  tradeType: 'NATIVE',
  payerIp: '203.0.113.7',
  ...changes,
});

/** The last four digits say how the code ends at the simulator. */
export const chargeOf = (id: string, ending = '0001', changes: Partial<MicropayRequest> = {}): MicropayRequest => ({
  orderId: orderId(id),
  mchid: MERCHANT.mchid,
  totalFen: fen(1990),
  description: 'tea',
  authCode: `13000000000000${ending}`,
  payerIp: '203.0.113.7',
  ...changes,
});

/** What the tests of a keeper stand on: the real client and simulator on one virtual clock and one seed, no sockets. */
export interface KeeperWorld {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly simulator: Simulator;
  readonly store: Store;
  /** What the keepers of this world told their observer. */
  readonly told: KeeperEvent[];
  /** Another keeper on the same store, as another process would be. */
  readonly keeper: (changes?: Partial<KeeperSettings>) => ReturnType<typeof createKeeper>;
  /** From now on this keeper gets WeChat Pay's notices. */
  readonly answerNotices: (keeper: Pick<Keeper, 'receiveNotice'>) => void;
  /** Lets time pass for as long as `work` needs it. */
  readonly finish: <Value>(work: Promise<Value>) => Promise<Value>;
  /** The order as stored. */
  readonly order: (id: string) => Promise<Order>;
  /** The calls that WeChat Pay received, as operations. */
  readonly calls: (operation?: string) => readonly string[];
  /** The state of an attempt in WeChat Pay's own book. */
  readonly truth: (outTradeNo: string | OutTradeNo) => string;
}

/** How a world departs from the ordinary. */
export interface WorldChanges {
  readonly seed?: number;
  readonly switches?: Parameters<typeof createSimulator>[0]['switches'];
  readonly settings?: Parameters<typeof createSimulator>[0]['settings'];
  /** Wraps the way to WeChat Pay. */
  readonly http?: (http: Http) => Http;
  /** What WeChat Pay and the merchant sign with in APIv3; without it there is no APIv3. */
  readonly certificates?: Certificates;
  /** Which of its keys WeChat Pay signs with. */
  readonly keyMode?: KeyMode;
  /** Merchants at WeChat Pay beside {@link ACCOUNT}. */
  readonly others?: readonly SimMerchant[];
  /** The merchants of its keepers; default {@link KEPT}. */
  readonly merchants?: readonly KeeperMerchant[];
}

const nobody: Http = () =>
  Promise.reject(new HttpFailure('connection-refused', 'not-sent', 'nobody answers at the notify address'));

/** The last part of a notify address is the merchant's number. */
const noticesTo =
  ({ receiveNotice }: Pick<Keeper, 'receiveNotice'>): Http =>
  async ({ url, body = '', headers }) => {
    const raw = typeof body === 'string' ? Buffer.from(body) : body;
    const mchid = given(parseMchid(url.slice(url.lastIndexOf('/') + 1)));
    const reply = await receiveNotice({ mchid, body: raw, headers });
    return { status: reply.status, headers: reply.headers, body: Buffer.from(reply.body) };
  };

/** Creates a world whose store is empty. */
export function createKeeperWorld(changes: WorldChanges = {}): KeeperWorld {
  const { seed = 1, switches = {}, settings = {}, http: wrap = (http) => http } = changes;
  const { certificates, keyMode = 'certificate', others = [], merchants = [KEPT] } = changes;
  const clock = createVirtualClock({ startMs: START_MS });
  let receiver = nobody;
  const random = createSeededRandom(seed);
  const simulator = createSimulator({
    clock,
    random,
    merchants: [merchantOfAccount(ACCOUNT, certificates?.merchant), ...others],
    switches,
    settings,
    http: (request) => receiver(request),
    ...(certificates === undefined ? {} : { platform: certificates, authority: certificates.authority }),
  });
  simulator.world.v3.keys?.setMode(keyMode);
  const store = given(openSqliteStore({ path: ':memory:', gather: queueMicrotask }));
  const told: KeeperEvent[] = [];
  const base = { merchants, store, http: wrap(simulator.handle), clock, random };
  return {
    clock,
    random,
    simulator,
    store,
    told,
    keeper: (own = {}) => createKeeper({ ...base, observe: (event) => told.push(event), ...own }),
    answerNotices: (keeper) => {
      receiver = noticesTo(keeper);
    },
    finish: (work) => finishOn(clock, work),
    order: async (id) => {
      const order = await store.find(orderId(id));
      if (order === undefined) throw new Error(`there is no order ${id}`);
      return order;
    },
    calls: (operation) =>
      simulator.world.calls
        .list()
        .map((call) => call.operation)
        .filter((name) => operation === undefined || name === operation),
    truth: (outTradeNo) => simulator.world.ledger.ordersNamed(outTradeNo)[0]?.state ?? 'none',
  };
}

/** Work that waits for nothing on the clock ends within so many turns of the event loop, or never. */
const IDLE_TURNS_MAX = 100;

/** Runs the clock from task to task until `work` is settled. */
export async function finishOn<Value>(clock: VirtualClock, work: Promise<Value>): Promise<Value> {
  let state: 'running' | 'settled' = 'running';
  const settle = (): void => {
    state = 'settled';
  };
  work.then(settle, settle);
  const isRunning = (): boolean => state === 'running';
  await nextTurn();
  for (let idleTurns = 0; isRunning(); idleTurns += 1) {
    if ((await clock.runNext()) === 'ran') idleTurns = 0;
    if (idleTurns > IDLE_TURNS_MAX) throw new Error('the work hangs');
  }
  return work;
}
