import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type Clock, type Http, HttpFailure, type HttpResponse } from '@orderkeeper/ports';
import { readRequest, type UnreadableReason } from './read-request.ts';

/** What a front answers with, and how long it bears with silence. */
export interface AnswerRules {
  readonly handle: Http;
  /** The time in which sockets live. */
  readonly clock: Clock;
  readonly bodyBytesMax: number;
  /** How long a call without an answer is held before the connection is dropped. */
  readonly silenceMs: number;
}

const UNREADABLE_STATUS: Readonly<Record<UnreadableReason, number>> = {
  method: 405,
  address: 400,
  'too-large': 413,
  gone: 400,
};

/** Answers one request, or does to its connection what the handler's failure says. */
export async function answer(incoming: IncomingMessage, outgoing: ServerResponse, rules: AnswerRules): Promise<void> {
  const left = new AbortController();
  outgoing.once('close', () => left.abort());
  const request = await readRequest(incoming, rules.bodyBytesMax, left.signal);
  if (!request.ok) {
    send(outgoing, plain(UNREADABLE_STATUS[request.reason], request.message), 'close');
    return;
  }
  try {
    send(outgoing, await rules.handle(request.value), 'keep-alive');
  } catch (error) {
    if (error instanceof HttpFailure) failOnWire(outgoing, error, rules);
    else send(outgoing, plain(500, `the simulator has a bug: ${error instanceof Error ? error.message : ''}`), 'close');
  }
}

const plain = (status: number, text: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: new TextEncoder().encode(`${text}\n`),
});

function send(
  outgoing: ServerResponse,
  { status, headers, body }: HttpResponse,
  connection: 'keep-alive' | 'close',
): void {
  if (outgoing.destroyed) return;
  outgoing.writeHead(status, {
    ...headers,
    'content-length': body.length,
    ...(connection === 'close' ? { connection } : {}),
  });
  outgoing.end(body);
}

/**
 * Silence is held for a while; anything else ends the connection at once. A connection that exists can no longer be
 * refused: resetting it before a single byte is the nearest thing.
 */
function failOnWire(outgoing: ServerResponse, failure: HttpFailure, { clock, silenceMs }: AnswerRules): void {
  if (failure.reason !== 'answer-timeout') {
    reset(outgoing);
    return;
  }
  const cancel = clock.after(silenceMs, () => outgoing.destroy());
  outgoing.once('close', cancel);
}

/** Sends a reset where the socket can: within TLS there is only the end of the connection. */
function reset({ socket }: ServerResponse): void {
  if (socket instanceof Socket && !(socket instanceof TLSSocket)) socket.resetAndDestroy();
  else socket?.destroy();
}
