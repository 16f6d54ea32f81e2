// Claiming 100 due duties while the table grows to a million open orders.
import { join } from 'node:path';
import { openSqliteStore } from '@orderkeeper/keeper';
import { createDisk } from './disk.js';
import { durationMs, median, rateOf } from './figures.js';
import { MERCHANTS, opening, START_MS } from './orders.js';

const SIZES = [1000, 100_000, 1_000_000];
const BATCH = 100;
/** What one merchant has in the smallest table. */
const FIRST_LANE = 50;
const BATCHES = 40;
const FILL_CALLERS = 256;
const CLAIM = { leaseMs: 60_000, leaseOwner: 'bench', limit: BATCH };

/** What is claimed: always a hundred, of ever more. The first thousand orders are the ones that are due. */
const CLAIMS = {
  'a thousand due': { ...CLAIM, nowMs: START_MS + 999 },
  'all due': { ...CLAIM, nowMs: START_MS + 1_000_000 },
  'all due, 19 of 20 merchants without budget': {
    ...CLAIM,
    nowMs: START_MS + 1_000_000,
    exceptMchids: MERCHANTS.slice(1),
  },
};

/** Fills the file `million.db` to each size, and claims. */
export async function measureClaims(directory) {
  const path = join(directory, 'million.db');
  const disk = createDisk(directory);
  const opened = openSqliteStore({ path });
  if (!opened.ok) throw new Error(opened.message);
  const store = opened.value;
  const rows = [];
  let filled = 0;
  for (const openOrders of SIZES) {
    const range = { from: filled, to: openOrders, callers: FILL_CALLERS };
    const openedPerSecond = await rateOf({ ...range, work: (number) => store.insert(opening(number)) });
    filled = openOrders;
    disk.waitFor(path);
    const claims = {};
    for (const [name, request] of Object.entries(CLAIMS)) claims[name] = await measureClaim(store, request, disk);
    rows.push({ openOrders, openedPerSecond, claims });
  }
  disk.close();
  await store.close();
  return { path, rows };
}

/**
 * Each batch is given back at its old time, so that the next one finds the same. A claim ends with a sync, and a busy
 * disk takes ten times as long for one as an idle disk: what the disk needs by itself is measured beside every batch,
 * and so is the CPU that a claim takes.
 */
async function measureClaim(store, request, disk) {
  const batches = [];
  const cpu = [];
  const syncs = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const cpuBefore = process.cpuUsage();
    const { value: duties, ms } = await durationMs(() => store.claim(request));
    const { user, system } = process.cpuUsage(cpuBefore);
    if (duties.length < BATCH && duties.length < FIRST_LANE) throw new Error(`a batch had ${duties.length} duties`);
    batches.push(ms);
    cpu.push((user + system) / 1000);
    syncs.push(disk.syncMs());
    await Promise.all(duties.map((duty) => store.postpone(duty, duty.dueAtMs)));
  }
  return { batchMs: median(batches), cpuMs: median(cpu), diskSyncMs: median(syncs) };
}
