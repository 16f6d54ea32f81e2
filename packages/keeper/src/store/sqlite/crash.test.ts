import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSeededRandom } from '@orderkeeper/ports';
import { beforeAll, describe, expect, test } from 'vitest';
import { orderId } from '../testing/samples.ts';
import { openConnection } from './connection.ts';
import { openOrThrow } from './testing/open-or-throw.ts';
import { compilePackage, startProgram } from './testing/run-compiled.ts';

/** A few in the quick run, more in the whole run (npm run test:whole). */
const KILLS = process.env['ORDERKEEPER_TESTS'] === 'whole' ? 10 : 3;
const ACKNOWLEDGED_MAX = 400;
const SEED = 20_271_124;

/** Runs the program until it has acknowledged so many orders, kills it in the middle of the next, answers all it said. */
async function killAfter(path: string, prefix: string, acknowledgements: number): Promise<readonly string[]> {
  const program = startProgram('open-orders', [path, prefix]);
  const acknowledged: string[] = [];
  for await (const id of program.lines) {
    acknowledged.push(id);
    if (acknowledged.length === acknowledgements) program.process.kill('SIGKILL');
  }
  await program.ended;
  return acknowledged;
}

/** Every committed order is whole: its timeline, its events and its attempts are those of its version. */
function countBroken(path: string): { readonly integrity: unknown; readonly broken: unknown } {
  const connection = openConnection(path);
  const integrity = connection.prepare('PRAGMA integrity_check').all();
  const broken = connection
    .prepare(
      `SELECT order_id FROM orders WHERE version <> (SELECT count(*) FROM timeline WHERE order_no = orders.order_no)
         OR event_count <> (SELECT count(*) FROM events WHERE order_no = orders.order_no)
         OR NOT EXISTS (SELECT 1 FROM attempts WHERE order_no = orders.order_no
           AND (attempts.state = 'paid') = (orders.state = 'paid'))`,
    )
    .all();
  connection.close();
  return { integrity, broken };
}

describe('a process killed while it writes', () => {
  beforeAll(compilePackage, 60_000);

  test(`loses nothing that it acknowledged and leaves no half of a change, ${KILLS} times of ${KILLS} (R16)`, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'orderkeeper-crash-'));
    const path = join(directory, 'keeper.db');
    const random = createSeededRandom(SEED);
    try {
      const acknowledged: string[] = [];
      for (let kill = 0; kill < KILLS; kill += 1) {
        const after = 1 + Math.floor(random.fraction() * ACKNOWLEDGED_MAX);
        acknowledged.push(...(await killAfter(path, `k${kill}`, after)));
        const store = openOrThrow({ path });
        for (const id of acknowledged) expect(await store.find(orderId(id))).toMatchObject({ state: 'paid' });
        await store.close();
        expect(countBroken(path)).toMatchObject({ integrity: [{ integrity_check: 'ok' }], broken: [] });
      }
      expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS);
    } finally {
      rmSync(directory, { recursive: true });
    }
  }, 60_000);
});
