// Usage: node memory.js FILE. Works on a store for a while and prints what the process holds, as JSON.
import { openSqliteStore } from '@orderkeeper/keeper';
import { rateOf } from './figures.js';
import { orderIdOf, START_MS } from './orders.js';

const LOOKS = 20_000;
const BATCHES = 50;

const [path, orders] = process.argv.slice(2);
const opened = openSqliteStore({ path });
if (!opened.ok) throw new Error(opened.message);
const store = opened.value;

/** Spread over the whole table. */
const look = (number) => store.find(orderIdOf((number * 7919) % Math.max(Number(orders), 1)));
await rateOf({ from: 0, to: LOOKS, callers: 16, work: look });
for (let batch = 0; batch < BATCHES; batch += 1) {
  await store.claim({ nowMs: START_MS + 1_000_000, leaseMs: 60_000, leaseOwner: 'bench', limit: 100 });
}
const { rss, heapUsed } = process.memoryUsage();
console.log(JSON.stringify({ residentBytes: rss, heapBytes: heapUsed }));
await store.close();
