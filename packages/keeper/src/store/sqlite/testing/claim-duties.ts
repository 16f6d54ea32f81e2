// Usage: node claim-duties.js FILE OWNER. Claims due duties until there are none, settles them, and prints their subjects.
import { writeSync } from 'node:fs';
import { NOON_MS } from '../../testing/samples.ts';
import { openOrThrow } from './open-or-throw.ts';

const STDOUT = 1;
const CLAIM = { nowMs: NOON_MS, leaseMs: 60_000, limit: 5 };

const [path = '', leaseOwner = ''] = process.argv.slice(2);
const store = openOrThrow({ path });
for (;;) {
  const duties = await store.claim({ ...CLAIM, leaseOwner });
  if (duties.length === 0) break;
  for (const duty of duties) {
    writeSync(STDOUT, `${duty.subject}\n`);
    await store.settle(duty);
  }
}
await store.close();
