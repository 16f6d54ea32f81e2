// Notices taken in durably: all callers of one turn share a sync, against the same code with one sync per change.
import { join } from 'node:path';
import { openSqliteStore } from '@orderkeeper/keeper';
import { createDisk } from './disk.js';
import { median, rateOf } from './figures.js';
import { opening, orderIdOf, payment } from './orders.js';

const ROUNDS = 3;
/** Before every cell. */
const DISK_SYNCS = 100;
const CALLERS = [1, 16, 256];
/** How many per round, so that each cell takes about a second or less. */
const CHANGES = { 'one sync each': [1000, 2000, 2000], grouped: [1000, 6000, 6000] };

/** Every round goes through all cells, so that a busy moment of the machine hits all of them. */
export async function measureDurableChanges(directory) {
  const path = join(directory, 'changes.db');
  const stores = { 'one sync each': openOne(path, { groupSizeMax: 1 }), grouped: openOne(path, {}) };
  const cells = Object.keys(CHANGES).flatMap((kind) =>
    CALLERS.map((callers, index) => ({ kind, callers, count: CHANGES[kind][index], opened: [], taken: [] })),
  );
  const disk = createDisk(directory);
  const syncsMs = [];
  let first = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { kind, callers, count, opened, taken } of cells) {
      const store = stores[kind];
      for (let sync = 0; sync < DISK_SYNCS; sync += 1) syncsMs.push(disk.syncMs());
      const range = { from: first, to: first + count, callers };
      opened.push(await rateOf({ ...range, work: (number) => store.insert(opening(number)) }));
      taken.push(await rateOf({ ...range, work: (number) => store.change(orderIdOf(number), payment(number)) }));
      first += count;
    }
  }
  disk.close();
  for (const store of Object.values(stores)) await store.close();
  const rows = cells.map(({ kind, callers, opened, taken }) => ({
    kind,
    callers,
    ordersOpenedPerSecond: median(opened),
    noticesPerSecond: median(taken),
  }));
  return { diskSyncsPerSecond: 1000 / median(syncsMs), rows };
}

function openOne(path, options) {
  const opened = openSqliteStore({ path, ...options });
  if (!opened.ok) throw new Error(opened.message);
  return opened.value;
}
