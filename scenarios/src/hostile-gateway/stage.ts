import { createV3Client, parseV3Merchant, type V3Client, type V3Merchant } from '@orderkeeper/client';
import {
  createSeededRandom,
  createVirtualClock,
  type Clock,
  type Http,
  nextTurn,
  type VirtualClock,
} from '@orderkeeper/ports';
import { createSimulator, type KeyMode, type PlatformKeys, type Simulator } from '@orderkeeper/simulator';
import { START_MS } from '../world/run-world.ts';
import { ACCOUNT, given, SIGNING, SIM_MERCHANT, V3_MERCHANTS } from '../world/shop.ts';
import { WECHAT_PAY } from '../world/wechat-pay-keys.ts';
import { type RequestWatch, watchRequests } from './watch-requests.ts';

/** The real client, the real gateway, and what was seen between them. */
export interface Stage {
  readonly clock: VirtualClock;
  readonly simulator: Simulator;
  readonly keys: PlatformKeys;
  readonly client: V3Client;
  readonly watch: RequestWatch;
}

/** How a stage differs from the ordinary. */
export interface StageOptions {
  readonly seed?: number;
  /** A service provider speaks for a sub-merchant in every call. */
  readonly role?: 'ordinary' | 'provider';
  /** What the merchant has of WeChat Pay's keys when it starts; default: what its mode needs. */
  readonly has?: 'certificates' | 'public-key';
  /** The client's clock, where it is another one. */
  readonly clientClock?: (clock: Clock) => Clock;
  /** Where notices go. */
  readonly http?: Http;
}

/** Whom the service provider speaks for. */
export const SUB_MCHID = '1900000555';

const PROVIDERS: V3Merchant = given(
  parseV3Merchant({
    appid: ACCOUNT.appid,
    mchid: ACCOUNT.mchid,
    privateKeyPem: SIGNING.privateKeyPem,
    certificateSerial: SIGNING.serial,
    apiV3Key: ACCOUNT.v3Key,
    publicKeys: [{ id: WECHAT_PAY.publicKey.id, pem: WECHAT_PAY.publicKey.publicKeyPem }],
    subMchid: SUB_MCHID,
  }),
);

/** WeChat Pay's public key as the client knows it. */
export const PUBLIC_KEYS = V3_MERCHANTS['public-key'].publicKeys ?? [];

/** Sets up a gateway in a key mode, and a client without sockets, threads or real time. */
export function createStage(mode: KeyMode, options: StageOptions = {}): Stage {
  const { seed = 1, role = 'ordinary', has = mode === 'public-key' ? 'public-key' : 'certificates' } = options;
  const clock = createVirtualClock({ startMs: START_MS });
  const simulator = createSimulator({
    clock,
    random: createSeededRandom(seed),
    merchants: [{ ...SIM_MERCHANT, role }],
    platform: WECHAT_PAY,
    switches: { v3CertificateRotation: 'by-hand' },
    ...(options.http === undefined ? {} : { http: options.http }),
  });
  const { keys } = simulator.world.v3;
  if (keys === undefined) throw new Error('the simulator was given keys for APIv3');
  keys.setMode(mode);
  const watch = watchRequests(simulator);
  const client = createV3Client({
    merchant: role === 'provider' ? PROVIDERS : V3_MERCHANTS[has],
    http: watch.http,
    clock: options.clientClock?.(clock) ?? clock,
    random: createSeededRandom(seed + 1),
    // How long another thread takes is real time, which is not the same in every run.
    signing: 'on-this-thread',
  });
  return { clock, simulator, keys, client, watch };
}

/** Lets time pass until `work` has come to its end. */
export async function finish<Value>(clock: VirtualClock, work: Promise<Value>): Promise<Value> {
  let state: 'under-way' | 'ended' = 'under-way';
  const ended = work.finally(() => (state = 'ended'));
  ended.catch(() => {});
  const rest = async (): Promise<typeof state> => {
    await nextTurn();
    return state;
  };
  while ((await rest()) === 'under-way') {
    if ((await clock.runNext()) === 'ran') continue;
    if ((await rest()) === 'under-way') throw new Error('something waits for what will never come');
  }
  return ended;
}
