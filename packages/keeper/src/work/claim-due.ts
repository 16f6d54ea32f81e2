import type { DutyKind } from '../core/decision.ts';
import type { ClaimRequest, LeasedDuty } from '../store/store.ts';
import { catchUpOrder } from './catch-up-order.ts';
import { LEASE_MS, type WorkContext } from './work-context.ts';

/** The kinds that call WeChat Pay, and so cost budget. */
const CALLS: readonly DutyKind[] = ['place', 'query', 'close', 'reverse', 'refund', 'follow-refund'];

/** Whether a duty costs a call. */
export const isCall = ({ kind }: Pick<LeasedDuty, 'kind'>): boolean => CALLS.includes(kind);

/** Leases what is due, most urgent first; merchants whose budget is used up keep only their deliveries. */
export async function claimDue(context: WorkContext, limit: number): Promise<readonly LeasedDuty[]> {
  const { store, clock, leaseOwner, budget } = context;
  const nowMs = clock.nowMs();
  const dueAtMs = await store.nextDueAtMs();
  if (dueAtMs === undefined || dueAtMs > nowMs) return [];
  const request: ClaimRequest = { nowMs, leaseMs: LEASE_MS, leaseOwner, limit };
  const exceptMchids = budget.exhausted(nowMs);
  if (exceptMchids.length === 0) return weighed(await store.claim(request), context, limit);
  const deliveries = await store.claim({ ...request, kinds: ['deliver'] });
  const calls = await store.claim({ ...request, kinds: CALLS, exceptMchids });
  return [...deliveries, ...(await weighed(calls, context, limit))];
}

/** A full claim is a backlog: then it matters which goes first, and reading the orders is worth it. */
async function weighed(
  duties: readonly LeasedDuty[],
  { store, clock }: WorkContext,
  limit: number,
): Promise<readonly LeasedDuty[]> {
  if (duties.length < limit) return duties;
  const orders = await Promise.all(duties.map(({ orderId }) => store.find(orderId)));
  const atStake = duties.map((duty, index) => ({ duty, totalFen: orders[index]?.totalFen ?? 0 }));
  return catchUpOrder(atStake, clock.nowMs());
}
