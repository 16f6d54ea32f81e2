import type { Order } from '@orderkeeper/keeper';
import { allOrders } from './rest.ts';
import type { Scene } from './run-world.ts';
import type { WorldEnd } from './world-end.ts';

/** Reads both books of a world that has come to rest. */
export async function readEnd(scene: Scene, startMs: number, rest: WorldEnd['rest']): Promise<WorldEnd> {
  const { plan, clock, simulator, store, processes, receiver, handedOut, observed, count, journal } = scene;
  const orders: readonly Order[] = await allOrders(store);
  const duties = new Map<string, readonly string[]>();
  for (const { orderId } of orders) {
    const left = await store.dutiesOf(orderId);
    duties.set(
      orderId,
      left.map(({ kind, subject, dueAtMs }) => `${kind} ${subject} in ${dueAtMs - clock.nowMs()} ms`),
    );
  }
  const { ledger, calls } = simulator.world;
  return {
    plan,
    orders,
    duties,
    ledger: ledger.orders(),
    ledgerRefunds: ledger.refunds(),
    calls: calls.list(),
    notices: simulator.notices.list(),
    heard: receiver.heard(),
    story: journal.story(),
    handedOut,
    observed,
    crashes: processes.reduce((sum, process) => sum + process.crashes(), 0),
    storeFailures: count.storeFailures,
    rest,
    tookMs: clock.nowMs() - startMs,
  };
}

/** Writes down how everything ended. */
export function noteEnd({ orders, ledger, ledgerRefunds }: WorldEnd, { note }: Scene): void {
  for (const { orderId, state, attempts, refunds } of orders) {
    const parts = [...attempts, ...refunds].map(
      (part) => `${'outRefundNo' in part ? part.outRefundNo : part.outTradeNo} ${part.state}`,
    );
    note(`in the end ${orderId} is ${state}: ${parts.join(', ')}`);
  }
  for (const { outTradeNo, state } of ledger) note(`at WeChat Pay ${outTradeNo} is ${state}`);
  for (const { outRefundNo, state, refundFen } of ledgerRefunds)
    note(`at WeChat Pay ${outRefundNo} is ${state}: ${refundFen} fen`);
}
