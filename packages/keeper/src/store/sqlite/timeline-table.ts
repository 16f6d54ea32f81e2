import type { OrderId } from '../../core/order.ts';
import type { Change, TimelineEntry } from '../store.ts';
import type { Connection } from './connection.ts';
import { readAlarms } from './stored-json.ts';

/** What happened to each order; only ever appended to, triggers refuse the rest. */
export interface TimelineTable {
  readonly append: (orderNo: number, position: number, change: Change) => void;
  readonly of: (orderId: OrderId) => readonly TimelineEntry[];
}

interface EntryRow {
  readonly position: number;
  readonly atMs: number;
  readonly source: string;
  readonly summary: string;
  readonly observation: string;
  readonly evidence: Uint8Array | null;
  readonly alarms: string | null;
}

/** Prepares the statements over `timeline`. */
export function createTimelineTable(connection: Connection): TimelineTable {
  const insert = connection.prepare(
    `INSERT INTO timeline (order_no, position, at_ms, source, summary, observation, evidence, alarms)
     VALUES (:orderNo, :position, :atMs, :source, :summary, :observation, :evidence, :alarms)`,
  );
  const select = connection.prepare<EntryRow>(
    `SELECT position, at_ms AS atMs, source, summary, observation, evidence, alarms
     FROM timeline WHERE order_no = (SELECT order_no FROM orders WHERE order_id = :orderId) ORDER BY position`,
  );
  return {
    append: (orderNo, position, { decision, entry }) => {
      const { atMs, source, observation, evidence = null } = entry;
      const alarms = decision.alarms.length > 0 ? JSON.stringify(decision.alarms) : null;
      insert.run({ orderNo, position, atMs, source, summary: decision.summary, observation, evidence, alarms });
    },
    of: (orderId) => select.all({ orderId }).map((row) => readEntry(orderId, row)),
  };
}

function readEntry(orderId: OrderId, row: EntryRow): TimelineEntry {
  const { position, atMs, source, summary, observation, evidence } = row;
  const alarms = row.alarms === null ? [] : readAlarms(row.alarms);
  const entry = { orderId, position, atMs, source, summary, observation, alarms };
  return evidence === null ? entry : { ...entry, evidence };
}
