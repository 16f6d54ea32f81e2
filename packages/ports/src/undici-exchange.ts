import type { Dispatcher } from 'undici';
import { type Delivery, HttpFailure, type HttpRequest, type HttpResponse } from './http.ts';
import { failureReasonOf } from './undici-failure.ts';

/** The largest answer taken where a request names no limit of its own. */
export const ANSWER_BYTES_MAX_DEFAULT = 1_048_576;

const NO_BYTES = new Uint8Array(0);

/** What {@link exchange} is about. */
export interface Exchange {
  readonly pool: Dispatcher;
  readonly origin: string;
  readonly path: string;
  readonly request: HttpRequest;
  readonly answerMs: number;
}

/**
 * One exchange through a pool. It uses undici's `dispatch` and not its `request`: the latter makes a stream of every
 * answer, which costs more than all signing and parsing of a WeChat Pay call together.
 */
export function exchange({ pool, origin, path, request, answerMs }: Exchange): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const collector = createCollector({ request, origin, answerMs, resolve, reject });
    if (request.signal?.aborted === true) {
      collector.onAbort();
      return;
    }
    request.signal?.addEventListener('abort', collector.onAbort, { once: true });
    pool.dispatch(
      {
        origin,
        path,
        method: request.method,
        headers: request.headers,
        body: request.body ?? null,
        headersTimeout: answerMs,
        bodyTimeout: answerMs,
      },
      collector,
    );
  });
}

interface CollectorSettings {
  readonly request: HttpRequest;
  readonly origin: string;
  readonly answerMs: number;
  readonly resolve: (response: HttpResponse) => void;
  readonly reject: (failure: HttpFailure) => void;
}

interface Collector extends Dispatcher.DispatchHandler {
  readonly onAbort: () => void;
}

/** Collects one answer within its limits of size and time. */
function createCollector({ request, origin, answerMs, resolve, reject }: CollectorSettings): Collector {
  const answerBytesMax = request.answerBytesMax ?? ANSWER_BYTES_MAX_DEFAULT;
  let controller: Dispatcher.DispatchController | undefined;
  let delivery: Delivery = 'not-sent';
  let startedAtMs = 0;
  let status = 0;
  let headers: HttpResponse['headers'] = {};
  let chunks: Uint8Array[] = [];
  let bytesCount = 0;
  let refusal: HttpFailure | undefined;

  const refuse = (failure: HttpFailure): void => {
    refusal ??= failure;
    reject(refusal);
    controller?.abort(refusal);
  };
  const collector: Collector = {
    onAbort: () => refuse(new HttpFailure('aborted', delivery, `the exchange with ${origin} was aborted`)),
    onRequestStart: (started) => {
      controller = started;
      if (refusal !== undefined) {
        started.abort(refusal);
        return;
      }
      // undici calls this just before the first byte is written: from here on nobody knows what the other side saw.
      delivery = 'maybe-sent';
      startedAtMs = performance.now();
    },
    onResponseStart: (_, statusCode, received) => {
      status = statusCode;
      headers = joinHeaders(received);
    },
    onResponseData: (_, chunk) => {
      bytesCount += chunk.length;
      chunks.push(chunk);
      if (bytesCount > answerBytesMax) {
        chunks = [];
        refuse(new HttpFailure('answer-too-large', delivery, `${origin} sent more than ${answerBytesMax} bytes`));
      } else if (performance.now() - startedAtMs > answerMs) {
        refuse(new HttpFailure('answer-timeout', delivery, `the answer of ${origin} took over ${answerMs} ms`));
      }
    },
    onResponseEnd: () => {
      request.signal?.removeEventListener('abort', collector.onAbort);
      resolve({ status, headers, body: joinChunks(chunks, bytesCount) });
    },
    onResponseError: (_, error) => {
      request.signal?.removeEventListener('abort', collector.onAbort);
      const reason = failureReasonOf(error, delivery);
      reject(new HttpFailure(reason, delivery, `no answer from ${origin}: ${reason}`, { cause: error }));
    },
  };
  return collector;
}

function joinChunks(chunks: readonly Uint8Array[], bytesCount: number): Uint8Array {
  const [first, second] = chunks;
  if (first === undefined) return NO_BYTES;
  return second === undefined ? first : Buffer.concat(chunks, bytesCount);
}

function joinHeaders(received: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of Object.keys(received)) {
    const value = received[name];
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}
