import { createServer as createHttpServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Clock, Http } from '@orderkeeper/ports';
import type { Certificates } from '../credentials/certificates.ts';
import { answer, type AnswerRules } from './answer.ts';

/** What a front needs to speak TLS. */
export interface FrontTls {
  readonly certificates: Pick<Certificates, 'authority' | 'server'>;
  /** `tls1.0` also lets in clients from before 2014, with the ciphers and certificates of their time. */
  readonly oldest: 'tls1.2' | 'tls1.0';
}

/** Settings of {@link openFront}. */
export interface FrontOptions {
  readonly handle: Http;
  /** The time in which sockets live. */
  readonly clock: Clock;
  readonly host: string;
  /** 0 is any free port. */
  readonly port: number;
  /** Absent: plain HTTP. */
  readonly tls?: FrontTls;
  /** Default {@link BODY_BYTES_MAX}. */
  readonly bodyBytesMax?: number;
  /** How long a call without an answer is held before the connection is dropped; default {@link SILENCE_MS}. */
  readonly silenceMs?: number;
}

/** A listening socket with an {@link Http} behind it. */
export interface Front {
  readonly port: number;
  /** `https://127.0.0.1:8443`. */
  readonly origin: string;
  /** Ends every connection. */
  readonly close: () => Promise<void>;
}

/** Sixteen times the largest message that the gateway reads. */
export const BODY_BYTES_MAX = 1_048_576;
/** Longer than any client waits. */
export const SILENCE_MS = 120_000;

/** Longer than clients keep an idle connection, so that it is they who close it. */
const SERVER_OPTIONS: ServerOptions = { keepAliveTimeout: 75_000, requestTimeout: 30_000 };

/** OpenSSL takes the ciphers and short keys of TLS 1.0 only at its lowest level of security. */
const LEGACY = { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;

/** Who listens on every address is reached on loopback. */
const REACHABLE: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

/** Opens a front; rejects when the port is taken or not allowed. */
export async function openFront(options: FrontOptions): Promise<Front> {
  const { handle, clock, host, tls, bodyBytesMax = BODY_BYTES_MAX, silenceMs = SILENCE_MS } = options;
  const rules: AnswerRules = { handle, clock, bodyBytesMax, silenceMs };
  const server = createServer(tls);
  server.on('request', (incoming, outgoing) => void answer(incoming, outgoing, rules));
  const port = await listen(server, host, options.port);
  const reachable = REACHABLE.get(host) ?? host;
  const name = reachable.includes(':') ? `[${reachable}]` : reachable;
  return {
    port,
    origin: `${tls === undefined ? 'http' : 'https'}://${name}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Asks for a client certificate but lets anybody in: which path demands one is the gateway's to say. */
function createServer(tls: FrontTls | undefined): Server {
  if (tls === undefined) return createHttpServer(SERVER_OPTIONS);
  const { authority, server } = tls.certificates;
  return createHttpsServer({
    ...SERVER_OPTIONS,
    key: server.privateKeyPem,
    cert: `${server.certificatePem}${authority.certificatePem}`,
    ca: authority.certificatePem,
    requestCert: true,
    rejectUnauthorized: false,
    ...(tls.oldest === 'tls1.0' ? LEGACY : {}),
  });
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new Error(`cannot listen on ${host}:${port}: ${error.message}`, { cause: error })),
    );
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
