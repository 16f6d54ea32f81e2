import { createServer, type IncomingMessage } from 'node:http';
import type { Keeper } from '@orderkeeper/keeper';
import type { Mchid } from '@orderkeeper/protocol';

/** The address for notices. */
export interface NotifyReceiver {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const BODY_BYTES_MAX = 65_536;

/** Listens on a free port of this machine and gives what comes in to the keeper of that moment, as raw bytes. */
export async function openNotifyReceiver(mchid: Mchid, keeper: () => Keeper): Promise<NotifyReceiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    let bytesCount = 0;
    request.on('data', (chunk: Buffer) => {
      bytesCount += chunk.length;
      if (bytesCount > BODY_BYTES_MAX) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => {
      void keeper()
        .receiveNotice({ mchid, body: Buffer.concat(chunks), headers: headersOf(request) })
        .then((reply) => response.writeHead(reply.status, reply.headers).end(reply.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server listens on a port');
  return {
    url: `http://127.0.0.1:${address.port}/notify`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The headers of APIv3 carry the signature; each comes once. */
const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
