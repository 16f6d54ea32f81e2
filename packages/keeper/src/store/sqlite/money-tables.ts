import type { Order } from '../../core/order.ts';
import type { Connection } from './connection.ts';
import { attemptRowsOf, refundRowsOf } from './money-rows.ts';

/** Attempts and refunds, as far as they are searched for and checked. */
export interface MoneyTables {
  /** Writes the rows in which `order` differs from `before`. A number that another order has already throws. */
  readonly write: (orderNo: number, order: Order, before?: Order) => void;
}

/** Prepares the writing statements over `attempts` and `refunds`. */
export function createMoneyTables(connection: Connection): MoneyTables {
  const insertAttempt = connection.prepare(
    `INSERT INTO attempts (mchid, out_trade_no, order_no, state, total_fen, paid_fen, learned_by, learned_at_ms,
       refunds_fen)
     VALUES (:mchid, :outTradeNo, :orderNo, :state, :totalFen, :paidFen, :learnedBy, :learnedAtMs, :refundsFen)`,
  );
  const updateAttempt = connection.prepare(
    `UPDATE attempts SET state = :state, total_fen = :totalFen, paid_fen = :paidFen, learned_by = :learnedBy, learned_at_ms = :learnedAtMs,
       refunds_fen = :refundsFen
     WHERE mchid = :mchid AND out_trade_no = :outTradeNo AND order_no = :orderNo`,
  );
  const insertRefund = connection.prepare(
    `INSERT INTO refunds (mchid, out_refund_no, order_no, out_trade_no, refund_fen, state)
     VALUES (:mchid, :outRefundNo, :orderNo, :outTradeNo, :refundFen, :state)`,
  );
  const updateRefund = connection.prepare(
    `UPDATE refunds SET out_trade_no = :outTradeNo, refund_fen = :refundFen, state = :state
     WHERE mchid = :mchid AND out_refund_no = :outRefundNo AND order_no = :orderNo`,
  );
  return {
    write: (orderNo, order, before) => {
      const { mchid } = order;
      const attemptsBefore = new Map(before && attemptRowsOf(before).map((row) => [row.outTradeNo, row]));
      for (const row of attemptRowsOf(order)) {
        const rowBefore = attemptsBefore.get(row.outTradeNo);
        if (rowBefore === undefined) insertAttempt.run({ ...row, mchid, orderNo });
        else if (isDifferent(row, rowBefore)) updateAttempt.run({ ...row, mchid, orderNo });
      }
      const refundsBefore = new Map(before && refundRowsOf(before).map((row) => [row.outRefundNo, row]));
      for (const row of refundRowsOf(order)) {
        const rowBefore = refundsBefore.get(row.outRefundNo);
        if (rowBefore === undefined) insertRefund.run({ ...row, mchid, orderNo });
        else if (isDifferent(row, rowBefore)) updateRefund.run({ ...row, mchid, orderNo });
      }
    },
  };
}

const isDifferent = <Row extends object>(row: Row, other: Row): boolean =>
  Object.entries(row).some(([column, value]) => !Object.is(value, Reflect.get(other, column)));
