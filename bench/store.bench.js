// The embedded store:  npx tsc -b packages/keeper && node bench/store.bench.js [--json]
//
// Takes under three minutes and about 3 GB of the directory for temporary files (TMPDIR); leaves nothing behind.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureClaims } from './store/claims.js';
import { measureDurableChanges } from './store/durable-changes.js';

const MEMORY_PROGRAM = fileURLToPath(new URL('store/memory.js', import.meta.url));
const MEBIBYTE = 1024 * 1024;

function measureMemory(path, orders) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MEMORY_PROGRAM, path, String(orders)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

async function measure(directory) {
  const changes = await measureDurableChanges(directory);
  const { path: full, rows: claims } = await measureClaims(directory);
  const orders = claims.at(-1).openOrders;
  const memory = {
    empty: measureMemory(join(directory, 'empty.db'), 0),
    million: measureMemory(full, orders),
    fileBytes: statSync(full).size,
  };
  return { changes, claims, memory };
}

const inMs = (ms) => `${ms.toFixed(2)} ms`;
const count = (value) => Math.round(value).toLocaleString('en');
const line = (cells, widths) =>
  console.log(cells.map((cell, index) => String(cell).padStart(widths[index])).join('  '));

function printChanges({ diskSyncsPerSecond, rows }) {
  const widths = [14, 8, 16, 12, 20];
  console.log(`The disk alone syncs ${count(diskSyncsPerSecond)} pages a second.\n`);
  line(['', 'callers', 'orders opened/s', 'notices/s', 'against one each'], widths);
  for (const { kind, callers, ordersOpenedPerSecond, noticesPerSecond } of rows) {
    const single = rows.find((row) => row.kind === 'one sync each' && row.callers === callers);
    const ratio = `${(noticesPerSecond / single.noticesPerSecond).toFixed(1)} x`;
    line([kind, callers, count(ordersOpenedPerSecond), count(noticesPerSecond), ratio], widths);
  }
}

function printClaims(rows) {
  const [smallest] = rows;
  for (const name of Object.keys(smallest.claims)) {
    console.log(`\nClaiming 100 duties, ${name}:`);
    line(['', '', 'whole', 'of it CPU', 'CPU', "disk's sync alone"], [12, 11, 10, 10, 6, 18]);
    for (const { openOrders, claims } of rows) {
      const { batchMs, cpuMs, diskSyncMs } = claims[name];
      const ratio = `${(cpuMs / smallest.claims[name].cpuMs).toFixed(1)} x`;
      line(
        [count(openOrders), 'open orders', inMs(batchMs), inMs(cpuMs), ratio, inMs(diskSyncMs)],
        [12, 11, 10, 10, 6, 18],
      );
    }
  }
  const { openedPerSecond, openOrders } = rows.at(-1);
  console.log(
    `\nOrders were opened at ${count(openedPerSecond)} a second while the table grew to ${count(openOrders)}.`,
  );
}

function printMemory({ empty, million, fileBytes }) {
  const inMebibytes = (bytes) => `${Math.round(bytes / MEBIBYTE)} MiB`;
  console.log(
    `\nA working process holds ${inMebibytes(empty.residentBytes)} with an empty store and ` +
      `${inMebibytes(million.residentBytes)} with a million open orders (a file of ${inMebibytes(fileBytes)}).`,
  );
}

const directory = mkdtempSync(join(tmpdir(), 'orderkeeper-bench-'));
try {
  const figures = await measure(directory);
  if (process.argv.includes('--json')) console.log(JSON.stringify(figures, null, 2));
  else {
    printChanges(figures.changes);
    printClaims(figures.claims);
    printMemory(figures.memory);
  }
} finally {
  rmSync(directory, { recursive: true });
}
