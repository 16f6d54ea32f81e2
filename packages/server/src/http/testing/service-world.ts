import { createKeeper, type Keeper, openSqliteStore, type Store } from '@orderkeeper/keeper';
import {
  createSeededRandom,
  createVirtualClock,
  type Http,
  HttpFailure,
  type HttpRequest,
  type HttpResponse,
  nextTurn,
  type VirtualClock,
} from '@orderkeeper/ports';
import type { Mchid } from '@orderkeeper/protocol';
import { createSimulator, merchantOfAccount, type Simulator } from '@orderkeeper/simulator';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ApiKeyHolder } from '../../config/config.ts';
import { problemSchema } from '../../contract/answers.ts';
import { createLogger } from '../../wiring/create-logger.ts';
import { createMetrics, type Metrics } from '../../wiring/metrics.ts';
import { createObserver } from '../../wiring/observe.ts';
import { type WorkerWatch, watchWorker } from '../../wiring/watch-worker.ts';
import { createApp } from '../create-app.ts';
import { ROUTES } from '../routes/all.ts';
import { API_KEY, API_KEYS, CLASSIC, CREDENTIALS, given, START_MS, type WorldMerchant } from './shop.ts';

/** An answer as a caller sees it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** The body, parsed; held against the contract already. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** What a request has beside method and path. */
export interface Sending {
  readonly body?: unknown;
  /** Default {@link API_KEY}. */
  readonly apiKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The service on one virtual clock: the real keeper, client, simulator and store, without a socket. */
export interface ServiceWorld {
  readonly app: FastifyInstance;
  readonly clock: VirtualClock;
  readonly simulator: Simulator;
  readonly store: Store;
  readonly keeper: Keeper;
  readonly watch: WorkerWatch;
  readonly metrics: Metrics;
  readonly apiKeys: readonly ApiKeyHolder[];
  readonly mchids: readonly Mchid[];
  /** A header that lets in. */
  readonly authorization: string;
  /** Every line of the log. */
  readonly log: readonly string[];
  /** Sends a request, and checks the answer's form against the contract. */
  readonly send: (method: 'GET' | 'POST' | 'DELETE', path: string, sending?: Sending) => Promise<Answer>;
  /** The same with an order that is paid by scanning a code. */
  readonly open: (orderId: string, changes?: Readonly<Record<string, unknown>>) => Promise<Answer>;
  /** Lets the keeper do what falls due on the way. */
  readonly pass: (durationMs: number) => Promise<void>;
  /** Lets time pass for as long as `work` needs it. */
  readonly finish: <Value>(work: Promise<Value>) => Promise<Value>;
  readonly close: () => Promise<void>;
}

/** How a world departs from the ordinary. */
export interface WorldChanges {
  /** Default {@link CLASSIC} alone. */
  readonly merchants?: readonly WorldMerchant[];
  /** Wraps the way to WeChat Pay. */
  readonly http?: (http: Http) => Http;
  readonly store?: (store: Store) => Store;
  /** Whether WeChat Pay's notices reach the service; default they do. */
  readonly notices?: 'arrive' | 'are-lost';
}

export const orderBody = (orderId: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  orderId,
  totalFen: 1990,
  description: 'tea',
  tradeType: 'NATIVE',
  payerIp: '203.0.113.7',
  ...changes,
});

/** Creates a world whose store is empty. */
export async function createServiceWorld(changes: WorldChanges = {}): Promise<ServiceWorld> {
  const { merchants = [CLASSIC], http: wrapHttp = (http) => http, store: wrapStore = (store) => store } = changes;
  const clock = createVirtualClock({ startMs: START_MS });
  const random = createSeededRandom(1);
  const notices: Http = (request) => (changes.notices === 'are-lost' ? nobody() : deliver(app, request));
  const log: string[] = [];
  const logger = createLogger('debug', { write: (line) => log.push(line) });
  const store = wrapStore(given(openSqliteStore({ path: ':memory:', gather: queueMicrotask })));
  const watch = watchWorker(store, clock);
  const metrics = createMetrics();
  const observe = createObserver(logger, metrics);
  const simulator = createSimulator({
    clock,
    random,
    merchants: [merchantOfAccount(CREDENTIALS.account, CREDENTIALS.certificates.merchant)],
    authority: CREDENTIALS.certificates.authority,
    platform: CREDENTIALS.certificates,
    http: notices,
  });
  const keeper = createKeeper({
    merchants: merchants.map(({ mchid, ...merchant }) => ({
      ...merchant,
      v3Settings: { signing: 'on-this-thread' },
      notifyUrl: `http://127.0.0.1:9/notify/${mchid}`,
    })),
    store: watch.store,
    http: wrapHttp(simulator.handle),
    clock,
    random,
    observe: (event) => {
      watch.notice(event);
      observe(event);
    },
  });
  const apiKeys = API_KEYS;
  const mchids = merchants.map(({ mchid }) => mchid);
  const app = createApp({ keeper, store, clock, apiKeys, mchids, readiness: watch.readiness, metrics }, logger);
  await app.ready();
  const send = createSend(app);
  return {
    app,
    clock,
    simulator,
    store,
    keeper,
    watch,
    log,
    send,
    metrics,
    apiKeys,
    mchids,
    authorization: `Bearer ${API_KEY}`,
    open: (orderId, different) => send('POST', '/v1/orders', { body: orderBody(orderId, different) }),
    pass: async (durationMs) => {
      keeper.start();
      await clock.advance(durationMs);
      const stopped = keeper.stop();
      await nextTurn();
      await stopped;
    },
    finish: (work) => finishOn(clock, work),
    close: async () => {
      await app.close();
      await keeper.stop();
      simulator.close();
      await store.close();
    },
  };
}

const nobody = (): Promise<never> =>
  Promise.reject(new HttpFailure('connection-refused', 'not-sent', 'nobody answers at the notify address'));

/** Carries a notice to the service. */
async function deliver(app: FastifyInstance, { method, url, headers, body }: HttpRequest): Promise<HttpResponse> {
  const answer = await app.inject({
    method,
    url: new URL(url).pathname,
    headers: { ...headers },
    ...(body === undefined ? {} : { payload: Buffer.from(body) }),
  });
  return { status: answer.statusCode, headers: {}, body: answer.rawPayload };
}

function createSend(app: FastifyInstance): ServiceWorld['send'] {
  return async (method, path, { body, apiKey = API_KEY, headers = {} } = {}) => {
    const answer = await app.inject({
      method,
      url: path,
      headers: {
        ...(apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return checked(method, path, {
      status: answer.statusCode,
      headers: answer.headers,
      body: answer.body,
      json: jsonOf(answer.body),
    });
  };
}

/** Turns that a request needs between two waits on the clock. */
const TURNS_MAX = 50;

/** Moves on to the next timer whenever nothing else goes on, until `work` is settled. */
async function finishOn<Value>(clock: VirtualClock, work: Promise<Value>): Promise<Value> {
  let state: 'running' | 'settled' = 'running';
  const settle = (): void => {
    state = 'settled';
  };
  work.then(settle, settle);
  const isRunning = (): boolean => state === 'running';
  while (isRunning()) {
    for (let turn = 0; turn < TURNS_MAX && isRunning(); turn += 1) await nextTurn();
    if (isRunning()) await clock.runNext();
  }
  return work;
}

const jsonObject = z.record(z.string(), z.unknown());

function jsonOf(text: string): Answer['json'] {
  return text.startsWith('{') ? jsonObject.parse(JSON.parse(text)) : {};
}

/** Every answer below /v1 has the form that the contract promises. */
function checked(method: string, path: string, answer: Answer): Answer {
  if (answer.status >= 400) {
    if (!path.startsWith('/readyz')) problemSchema.parse(answer.json);
    return answer;
  }
  const [pathname = ''] = path.split('?');
  const route = ROUTES.find((each) => each.method === method && patternOf(each.path).test(pathname));
  route?.answer.parse(answer.json);
  return answer;
}

const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
