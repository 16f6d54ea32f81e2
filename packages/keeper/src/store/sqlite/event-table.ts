import { createHash } from 'node:crypto';
import type { EventDraft } from '../../core/decision.ts';
import type { OrderId } from '../../core/order.ts';
import type { StoredEvent } from '../store.ts';
import type { Connection } from './connection.ts';

/** Events and who has them. */
export interface EventTable {
  /** Throws unless the events continue the order's sequence. */
  readonly append: (orderNo: number, orderId: OrderId, events: readonly EventDraft[]) => void;
  readonly undelivered: (orderId: OrderId, destination: string, limit: number) => readonly StoredEvent[];
  /** Throws when there is no such event. */
  readonly confirm: (eventId: string, destination: string, atMs: number) => void;
  readonly after: (position: number, limit: number) => readonly (StoredEvent & { readonly position: number })[];
}

const EVENT_COLUMNS = 'event_id AS eventId, order_id AS orderId, mchid, sequence, type, at_ms AS atMs, data';

/** Prepares the statements over `events` and `deliveries`. */
export function createEventTable(connection: Connection): EventTable {
  const insert = connection.prepare(
    `INSERT INTO events (order_no, sequence, event_id, type, at_ms, data)
     VALUES (:orderNo, :sequence, :eventId, :type, :atMs, :data)`,
  );
  const selectUndelivered = connection.prepare<StoredEvent>(
    `SELECT ${EVENT_COLUMNS} FROM orders JOIN events USING (order_no)
     WHERE order_id = :orderId AND NOT EXISTS (
       SELECT 1 FROM deliveries WHERE deliveries.position = events.position AND destination = :destination)
     ORDER BY sequence LIMIT :limit`,
  );
  const selectAfter = connection.prepare<StoredEvent & { readonly position: number }>(
    `SELECT events.position, ${EVENT_COLUMNS} FROM events JOIN orders USING (order_no)
     WHERE events.position > :position ORDER BY events.position LIMIT :limit`,
  );
  const selectPosition = connection.prepare<{ position: number }>(
    'SELECT position FROM events WHERE event_id = :eventId',
  );
  const confirm = connection.prepare(
    `INSERT INTO deliveries (position, destination, at_ms) VALUES (:position, :destination, :atMs)
     ON CONFLICT (position, destination) DO NOTHING`,
  );
  return {
    append: (orderNo, orderId, events) => {
      for (const { sequence, type, atMs, data } of events) {
        const eventId = eventIdOf(orderId, sequence);
        insert.run({ orderNo, sequence, eventId, type, atMs, data: JSON.stringify(data) });
      }
    },
    undelivered: (orderId, destination, limit) =>
      selectUndelivered.all({ orderId, destination, limit }).map((event) => ({ ...event })),
    confirm: (eventId, destination, atMs) => {
      const event = selectPosition.get({ eventId });
      if (event === undefined) throw new Error(`there is no event ${eventId} that ${destination} could have received`);
      confirm.run({ position: event.position, destination, atMs });
    },
    after: (position, limit) => selectAfter.all({ position, limit }).map((event) => ({ ...event })),
  };
}

/** The same event has the same id for ever, also in a store that was restored from a backup and caught up again. */
function eventIdOf(orderId: OrderId, sequence: number): string {
  const digest = createHash('sha256').update(`${orderId}\n${sequence}`).digest('hex');
  return `evt_${digest.slice(0, 32)}`;
}
