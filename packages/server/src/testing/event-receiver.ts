import { createServer } from 'node:http';
import { z } from 'zod';

/** An event as it came in, the first time. */
export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  readonly orderId: string;
  readonly sequence: number;
  readonly body: string;
}

/** The merchant's address for events: it drops duplicates by their id, as docs/webhooks.md says. */
export interface EventReceiver {
  readonly url: string;
  /** Each id once, in the order of their first coming. */
  readonly events: () => readonly ReceivedEvent[];
  /** Ids that came again with another body: there must be none. */
  readonly changed: () => readonly string[];
  /** How often an id came again. */
  readonly duplicatesCount: () => number;
  readonly close: () => Promise<void>;
}

const eventSchema = z.object({
  type: z.string(),
  sequence: z.int(),
  data: z.object({ orderId: z.string() }),
});

/** Listens on a free port of this machine. */
export async function openEventReceiver(): Promise<EventReceiver> {
  const events = new Map<string, ReceivedEvent>();
  const changed: string[] = [];
  let duplicatesCount = 0;
  const take = (id: string, body: string): void => {
    const known = events.get(id);
    if (known !== undefined) {
      duplicatesCount += 1;
      if (known.body !== body) changed.push(id);
      return;
    }
    const { type, sequence, data } = eventSchema.parse(JSON.parse(body));
    events.set(id, { id, type, sequence, orderId: data.orderId, body });
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      take(String(request.headers['webhook-id']), Buffer.concat(chunks).toString());
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server listens on a port');
  return {
    url: `http://127.0.0.1:${address.port}/events`,
    events: () => [...events.values()],
    changed: () => changed,
    duplicatesCount: () => duplicatesCount,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
