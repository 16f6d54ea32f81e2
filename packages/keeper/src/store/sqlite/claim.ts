import type { Mchid } from '@orderkeeper/protocol';
import type { DutyKind } from '../../core/decision.ts';
import type { OrderId } from '../../core/order.ts';
import type { ClaimRequest, LeasedDuty } from '../store.ts';
import type { Connection, Statement } from './connection.ts';
import { PRIORITY_RANK, priorityOf } from './priority-rank.ts';

interface DueRow {
  readonly orderNo: number;
  readonly orderId: OrderId;
  readonly mchid: Mchid;
  readonly kind: DutyKind;
  readonly subject: string;
  readonly priority: number;
  readonly dueAtMs: number;
  readonly readyAtMs: number;
  readonly claims: number;
}

/** The duties of one merchant that have kind and priority in common. There are few lanes, whatever their length. */
interface Lane {
  readonly mchid: Mchid;
  readonly kind: DutyKind;
  readonly priority: number;
}

type SelectDue = (request: ClaimRequest) => readonly DueRow[];

const DUE_COLUMNS = `orders.order_no AS orderNo, order_id AS orderId, duties.mchid, kind, subject, priority,
  due_at_ms AS dueAtMs, ready_at_ms AS readyAtMs, claims`;

/** Leases the most urgent due duties; what a claim costs depends on its limit, not on how many duties there are. */
export function createClaim(connection: Connection): (request: ClaimRequest) => readonly LeasedDuty[] {
  const selectDue = createSelectDue(connection);
  const lease = connection.prepare(
    `UPDATE duties SET lease_owner = :leaseOwner, lease_until_ms = :leaseUntilMs, claims = :claims
     WHERE order_no = :orderNo AND kind = :kind AND subject = :subject`,
  );
  return (request) => {
    const { nowMs, leaseMs, leaseOwner } = request;
    const leaseUntilMs = nowMs + leaseMs;
    return selectDue(request).map(
      ({ orderNo, orderId, mchid, kind, subject, priority, dueAtMs, claims: claimsBefore }) => {
        const claims = claimsBefore + 1;
        lease.run({ orderNo, kind, subject, leaseOwner, leaseUntilMs, claims });
        return {
          orderId,
          mchid,
          kind,
          subject,
          dueAtMs,
          priority: priorityOf(priority),
          claims,
          leaseOwner,
          leaseUntilMs,
        };
      },
    );
  };
}

/** Takes the way that steps over the fewest rows. */
function createSelectDue(connection: Connection): SelectDue {
  const selectOfOrder = createSelectOfOrder(connection);
  const selectByUrgency = createSelectByUrgency(connection);
  const selectByLane = createSelectByLane(connection);
  return (request) => {
    const { orderId, kinds, exceptMchids = [] } = request;
    if (orderId !== undefined) return selectOfOrder(request);
    return kinds === undefined && exceptMchids.length === 0 ? selectByUrgency(request) : selectByLane(request);
  };
}

/** One priority after the other, each from the front of its part of the index. */
function createSelectByUrgency(connection: Connection): SelectDue {
  const select = connection.prepare<DueRow>(
    `SELECT ${DUE_COLUMNS} FROM duties INDEXED BY duties_by_urgency JOIN orders USING (order_no)
     WHERE priority = :priority AND ready_at_ms <= :nowMs ORDER BY ready_at_ms LIMIT :limit`,
  );
  return ({ nowMs, limit }) => {
    const due: DueRow[] = [];
    for (const priority of Object.values(PRIORITY_RANK)) {
      if (due.length < limit) due.push(...select.all({ priority, nowMs, limit: limit - due.length }));
    }
    return due;
  };
}

/**
 * The front of every lane that is wanted, merged. A merchant whose budget is used up may have a million due duties after
 * an outage; they are stepped over in one search.
 */
function createSelectByLane(connection: Connection): SelectDue {
  const select = connection.prepare<DueRow>(
    `SELECT ${DUE_COLUMNS} FROM duties INDEXED BY duties_by_lane JOIN orders USING (order_no)
     WHERE duties.mchid = :mchid AND kind = :kind AND priority = :priority AND ready_at_ms <= :nowMs
     ORDER BY ready_at_ms LIMIT :limit`,
  );
  const lanesOf = createLaneWalk(connection);
  return ({ nowMs, limit, kinds, exceptMchids = [] }) => {
    const due: DueRow[] = [];
    for (const { mchid, kind, priority } of lanesOf()) {
      if (exceptMchids.includes(mchid) || kinds?.includes(kind) === false) continue;
      due.push(...select.all({ mchid, kind, priority, nowMs, limit }));
    }
    return due.sort((a, b) => a.priority - b.priority || a.readyAtMs - b.readyAtMs).slice(0, limit);
  };
}

/** The few duties of one order. */
function createSelectOfOrder(connection: Connection): SelectDue {
  const select = connection.prepare<DueRow>(
    `SELECT ${DUE_COLUMNS} FROM orders JOIN duties USING (order_no)
     WHERE order_id = :orderId AND ready_at_ms <= :nowMs ORDER BY priority, ready_at_ms`,
  );
  return ({ orderId = null, nowMs, limit, kinds, exceptMchids = [] }) =>
    select
      .all({ orderId, nowMs })
      .filter(({ kind, mchid }) => !exceptMchids.includes(mchid) && kinds?.includes(kind) !== false)
      .slice(0, limit);
}

/** SQLite would step through a lane to compare row values, so the next lane is looked for one column at a time. */
function createLaneWalk(connection: Connection): () => Generator<Lane> {
  const prepare = (where: string): Statement<Lane> =>
    connection.prepare(`SELECT mchid, kind, priority FROM duties ${where} ORDER BY mchid, kind, priority LIMIT 1`);
  const first = prepare('');
  const nextPriority = prepare('WHERE mchid = :mchid AND kind = :kind AND priority > :priority');
  const nextKind = prepare('WHERE mchid = :mchid AND kind > :kind');
  const nextMerchant = prepare('WHERE mchid > :mchid');
  const after = ({ mchid, kind, priority }: Lane): Lane | undefined =>
    nextPriority.get({ mchid, kind, priority }) ?? nextKind.get({ mchid, kind }) ?? nextMerchant.get({ mchid });
  return function* walk() {
    for (let lane = first.get(); lane !== undefined; lane = after(lane)) yield lane;
  };
}
