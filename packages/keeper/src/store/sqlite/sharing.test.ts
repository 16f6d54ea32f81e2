import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeSample, countQuery, NOON_MS, orderId, orderSample, schedule } from '../testing/samples.ts';
import { openOrThrow } from './testing/open-or-throw.ts';
import { compilePackage, runProgram } from './testing/run-compiled.ts';

const TEST_LIMIT_MS = 60_000;

describe('several processes on one file', () => {
  let directory = '';
  let path = '';

  beforeAll(compilePackage, TEST_LIMIT_MS);
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'orderkeeper-sharing-'));
    path = join(directory, 'keeper.db');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test(
    'may create it at the same moment, and change one order without losing a change',
    async () => {
      const processes = Array.from({ length: 6 }, () => runProgram('count-queries', [path, 'o1', '50']));
      await Promise.all(processes);
      const store = openOrThrow({ path });
      expect((await store.find(orderId('o1')))?.attempts[0]?.queriesMade).toBe(300);
      expect(await store.timeline(orderId('o1'))).toHaveLength(301);
      await store.close();
    },
    TEST_LIMIT_MS,
  );

  test(
    'never get the same duty',
    async () => {
      const store = openOrThrow({ path });
      const orders = Array.from({ length: 500 }, (_, index) => orderSample(`o${index}`));
      const inserts = orders.map((order) => changeSample(order, { duties: [schedule(order, 'query', NOON_MS)] }));
      await Promise.all(inserts.map((change) => store.insert(change)));
      const owners = ['first', 'second', 'third', 'fourth'];
      const claimed = await Promise.all(owners.map((owner) => runProgram('claim-duties', [path, owner])));
      expect(claimed.flat()).toHaveLength(500);
      expect(new Set(claimed.flat()).size).toBe(500);
      expect(await store.nextDueAtMs()).toBeUndefined();
      await store.close();
    },
    TEST_LIMIT_MS,
  );

  test('see at once what another has committed', async () => {
    const first = openOrThrow({ path });
    const second = openOrThrow({ path });
    await first.insert(changeSample(orderSample('o1')));
    await second.change(orderId('o1'), countQuery);
    expect(await first.find(orderId('o1'))).toEqual(await second.find(orderId('o1')));
    expect(await first.timeline(orderId('o1'))).toHaveLength(2);
    await first.close();
    await second.close();
  });
});
