import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startSimulator } from '@orderkeeper/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoMerchant } from './demo/demo-merchant.ts';
import { createClient } from '@orderkeeper/client';
import { createHttp, systemClock, systemRandom } from '@orderkeeper/ports';
import { fen, type OutTradeNo, parseOutTradeNo } from '@orderkeeper/protocol';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

let folder: string;
let file: string;
let simulator: Awaited<ReturnType<typeof startSimulator>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderkeeper-examples-'));
  file = join(folder, 'credentials.json');
  [simulator] = await Promise.all([
    startSimulator({ credentialsFile: file }),
    run('npx', ['tsc', '-b', 'packages/client'], { cwd: ROOT }),
  ]);
}, 60_000);

afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

function number(text: string): OutTradeNo {
  const parsed = parseOutTradeNo(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

async function place(outTradeNo: OutTradeNo): Promise<void> {
  const http = createHttp();
  const client = createClient({
    merchant: demoMerchant(simulator),
    http,
    clock: systemClock,
    random: systemRandom,
    hosts: { primary: simulator.http },
  });
  await client.unifiedOrder({
    tradeType: 'NATIVE',
    outTradeNo,
    totalFen: fen(1),
    body: 'example',
    productId: 'example',
    spbillCreateIp: '127.0.0.1',
    notifyUrl: 'http://127.0.0.1:9/notify',
  });
  await http.close();
}

const queryAndClose = async (outTradeNo: string): Promise<string> =>
  (await run(process.execPath, ['examples/query-and-close.js', file, outTradeNo], { cwd: ROOT })).stdout;

test('the example of query and close closes what nobody has paid', async () => {
  await place(number('unpaid'));
  expect(await queryAndClose('unpaid')).toBe('NOTPAY\nclosed\n');
  expect(await queryAndClose('unpaid')).toBe('CLOSED\n');
});

test('the example of query and close leaves alone what is paid, and says what to do about an unknown number', async () => {
  await place(number('paid'));
  simulator.payer.pay({ outTradeNo: 'paid' });
  expect(await queryAndClose('paid')).toBe('SUCCESS\n');
  expect(await queryAndClose('nobody')).toMatch(/^ORDERNOTEXIST: /);
});
