import type { IncomingMessage } from 'node:http';
import {
  type Answer,
  NOTICE_BYTES_MAX,
  type NoticeRoute,
  plainHeaders,
  rawBodyMissing,
  TOO_LARGE,
} from './notice-route.ts';

/** Where frameworks on Node's http leave a body they have read. */
export interface ReadBody {
  readonly body?: unknown;
  readonly rawBody?: unknown;
}

/** Gives a request of Node's http to the keeper. Rejects with `remedy` when its raw body is gone. */
export async function receiveFromNode(
  { keeper, mchid }: NoticeRoute,
  request: IncomingMessage,
  read: ReadBody,
  remedy: string,
): Promise<Answer> {
  const body = bytesOf(read.rawBody) ?? bytesOf(read.body) ?? (await readUntouched(request, remedy));
  if (body === 'too-large' || body.length > NOTICE_BYTES_MAX) return TOO_LARGE;
  return keeper.receiveNotice({ mchid, body, headers: plainHeaders(request.headers) });
}

const bytesOf = (value: unknown): Uint8Array | undefined => (value instanceof Uint8Array ? value : undefined);

function readUntouched(request: IncomingMessage, remedy: string): Promise<Uint8Array | 'too-large'> {
  if (request.readableDidRead || request.readableEnded) throw rawBodyMissing(remedy);
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let bytesCount = 0;
    request.on('data', (chunk: Uint8Array) => {
      bytesCount += chunk.length;
      if (bytesCount <= NOTICE_BYTES_MAX) chunks.push(chunk);
      // The rest flows into nothing, so that the sender hears the answer; Node ends a request that takes minutes.
      else resolve('too-large');
    });
    request.on('end', () => resolve(Buffer.concat(chunks, bytesCount)));
    request.on('error', reject);
  });
}
