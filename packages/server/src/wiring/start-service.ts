import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createKeeper, type Keeper, openSqliteStore, type Store } from '@orderkeeper/keeper';
import { systemClock, systemRandom } from '@orderkeeper/ports';
import type { RunningSimulator } from '@orderkeeper/simulator';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { ApiKeyHolder, Config } from '../config/config.ts';
import { createApp } from '../http/create-app.ts';
import { forgetAnswers } from './forget-answers.ts';
import { freePort } from './free-port.ts';
import { generatedKey } from './generated-key.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createObserver } from './observe.ts';
import { openGateway, type OpenGateway } from './open-gateway.ts';
import { type WorkerWatch, watchWorker } from './watch-worker.ts';

/** A service that takes requests and keeps orders. */
export interface RunningService {
  /** `http://127.0.0.1:8720`. */
  readonly origin: string;
  readonly apiKeys: readonly ApiKeyHolder[];
  readonly mchids: readonly string[];
  readonly simulator?: RunningSimulator;
  /** Takes no new requests, answers those it has, ends the work under way, lets go of the store. */
  readonly stop: () => Promise<void>;
}

/** Starts everything, or nothing: what was opened is closed again when a later step fails. */
export async function startService(config: Config, log: Logger): Promise<RunningService> {
  const store = openStore(config);
  try {
    const gateway = await openGateway(config);
    try {
      return await startOn({ config, log, store, gateway });
    } catch (error) {
      await closeGateway(gateway);
      throw error;
    }
  } catch (error) {
    await store.close();
    throw error;
  }
}

interface Opened {
  readonly config: Config;
  readonly log: Logger;
  readonly store: Store;
  readonly gateway: OpenGateway;
}

async function startOn({ config, log, store, gateway }: Opened): Promise<RunningService> {
  const { host } = config.listen;
  const port = config.listen.port === 0 ? await freePort(host) : config.listen.port;
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const watch = watchWorker(store, systemClock);
  const metrics = createMetrics();
  const keeper = createKeeperFor({ config, log, watch, gateway, metrics, publicUrl: config.publicUrl ?? origin });
  const apiKeys = apiKeysOf(config);
  const { clock, simulator } = gateway;
  const mchids = gateway.merchants.map(({ mchid }) => mchid);
  const app = createApp({ keeper, store, clock, apiKeys, mchids, readiness: watch.readiness, metrics }, log);
  await app.listen({ host, port });
  keeper.start();
  const endForgetting = forgetAnswers(store, clock, log);
  return {
    origin,
    apiKeys,
    mchids,
    ...(simulator === undefined ? {} : { simulator }),
    stop: async () => {
      watch.stopping();
      endForgetting();
      await stopInOrder({ app, keeper, gateway, store });
    },
  };
}

function openStore({ storePath }: Config): Store {
  if (storePath !== ':memory:') mkdirSync(dirname(storePath), { recursive: true });
  const store = openSqliteStore({ path: storePath });
  if (!store.ok) throw new Error(store.message);
  return store.value;
}

interface KeeperParts extends Omit<Opened, 'store'> {
  readonly watch: WorkerWatch;
  readonly metrics: Metrics;
  readonly publicUrl: string;
}

function createKeeperFor({ config, log, watch, gateway, metrics, publicUrl }: KeeperParts): Keeper {
  const { http, clock } = gateway;
  const observe = createObserver(log, metrics);
  return createKeeper({
    merchants: gateway.merchants.map(({ mchid, speaks, protocol, latePayment, unsignedRefusals }) => ({
      speaks,
      notifyUrl: `${publicUrl}/notify/${mchid}`,
      rules: { latePayment },
      ...(protocol === undefined ? {} : { protocol }),
      ...(unsignedRefusals === undefined ? {} : { v3Settings: { unsignedRefusals } }),
      ...(gateway.hosts === undefined ? {} : { hosts: gateway.hosts }),
    })),
    store: watch.store,
    http,
    clock,
    random: systemRandom,
    endpoints: config.webhooks,
    observe: (event) => {
      watch.notice(event);
      observe(event);
    },
  });
}

/** Without a key nobody could try the service out, so one is made; a service with real merchants has its own. */
function apiKeysOf({ apiKeys, gateway }: Config): readonly ApiKeyHolder[] {
  if (apiKeys.length > 0 || gateway.kind !== 'simulator') return apiKeys;
  return [generatedKey(join(gateway.folder, 'api-key'))];
}

interface Running {
  readonly app: FastifyInstance;
  readonly keeper: Keeper;
  readonly gateway: OpenGateway;
  readonly store: Store;
}

/** Requests need the keeper, the keeper needs the gateway, and all of them need the store. */
async function stopInOrder({ app, keeper, gateway, store }: Running): Promise<void> {
  await app.close();
  await keeper.stop();
  await closeGateway(gateway);
  await store.close();
}

async function closeGateway({ http, simulator }: OpenGateway): Promise<void> {
  await http.close();
  await simulator?.close();
}
