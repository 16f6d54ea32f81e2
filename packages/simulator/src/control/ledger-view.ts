import { couponFen, settledFen } from '../core/coupons.ts';
import { refundedFen } from '../core/refund-state.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { NoticeRecord } from '../notices/notice-record.ts';
import { newest } from './newest.ts';
import type { ControlDesk } from './route.ts';

/** The book as a checker needs it: each order together with everything that belongs to it. */
export function ledgerView(
  { world, clock, notices }: Pick<ControlDesk, 'world' | 'clock' | 'notices'>,
  query: URLSearchParams,
) {
  const [outTradeNo, mchid] = [query.get('outTradeNo'), query.get('mchid')];
  const wanted = world.ledger
    .orders()
    .filter((order) => (outTradeNo ?? order.outTradeNo) === order.outTradeNo && (mchid ?? order.mchid) === order.mchid);
  const shown = newest(wanted, query);
  const callCounts = countCalls(world.calls.list());
  const noticesOf = groupByOrder(notices.list());
  const orders = shown.map((order) => ({
    ...orderView(order),
    refunds: world.ledger.refundsOf(order),
    refundedFen: refundedFen(world.ledger.refundsOf(order)),
    notices: noticesAbout(order, noticesOf).map(({ tries, ...notice }) => ({
      ...notice,
      tries: tries.map(({ atMs, cause, verdict, faults }) => ({ atMs, cause, verdict, faults })),
    })),
    calls: callCounts.get(keyOf(order)) ?? {},
  }));
  return { nowMs: clock.nowMs(), orders };
}

const keyOf = ({ mchid, outTradeNo }: { readonly mchid: string; readonly outTradeNo: string }): string =>
  `${mchid} ${outTradeNo}`;

/** The notice of a combined order is about each of its parts. */
function noticesAbout(order: SimOrder, noticesOf: ReadonlyMap<string, readonly NoticeRecord[]>): NoticeRecord[] {
  const whole = order.combine === undefined ? [] : (noticesOf.get(keyOf(order.combine)) ?? []);
  const own = noticesOf.get(keyOf(order)) ?? [];
  return [...whole.filter(({ kind }) => kind === 'combine'), ...own.filter(({ kind }) => kind !== 'combine')];
}

function orderView(order: SimOrder) {
  const { history, payment } = order;
  const coupons = payment?.coupons ?? [];
  return {
    ...order,
    ...(payment === undefined
      ? {}
      : { payment: { ...payment, couponFen: couponFen(coupons), settlementFen: settledFen(order.totalFen, coupons) } }),
    closes: history.filter(({ state }) => state === 'CLOSED' || state === 'REVOKED'),
  };
}

function groupByOrder(notices: readonly NoticeRecord[]): ReadonlyMap<string, readonly NoticeRecord[]> {
  const groups = new Map<string, NoticeRecord[]>();
  for (const notice of notices) {
    const group = groups.get(keyOf(notice));
    if (group === undefined) groups.set(keyOf(notice), [notice]);
    else group.push(notice);
  }
  return groups;
}

/** How often each operation was called about an order. */
function countCalls(
  calls: ReturnType<ControlDesk['world']['calls']['list']>,
): ReadonlyMap<string, Record<string, number>> {
  const counts = new Map<string, Record<string, number>>();
  for (const call of calls) {
    const key = keyOf(call);
    const ofOrder = counts.get(key) ?? {};
    ofOrder[call.operation] = (ofOrder[call.operation] ?? 0) + 1;
    counts.set(key, ofOrder);
  }
  return counts;
}
