import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { Agent } from 'undici';
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
  const agents = createAgents(settings);
  const http: Http = (request) => {
    const { connectMs, answerMs } = request.timeLimits ?? TIME_LIMITS_DEFAULT;
    const agent = agents.of(request.identity, connectMs);
    return agent instanceof HttpFailure ? Promise.reject(agent) : exchange(agent, request, answerMs);
  };
  return Object.assign(http, { close: agents.close });
}

interface Agents {
  readonly of: (identity: TlsIdentity | undefined, connectMs: number) => Agent | HttpFailure;
  readonly close: () => Promise<void>;
}

/** The limit for connecting belongs to a pool in undici, hence one pool for each limit that is in use. */
function createAgents({ ca, connectionsMax, keepAliveMs }: HttpSettings): Agents {
  const all: Agent[] = [];
  const anonymous = new Map<number, Agent>();
  const named = new WeakMap<TlsIdentity, Map<number, Agent>>();
  const trusted = ca === undefined ? undefined : [...rootCertificates, ...(typeof ca === 'string' ? [ca] : ca)];

  const create = (identity: TlsIdentity | undefined, connectMs: number): Agent => {
    const secureContext = secureContextOf(trusted, identity);
    const agent = new Agent({
      connections: connectionsMax ?? CONNECTIONS_MAX_DEFAULT,
      pipelining: 1,
      keepAliveTimeout: keepAliveMs ?? KEEP_ALIVE_MS_DEFAULT,
      connect: { timeout: connectMs, ...(secureContext === undefined ? {} : { secureContext }) },
    });
    all.push(agent);
    return agent;
  };
  const poolsOf = (identity: TlsIdentity | undefined): Map<number, Agent> => {
    if (identity === undefined) return anonymous;
    const known = named.get(identity);
    if (known !== undefined) return known;
    const pools = new Map<number, Agent>();
    named.set(identity, pools);
    return pools;
  };
  return {
    of: (identity, connectMs) => {
      const pools = poolsOf(identity);
      const known = pools.get(connectMs);
      if (known !== undefined) return known;
      try {
        const agent = create(identity, connectMs);
        pools.set(connectMs, agent);
        return agent;
      } catch (cause) {
        return new HttpFailure('tls-failed', 'not-sent', 'the certificate, its key or the ca cannot be used', {
          cause,
        });
      }
    },
    close: async () => {
      await Promise.all(all.map((agent) => agent.close()));
    },
  };
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
