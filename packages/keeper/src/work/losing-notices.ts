import type { Mchid } from '@orderkeeper/protocol';
import type { OrderId } from '../core/order.ts';
import type { Store } from '../store/store.ts';
import type { NoticeMeasure } from '../observe/keeper-event.ts';

type Notices = NoticeMeasure['notices'];

const MINUTE_MS = 60_000;

/** Payments learned in this span are counted. */
export const NOTICE_WINDOW_MS = 10 * MINUTE_MS;

/** Fewer payments than this say nothing. */
const PAYMENTS_MIN = 5;

/** Notices are being lost from this share of payments first learned by query on, and arriving again below the other. */
const LOST_SHARE = 0.5;
const ARRIVING_SHARE = 0.2;

/** How often a merchant is measured while duties are done. */
export const MEASURE_EVERY_MS = 30_000;

/** What the counts say, given what was believed before; between the two shares the belief stays. */
export function judgeNotices(
  counts: { readonly byNotice: number; readonly byQuery: number },
  before: Notices,
): NoticeMeasure {
  const { byNotice, byQuery } = counts;
  const total = byNotice + byQuery;
  const queryShare = total === 0 ? 0 : byQuery / total;
  return { byNotice, byQuery, queryShare, notices: beliefOf(total, queryShare, before) };
}

function beliefOf(total: number, queryShare: number, before: Notices): Notices {
  if (total < PAYMENTS_MIN) return 'arriving';
  if (queryShare >= LOST_SHARE) return 'being-lost';
  return queryShare <= ARRIVING_SHARE ? 'arriving' : before;
}

/** Knows whether each merchant's notices arrive (R6). */
export interface NoticeWatch {
  readonly noticesOf: (mchid: Mchid) => Notices;
  /** Measures now. */
  readonly measure: (mchid: Mchid, nowMs: number) => Promise<NoticeMeasure>;
  /** Measures every merchant, not more often than {@link MEASURE_EVERY_MS}; answers those whose belief has changed. */
  readonly check: (mchids: Iterable<Mchid>, nowMs: number) => Promise<readonly (NoticeMeasure & { mchid: Mchid })[]>;
}

/** Creates a watch that believes the best of every merchant. */
export function createNoticeWatch(store: Pick<Store, 'learnedCounts'>): NoticeWatch {
  const believed = new Map<Mchid, Notices>();
  let checkAtMs = Number.NEGATIVE_INFINITY;
  const noticesOf = (mchid: Mchid): Notices => believed.get(mchid) ?? 'arriving';
  const measure = async (mchid: Mchid, nowMs: number): Promise<NoticeMeasure> =>
    judgeNotices(await store.learnedCounts(mchid, nowMs - NOTICE_WINDOW_MS), noticesOf(mchid));
  return {
    noticesOf,
    measure,
    check: async (mchids, nowMs) => {
      if (nowMs < checkAtMs) return [];
      checkAtMs = nowMs + MEASURE_EVERY_MS;
      const changed = [];
      for (const mchid of mchids) {
        const measured = await measure(mchid, nowMs);
        if (measured.notices === noticesOf(mchid)) continue;
        believed.set(mchid, measured.notices);
        changed.push({ ...measured, mchid });
      }
      return changed;
    },
  };
}

/** Open orders read at once. */
const ORDERS_PER_PAGE = 100;
/** Older open orders wait for their next query: the newest are those whose payers are there now. */
const PAGES_MAX = 100;

/** The open orders of a merchant, newest first. */
export async function* openOrdersOf(store: Pick<Store, 'list'>, mchid: Mchid): AsyncGenerator<OrderId> {
  let request: Parameters<Store['list']>[0] = { mchid, state: 'open', limit: ORDERS_PER_PAGE };
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { orders, nextCursor } = await store.list(request);
    for (const { orderId } of orders) yield orderId;
    if (nextCursor === undefined) return;
    request = { ...request, cursor: nextCursor };
  }
}
