import { isOfKind, meaningOf } from './call-kinds.ts';
import type { Mishap } from './plan/plan.ts';
import type { WorldEnd } from './world/world-end.ts';

/** What worlds consisted of, summed up. */
export interface Figures {
  worlds: number;
  orders: number;
  attempts: number;
  refunds: number;
  calls: number;
  queries: number;
  notices: number;
  events: number;
  crashes: number;
  virtualMs: number;
  /** Attempts and calls by protocol, the latter with those for certificates. */
  readonly protocols: Map<string, number>;
  readonly mishaps: Map<string, number>;
  readonly ends: Map<string, number>;
  readonly told: Map<string, number>;
}

/** Figures of no world. */
export const noFigures = (): Figures => ({
  worlds: 0,
  orders: 0,
  attempts: 0,
  refunds: 0,
  calls: 0,
  queries: 0,
  notices: 0,
  events: 0,
  crashes: 0,
  virtualMs: 0,
  protocols: new Map(),
  mishaps: new Map(),
  ends: new Map(),
  told: new Map(),
});

/** Adds a world. */
export function addWorld(figures: Figures, end: WorldEnd): void {
  const { orders, calls, notices, heard, crashes, storeFailures, tookMs } = end;
  figures.worlds += 1;
  figures.orders += orders.length;
  figures.attempts += orders.reduce((sum, order) => sum + order.attempts.length, 0);
  figures.refunds += orders.reduce((sum, order) => sum + order.refunds.length, 0);
  figures.calls += calls.length;
  figures.queries += calls.filter(isOfKind('query')).length;
  for (const { attempts } of orders)
    for (const { protocol } of attempts) add(figures.protocols, `${protocol} attempts`);
  for (const { operation } of calls) add(figures.protocols, `${meaningOf(operation)?.protocol ?? 'other'} calls`);
  add(figures.protocols, 'certificates fetched', calls.filter(isOfKind('fetch-certificates')).length);
  const tries = notices.flatMap((notice) => notice.tries);
  figures.notices += tries.length;
  figures.events += heard.length;
  figures.crashes += crashes;
  figures.virtualMs += tookMs;
  for (const { state } of orders) add(figures.ends, state);
  for (const { type } of heard) add(figures.told, type);
  for (const kind of [...calls, ...tries].flatMap(({ faults }) => faults)) add(figures.mishaps, kind);
  for (const mishap of end.plan.mishaps) {
    if (mishap.kind === 'strange-notice')
      add(figures.mishaps, `strange-${mishap.protocol}-${mishap.how}`, mishap.times);
    if (COUNTED.has(mishap.kind)) add(figures.mishaps, mishap.kind);
  }
  add(figures.mishaps, 'crash', crashes);
  add(figures.mishaps, 'store-failure', storeFailures);
}

/** Mishaps that always happen. */
const COUNTED: ReadonlySet<Mishap['kind']> = new Set(['restart', 'deaf-receiver', 'key-rotation', 'key-switch']);

function add(counts: Map<string, number>, name: string, count = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

/** The figures as lines for people. */
export function printFigures(figures: Figures, tookMs: number): string {
  const { worlds, orders, attempts, refunds, calls, queries, notices, events, crashes, virtualMs } = figures;
  const days = (virtualMs / 86_400_000).toFixed(1);
  const perOrder = (queries / Math.max(orders, 1)).toFixed(2);
  const list = (counts: ReadonlyMap<string, number>): string =>
    [...counts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  return [
    `${worlds} worlds, ${days} days of their time in ${(tookMs / 1000).toFixed(1)} s (${Math.round(tookMs / Math.max(worlds, 1))} ms each)`,
    `${orders} orders, ${attempts} attempts, ${refunds} refunds; ${calls} calls, ${queries} queries (${perOrder} per order)`,
    `by protocol: ${list(figures.protocols)}`,
    `${notices} notices sent, ${events} events told, ${crashes} crashes`,
    `orders ended: ${list(figures.ends)}`,
    `events told: ${list(figures.told)}`,
    `went wrong on purpose: ${list(figures.mishaps)}`,
  ].join('\n');
}
