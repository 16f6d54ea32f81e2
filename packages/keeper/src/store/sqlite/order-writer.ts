import type { Order, OrderId } from '../../core/order.ts';
import { differingFields } from '../differing-fields.ts';
import type { Change, InsertResult } from '../store.ts';
import type { Connection } from './connection.ts';
import type { DutyTable } from './duty-table.ts';
import type { EventTable } from './event-table.ts';
import { createMoneyTables } from './money-tables.ts';
import { paidAtMsOf } from './money-rows.ts';
import type { NoticeTable } from './notice-table.ts';
import { readOrder } from './stored-json.ts';
import type { TimelineTable } from './timeline-table.ts';

/** Writing orders; both throw, and leave it to the caller's savepoint to undo, when a rule of the schema is broken. */
export interface OrderWriter {
  readonly insert: (change: Change) => InsertResult;
  readonly change: (
    orderId: OrderId,
    change: (order: Order) => Change | undefined,
  ) => Change | 'no-such-order' | 'unchanged';
}

/** The tables that are written together with an order. */
export interface TablesOfChange {
  readonly duties: DutyTable;
  readonly events: EventTable;
  readonly timeline: TimelineTable;
  readonly notices: NoticeTable;
}

interface OrderRow {
  readonly orderNo: number;
  readonly version: number;
  readonly body: string;
}

/** Prepares the writing statements over `orders` and everything that belongs to them. */
export function createOrderWriter(connection: Connection, tables: TablesOfChange): OrderWriter {
  const select = connection.prepare<OrderRow>(
    'SELECT order_no AS orderNo, version, body FROM orders WHERE order_id = :orderId',
  );
  const insert = connection.prepare<{ orderNo: number }>(
    `INSERT INTO orders (order_id, mchid, state, total_fen, created_at_ms, expires_at_ms, paid_at_ms, event_count,
       version, body)
     VALUES (:orderId, :mchid, :state, :totalFen, :createdAtMs, :expiresAtMs, :paidAtMs, :eventCount, 1, :body)
     RETURNING order_no AS orderNo`,
  );
  const update = createUpdate(connection);
  const money = createMoneyTables(connection);

  /** Writes what belongs to an order whose row is there in its new version. */
  const writeRest = (orderNo: number, version: number, change: Change): void => {
    const { decision, settles, notice } = change;
    const { order, events, duties } = decision;
    if (notice !== undefined) tables.notices.keepWithChange(notice);
    tables.timeline.append(orderNo, version, change);
    tables.events.append(orderNo, order.orderId, events);
    if (settles !== undefined) tables.duties.settle(settles);
    tables.duties.apply(orderNo, order.mchid, duties);
  };

  return {
    insert: (change) => {
      const { order } = change.decision;
      const stored = select.get({ orderId: order.orderId });
      if (stored !== undefined) return describeExisting(readOrder(stored.body), order);
      checkEventCount(0, change);
      const { orderId, mchid, createdAtMs } = order;
      const row = insert.get({ ...columnsOf(order), orderId, mchid, createdAtMs });
      if (row === undefined) throw new Error(`SQLite did not number order ${order.orderId}`);
      money.write(row.orderNo, order);
      writeRest(row.orderNo, 1, change);
      return { result: 'inserted', order };
    },
    change: (orderId, decide) => {
      const stored = select.get({ orderId });
      if (stored === undefined) return 'no-such-order';
      const before = readOrder(stored.body);
      const change = decide(before);
      if (change === undefined) return 'unchanged';
      checkSameOrder(before, change);
      checkEventCount(before.eventCount, change);
      const version = stored.version + 1;
      const { orderNo } = stored;
      update(before, { ...columnsOf(change.decision.order), orderNo, version });
      money.write(orderNo, change.decision.order, before);
      writeRest(orderNo, version, change);
      return change;
    },
  };
}

type Columns = ReturnType<typeof columnsOf> & { readonly orderNo: number; readonly version: number };

/** SQLite rewrites an index whenever a column of it is named, so the state is named only when it is another one. */
function createUpdate(connection: Connection): (before: Order, columns: Columns) => void {
  const prepare = (state: string) =>
    connection.prepare(
      `UPDATE orders SET ${state} total_fen = :totalFen, expires_at_ms = :expiresAtMs, paid_at_ms = :paidAtMs,
         event_count = :eventCount, version = :version, body = :body
       WHERE order_no = :orderNo`,
    );
  const updateState = prepare('state = :state,');
  const updateRest = prepare('');
  return (before, { state, ...columns }) => {
    if (state === before.state) updateRest.run(columns);
    else updateState.run({ ...columns, state });
  };
}

function describeExisting(stored: Order, wanted: Order): InsertResult {
  const fields = differingFields(stored, wanted);
  return fields.length === 0 ? { result: 'exists', order: stored } : { result: 'exists-different', fields };
}

function checkSameOrder({ orderId, mchid }: Order, { decision: { order } }: Change): void {
  if (order.orderId === orderId && order.mchid === mchid) return;
  throw new Error(
    `order ${orderId} of ${mchid} became ${order.orderId} of ${order.mchid}; an order keeps its id and its merchant`,
  );
}

/** The schema sees to the sequence of events; that the order counts them is seen to here. */
function checkEventCount(countBefore: number, { decision: { order, events } }: Change): void {
  if (order.eventCount === countBefore + events.length) return;
  throw new Error(
    `order ${order.orderId} counts ${order.eventCount} events; with this change there are ${countBefore + events.length}`,
  );
}

/** What may change. */
function columnsOf(order: Order) {
  const { state, totalFen, expiresAtMs, eventCount } = order;
  return { state, totalFen, expiresAtMs, paidAtMs: paidAtMsOf(order), eventCount, body: JSON.stringify(order) };
}
