import type { Mchid } from '@orderkeeper/protocol';
import type { DutyChange, DutyKey, DutyKind } from '../../core/decision.ts';
import type { OrderId } from '../../core/order.ts';
import type { ClaimRequest, LeasedDuty } from '../store.ts';
import { createClaim } from './claim.ts';
import type { Connection } from './connection.ts';
import { PRIORITY_RANK } from './priority-rank.ts';

/** Work with a time. */
export interface DutyTable {
  readonly apply: (orderNo: number, mchid: Mchid, changes: readonly DutyChange[]) => void;
  readonly claim: (request: ClaimRequest) => readonly LeasedDuty[];
  readonly settle: (duty: LeasedDuty) => void;
  readonly postpone: (duty: LeasedDuty, dueAtMs: number) => void;
  readonly of: (orderId: OrderId) => readonly (DutyKey & { readonly dueAtMs: number })[];
  readonly nextDueAtMs: () => number | undefined;
}

const ORDER_NO = '(SELECT order_no FROM orders WHERE order_id = :orderId)';

/** The duty is still leased as it was claimed. */
const LEASE = `order_no = ${ORDER_NO} AND kind = :kind AND subject = :subject
  AND lease_owner = :leaseOwner AND lease_until_ms = :leaseUntilMs`;

/** Prepares the statements over `duties`. */
export function createDutyTable(connection: Connection): DutyTable {
  const schedule = connection.prepare(
    `INSERT INTO duties (order_no, kind, subject, mchid, priority, due_at_ms, claims)
     VALUES (:orderNo, :kind, :subject, :mchid, :priority, :dueAtMs, 0)
     ON CONFLICT (order_no, kind, subject) DO UPDATE SET
       priority = excluded.priority, due_at_ms = excluded.due_at_ms, claims = 0`,
  );
  const cancel = connection.prepare(
    'DELETE FROM duties WHERE order_no = :orderNo AND kind = :kind AND subject = :subject',
  );
  const selectOf = connection.prepare<{ kind: DutyKind; subject: string; dueAtMs: number }>(
    `SELECT kind, subject, due_at_ms AS dueAtMs FROM duties WHERE order_no = ${ORDER_NO}
     ORDER BY due_at_ms, kind, subject`,
  );
  const ranks = Object.values(PRIORITY_RANK);
  const selectNext = connection.prepare<{ readyAtMs: number | null }>(
    `SELECT min(ready_at_ms) AS readyAtMs FROM (${ranks
      .map((rank) => `SELECT min(ready_at_ms) AS ready_at_ms FROM duties WHERE priority = ${rank}`)
      .join(' UNION ALL ')})`,
  );
  return {
    apply: (orderNo, mchid, changes) => {
      for (const duty of changes) {
        const { kind, subject } = duty;
        if (duty.change === 'cancel') cancel.run({ orderNo, kind, subject });
        else {
          const priority = PRIORITY_RANK[duty.priority];
          schedule.run({ orderNo, kind, subject, mchid, priority, dueAtMs: duty.dueAtMs });
        }
      }
    },
    claim: createClaim(connection),
    ...createGivingBack(connection),
    of: (orderId) => selectOf.all({ orderId }).map((duty) => ({ ...duty })),
    nextDueAtMs: () => selectNext.get()?.readyAtMs ?? undefined,
  };
}

/**
 * Ends a lease. A duty that was scheduled anew while it was leased (its claims count from zero again) is only given back:
 * the new time holds.
 */
function createGivingBack(connection: Connection): Pick<DutyTable, 'settle' | 'postpone'> {
  const finish = connection.prepare(`DELETE FROM duties WHERE ${LEASE} AND claims = :claims`);
  const move = connection.prepare(
    `UPDATE duties SET due_at_ms = :dueAtMs, lease_owner = NULL, lease_until_ms = NULL
     WHERE ${LEASE} AND claims = :claims`,
  );
  const giveBack = connection.prepare(`UPDATE duties SET lease_owner = NULL, lease_until_ms = NULL WHERE ${LEASE}`);
  const leaseOf = ({ orderId, kind, subject, leaseOwner, leaseUntilMs }: LeasedDuty) => ({
    orderId,
    kind,
    subject,
    leaseOwner,
    leaseUntilMs,
  });
  return {
    settle: (duty) => {
      const lease = leaseOf(duty);
      if (finish.run({ ...lease, claims: duty.claims }) === 0) giveBack.run(lease);
    },
    postpone: (duty, dueAtMs) => {
      const lease = leaseOf(duty);
      if (move.run({ ...lease, claims: duty.claims, dueAtMs }) === 0) giveBack.run(lease);
    },
  };
}
