import type { Mchid, OutRefundNo, OutTradeNo } from '@orderkeeper/protocol';
import type { LearnedBy, Order, OrderId, OrderState } from '../../core/order.ts';
import { type ListCursor, type ListRequest, type OrderPage, parseListCursor } from '../store.ts';
import type { Connection, Statement } from './connection.ts';
import { readOrder } from './stored-json.ts';

/** Reading orders. */
export interface OrderReader {
  readonly find: (orderId: OrderId) => Order | undefined;
  readonly findByOutTradeNo: (mchid: Mchid, outTradeNo: OutTradeNo) => Order | undefined;
  readonly findByOutRefundNo: (mchid: Mchid, outRefundNo: OutRefundNo) => Order | undefined;
  readonly list: (request: ListRequest) => OrderPage;
  readonly learnedCounts: (mchid: Mchid, sinceMs: number) => { readonly byNotice: number; readonly byQuery: number };
}

interface BodyRow {
  readonly body: string;
}

/** Prepares the reading statements over `orders` and `attempts`. */
export function createOrderReader(connection: Connection): OrderReader {
  const selectById = connection.prepare<BodyRow>('SELECT body FROM orders WHERE order_id = :orderId');
  const selectByNumber = connection.prepare<BodyRow>(
    `SELECT body FROM attempts JOIN orders USING (order_no)
     WHERE attempts.mchid = :mchid AND out_trade_no = :outTradeNo`,
  );
  const selectByRefund = connection.prepare<BodyRow>(
    `SELECT body FROM refunds JOIN orders USING (order_no)
     WHERE refunds.mchid = :mchid AND out_refund_no = :outRefundNo`,
  );
  const countLearned = connection.prepare<{ learnedBy: LearnedBy; count: number }>(
    `SELECT learned_by AS learnedBy, count(*) AS count FROM attempts
     WHERE mchid = :mchid AND learned_at_ms >= :sinceMs GROUP BY learned_by`,
  );
  return {
    find: (orderId) => readRow(selectById.get({ orderId })),
    findByOutTradeNo: (mchid, outTradeNo) => readRow(selectByNumber.get({ mchid, outTradeNo })),
    findByOutRefundNo: (mchid, outRefundNo) => readRow(selectByRefund.get({ mchid, outRefundNo })),
    list: createList(connection),
    learnedCounts: (mchid, sinceMs) => {
      const rows = countLearned.all({ mchid, sinceMs });
      const countOf = (learnedBy: LearnedBy): number => rows.find((row) => row.learnedBy === learnedBy)?.count ?? 0;
      return { byNotice: countOf('notice'), byQuery: countOf('query') };
    },
  };
}

const readRow = (row: BodyRow | undefined): Order | undefined => (row === undefined ? undefined : readOrder(row.body));

interface ListRow extends BodyRow {
  readonly orderNo: number;
}

const ORDER_STATES: readonly OrderState[] = ['open', 'paid', 'closed', 'reversed', 'refunded'];

/** Newest first is by row number; each filter has an index that ends with it, so a page never sorts more than it shows. */
function createList(connection: Connection): OrderReader['list'] {
  const prepare = (where: string): Statement<ListRow> =>
    connection.prepare(
      `SELECT order_no AS orderNo, body FROM orders WHERE order_no < :before ${where}
       ORDER BY order_no DESC LIMIT :limit`,
    );
  const selectAll = prepare('');
  const selectByState = prepare('AND state = :state');
  const selectByMerchant = prepare('AND mchid = :mchid AND state = :state');

  const select = ({ mchid, state }: ListRequest, before: number, limit: number): readonly ListRow[] => {
    if (mchid === undefined) {
      return state === undefined ? selectAll.all({ before, limit }) : selectByState.all({ state, before, limit });
    }
    const states = state === undefined ? ORDER_STATES : [state];
    return states
      .flatMap((one) => selectByMerchant.all({ mchid, state: one, before, limit }))
      .sort((a, b) => b.orderNo - a.orderNo);
  };

  return (request) => {
    const before = request.cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(request.cursor);
    const rows = select(request, before, request.limit + 1);
    const shown = rows.slice(0, request.limit);
    const orders = shown.map(({ body }) => readOrder(body));
    const last = shown.at(-1);
    return last === undefined || rows.length === shown.length ? { orders } : { orders, nextCursor: printCursor(last) };
  };
}

function printCursor({ orderNo }: ListRow): ListCursor {
  const cursor = parseListCursor(String(orderNo));
  if (!cursor.ok) throw new Error(`row ${orderNo} has no cursor: ${cursor.message}`);
  return cursor.value;
}
