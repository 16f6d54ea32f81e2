import type { Order, Store } from '@orderkeeper/keeper';
import type { Mishap, WorldPlan } from '../plan/plan.ts';
import type { Scene } from './run-world.ts';
import type { WorldEnd } from './world-end.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const LOOK_EVERY_MS = 30 * MINUTE;
const LIMIT_MS = 25 * DAY;
const ORDERS_PER_PAGE = 100;

/** Every order of a store. */
export async function allOrders(store: Store): Promise<readonly Order[]> {
  const orders: Order[] = [];
  let request: Parameters<Store['list']>[0] = { limit: ORDERS_PER_PAGE };
  for (;;) {
    const page = await store.list(request);
    orders.push(...page.orders);
    if (page.nextCursor === undefined) return orders;
    request = { ...request, cursor: page.nextCursor };
  }
}

/** Looks now and then whether anything is left to be done; gives up after {@link LIMIT_MS}. */
export interface RestWatch {
  readonly isOn: () => boolean;
  readonly rest: () => WorldEnd['rest'];
}

/** Begins to look when the last moment of the plan is over. */
export function watchForRest(scene: Scene, startMs: number): RestWatch {
  const { clock, plan } = scene;
  const lastMs = lastMomentOf(plan);
  let rest: WorldEnd['rest'] | 'unknown' = 'unknown';
  const look = async (): Promise<void> => {
    if (await isAtRest(scene)) rest = 'at-rest';
    else if (clock.nowMs() - startMs > lastMs + LIMIT_MS) rest = 'not-at-rest';
    else clock.after(LOOK_EVERY_MS, () => void look());
  };
  clock.after(lastMs, () => void look());
  return { isOn: () => rest === 'unknown', rest: () => (rest === 'unknown' ? 'not-at-rest' : rest) };
}

function lastMomentOf({ orders, mishaps }: WorldPlan): number {
  const deeds = orders.flatMap(({ wantedAtMs, acts, lifetimeMs }) => [
    wantedAtMs + lifetimeMs,
    ...acts.map(({ afterMs }) => wantedAtMs + afterMs),
  ]);
  return Math.max(0, ...deeds, ...mishaps.map(momentOf)) + MINUTE;
}

function momentOf(mishap: Mishap): number {
  switch (mishap.kind) {
    case 'restart':
    case 'strange-notice':
      return mishap.atMs;
    case 'key-rotation':
      return mishap.retiredAtMs;
    case 'key-switch':
      return Math.max(mishap.configuredAtMs, mishap.publicKeyOnlyAtMs);
    case 'fault':
    case 'crash':
    case 'store-failure':
    case 'deaf-receiver':
      return 0;
  }
}

async function isAtRest(scene: Scene): Promise<boolean> {
  const { processes, simulator } = scene;
  if (!processes.every((process) => process.isUp())) return false;
  const isTelling = simulator.notices.list().some(({ state }) => state === 'waiting');
  const isRefunding = simulator.world.ledger.refunds().some(({ state }) => state === 'PROCESSING');
  return !isTelling && !isRefunding && (await isWorkDone(scene));
}

/** Nothing is left to be done but to look, for half a year, whether a person has sent a refund on that failed. */
async function isWorkDone({ store, simulator }: Scene): Promise<boolean> {
  if ((await store.nextDueAtMs()) === undefined) return true;
  const { ledger } = simulator.world;
  for (const { orderId, mchid, refunds } of await allOrders(store)) {
    const waiting = refunds.filter(({ state, outRefundNo }) => {
      return state === 'abnormal' && ledger.refund(mchid, outRefundNo)?.state === 'CHANGE';
    });
    const subjects = new Set(waiting.map(({ outRefundNo }) => String(outRefundNo)));
    const left = await store.dutiesOf(orderId);
    if (left.some(({ kind, subject }) => kind !== 'follow-refund' || !subjects.has(subject))) return false;
  }
  return true;
}
