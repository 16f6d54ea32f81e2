import { type Clock, createHttp, type Http, type Random, systemClock, systemRandom } from '@orderkeeper/ports';
import { createCredentials, type Credentials } from './credentials/credentials.ts';
import { readCredentials, writeCredentials } from './credentials/credentials-file.ts';
import { merchantOfAccount } from './credentials/merchant-of-account.ts';
import { type Front, type FrontOptions, openFront } from './fronts/front.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from './simulator.ts';
import type { SimMerchant } from './world.ts';

/** Settings of {@link startSimulator}. A port that is 0 or absent is any free one. */
export interface StartOptions extends Pick<SimulatorOptions, 'switches' | 'settings' | 'noticeHosts'> {
  readonly httpPort?: number;
  readonly httpsPort?: number;
  readonly controlPort?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Merchants beside the one of the credentials; more can be added while it runs. */
  readonly merchants?: readonly SimMerchant[];
  /** Credentials are written here; those of an earlier run are used again. */
  readonly credentialsFile?: string;
  /** `allowed` lets in clients that speak only TLS 1.0, as old Java does; default `refused`. */
  readonly legacyTls?: 'allowed' | 'refused';
  readonly clock?: Clock;
  readonly random?: Random;
}

/** A simulator on sockets. The addresses have no trailing slash. */
export interface RunningSimulator extends Omit<Simulator, 'close'> {
  readonly http: string;
  readonly https: string;
  /** Base address of the control API and the pages for people. */
  readonly control: string;
  readonly credentials: Credentials;
  /** Ends every connection and every timer. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a simulator with its three fronts. Rejects when a port cannot be had, or when the files of an earlier run are
 * damaged or incomplete; nothing is left open then.
 */
export async function startSimulator(options: StartOptions = {}): Promise<RunningSimulator> {
  const {
    host = '127.0.0.1',
    clock = systemClock,
    random = systemRandom,
    credentialsFile,
    legacyTls = 'refused',
  } = options;
  const credentials = await openCredentials(credentialsFile, clock, random);
  const { certificates, account } = credentials;
  const http = createHttp({ ca: certificates.authority.certificatePem });
  const simulator = createSimulator({
    ...options,
    clock,
    random,
    http,
    merchants: [merchantOfAccount(account, certificates.merchant), ...(options.merchants ?? [])],
    authority: certificates.authority,
    platform: certificates,
  });
  const tls = { certificates, oldest: legacyTls === 'allowed' ? 'tls1.0' : 'tls1.2' } as const;
  const front = (handle: Http, port = 0, more: Partial<FrontOptions> = {}): FrontOptions => ({
    handle,
    clock,
    host,
    port,
    ...more,
  });
  const fronts = await openAll([
    front(simulator.handle, options.httpPort),
    front(simulator.handle, options.httpsPort, { tls }),
    front(simulator.controlHandle, options.controlPort),
  ]);
  const close = async (): Promise<void> => {
    simulator.close();
    await Promise.all([http.close(), ...(fronts.ok ? fronts.opened : []).map((each) => each.close())]);
  };
  if (!fronts.ok) {
    await close();
    throw fronts.error;
  }
  const [httpOrigin = '', httpsOrigin = '', controlOrigin = ''] = fronts.opened.map(({ origin }) => origin);
  const addresses = { http: httpOrigin, https: httpsOrigin, control: controlOrigin };
  if (credentialsFile !== undefined) await writeCredentials(credentialsFile, credentials, addresses);
  return { ...simulator, ...addresses, credentials, close };
}

async function openCredentials(file: string | undefined, clock: Clock, random: Random): Promise<Credentials> {
  const earlier = file === undefined ? undefined : await readCredentials(file);
  if (earlier?.ok === true) return earlier.value;
  if (earlier !== undefined && earlier.reason !== 'not-found') throw new Error(earlier.message);
  return createCredentials({ random, nowMs: clock.nowMs() });
}

type Opened =
  | { readonly ok: true; readonly opened: readonly Front[] }
  | { readonly ok: false; readonly error: unknown };

/** Opens all or none. */
async function openAll(options: readonly FrontOptions[]): Promise<Opened> {
  const results = await Promise.allSettled(options.map(openFront));
  const opened = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const refused = results.find((result) => result.status === 'rejected');
  if (refused === undefined) return { ok: true, opened };
  await Promise.all(opened.map((front) => front.close()));
  return { ok: false, error: refused.reason };
}
