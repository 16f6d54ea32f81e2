import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { HttpRequest, TlsIdentity } from '@orderkeeper/ports';
import { failure, ok, type Result } from '@orderkeeper/protocol';

/** Why a request does not reach the handler; the front answers it by itself. */
export type UnreadableReason = 'method' | 'address' | 'too-large' | 'gone';

/** HEAD is GET without the answer's body, which Node leaves out by itself. */
const METHODS: ReadonlyMap<string, HttpRequest['method']> = new Map([
  ['GET', 'GET'],
  ['HEAD', 'GET'],
  ['POST', 'POST'],
  ['PUT', 'PUT'],
  ['PATCH', 'PATCH'],
  ['DELETE', 'DELETE'],
]);

/** One object for each connection, so that whoever caches by identity does so by connection. */
const identities = new WeakMap<TLSSocket, TlsIdentity>();

/** Turns a request of Node into one of ours. `signal` fires when the other side leaves before the answer. */
export async function readRequest(
  incoming: IncomingMessage,
  bodyBytesMax: number,
  signal: AbortSignal,
): Promise<Result<HttpRequest, UnreadableReason>> {
  const method = METHODS.get(incoming.method ?? '');
  if (method === undefined) return failure('method', `the method ${incoming.method} is not known here`);
  const url = addressOf(incoming);
  if (url === undefined) return failure('address', 'the address or the Host header is malformed');
  const body = await readBody(incoming, bodyBytesMax);
  if (!body.ok) return body;
  const identity = identityOf(incoming);
  return ok({
    method,
    url,
    headers: headersOf(incoming),
    body: body.value,
    signal,
    ...(identity === undefined ? {} : { identity }),
  });
}

function addressOf({ socket, headers, url = '/' }: IncomingMessage): string | undefined {
  const origin = `${socket instanceof TLSSocket ? 'https' : 'http'}://${headers.host ?? ''}`;
  return URL.canParse(url, origin) ? new URL(url, origin).href : undefined;
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value = '']) => [name, String(value)] as const);
  return Object.fromEntries(entries);
}

/** Any certificate that was presented; whether it is good for anything is the gateway's to say. */
function identityOf({ socket }: IncomingMessage): TlsIdentity | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const known = identities.get(socket);
  if (known !== undefined) return known;
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return undefined;
  const identity = { certificatePem: certificate.toString() };
  identities.set(socket, identity);
  return identity;
}

async function readBody(
  incoming: IncomingMessage,
  bytesMax: number,
): Promise<Result<Uint8Array, 'too-large' | 'gone'>> {
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  try {
    for await (const chunk of incoming) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('a body is read as bytes');
      byteCount += chunk.length;
      if (byteCount > bytesMax) return failure('too-large', `the body has more than ${bytesMax} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (incoming.errored === null) throw error;
    return failure('gone', 'the connection broke within the body');
  }
  return ok(Buffer.concat(chunks));
}
