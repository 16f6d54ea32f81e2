import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { Pool } from 'undici';
import { type Http, HttpFailure, type HttpTimeLimits, type TlsIdentity } from './http.ts';
import { exchange } from './undici-exchange.ts';

/** Used where a request brings no time limits. */
export const TIME_LIMITS_DEFAULT: HttpTimeLimits = { connectMs: 6_000, answerMs: 8_000 };

const CONNECTIONS_MAX_DEFAULT = 64;

/**
 * An unused connection is closed after this time. It is shorter than what servers commonly allow (5 s and more), so
 * that a request seldom meets a connection that the server is closing at that moment; what the server itself announces
 * in `keep-alive: timeout=` is obeyed by undici, less two seconds.
 */
const KEEP_ALIVE_MS_DEFAULT = 4_000;

/** Settings of {@link createHttp}. */
export interface HttpSettings {
  /** Certificates (PEM) to trust beside those that Node trusts by itself. */
  readonly ca?: string | readonly string[];
  /** Connections to one host under one identity; further requests wait. Default 64. */
  readonly connectionsMax?: number;
  /** How long an unused connection stays open, in milliseconds. Default 4,000. */
  readonly keepAliveMs?: number;
}

/** An {@link Http} over real connections, which can be closed. */
export type ClosableHttp = Http & {
  /** Lets running exchanges end, then closes every connection. */
  readonly close: () => Promise<void>;
};

/**
 * Creates the real {@link Http}: keep-alive connections without pipelining, one pool for each {@link TlsIdentity}.
 * `answerMs` is kept to within a second, because undici checks longer limits once a second.
 */
export function createHttp(settings: HttpSettings = {}): ClosableHttp {
  const pools = createPools(settings);
  const http: Http = (request) => {
    const { connectMs, answerMs } = request.timeLimits ?? TIME_LIMITS_DEFAULT;
    const address = splitUrl(request.url);
    if (address instanceof TypeError) return Promise.reject(address);
    const { origin, path } = address;
    const pool = pools.of(origin, request.identity, connectMs);
    return pool instanceof HttpFailure ? Promise.reject(pool) : exchange({ pool, origin, path, request, answerMs });
  };
  return Object.assign(http, { close: pools.close });
}

/** The address is absolute by contract; cutting it is a tenth of the work of parsing it. */
function splitUrl(url: string): { readonly origin: string; readonly path: string } | TypeError {
  const hostAt = url.indexOf('://') + 3;
  if (hostAt < 3) return new TypeError(`an absolute address is needed, not "${url.slice(0, 64)}"`);
  const pathAt = url.indexOf('/', hostAt);
  return pathAt === -1 ? { origin: url, path: '/' } : { origin: url.slice(0, pathAt), path: url.slice(pathAt) };
}

interface Pools {
  readonly of: (origin: string, identity: TlsIdentity | undefined, connectMs: number) => Pool | HttpFailure;
  readonly close: () => Promise<void>;
}

/** Pools of one identity, by origin and by the limit for connecting, which belongs to a pool in undici. */
type PoolTable = Map<string, Map<number, Pool>>;

/** The pools are kept here and not in an undici `Agent`, which would look each of them up once more. */
function createPools({ ca, connectionsMax, keepAliveMs }: HttpSettings): Pools {
  const all: Pool[] = [];
  const anonymous: PoolTable = new Map();
  const named = new WeakMap<TlsIdentity, PoolTable>();
  const trusted = ca === undefined ? undefined : [...rootCertificates, ...(typeof ca === 'string' ? [ca] : ca)];

  const create = (origin: string, identity: TlsIdentity | undefined, connectMs: number): Pool => {
    const secureContext = secureContextOf(trusted, identity);
    const pool = new Pool(origin, {
      connections: connectionsMax ?? CONNECTIONS_MAX_DEFAULT,
      pipelining: 1,
      keepAliveTimeout: keepAliveMs ?? KEEP_ALIVE_MS_DEFAULT,
      connect: { timeout: connectMs, ...(secureContext === undefined ? {} : { secureContext }) },
    });
    all.push(pool);
    return pool;
  };
  return {
    of: (origin, identity, connectMs) => {
      const table = identity === undefined ? anonymous : entryOf(named, identity, createMap<string, Map<number, Pool>>);
      const pools = entryOf(table, origin, createMap<number, Pool>);
      try {
        return entryOf(pools, connectMs, () => create(origin, identity, connectMs));
      } catch (cause) {
        return new HttpFailure('tls-failed', 'not-sent', 'the certificate, its key or the ca cannot be used', {
          cause,
        });
      }
    },
    close: async () => {
      await Promise.all(all.map((pool) => pool.close()));
    },
  };
}

const createMap = <Key, Value>(): Map<Key, Value> => new Map();

/** The entry of a key, made when it is not there yet. */
function entryOf<Key, Value>(
  map: { readonly get: (key: Key) => Value | undefined; readonly set: (key: Key, value: Value) => unknown },
  key: Key,
  create: () => Value,
): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const entry = create();
  map.set(key, entry);
  return entry;
}

/** Made once for a pool: reading all trusted certificates anew for every connection would take milliseconds. */
function secureContextOf(trusted: string[] | undefined, identity: TlsIdentity | undefined): SecureContext | undefined {
  if (trusted === undefined && identity === undefined) return undefined;
  return createSecureContext({
    ...(trusted === undefined ? {} : { ca: trusted }),
    ...(identity === undefined ? {} : { cert: identity.certificatePem }),
    ...(identity?.privateKeyPem === undefined ? {} : { key: identity.privateKeyPem }),
  });
}
