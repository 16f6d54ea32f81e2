import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startSimulator } from '@orderkeeper/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { merchantOfSimulator, simulatedMerchantTexts } from './config/merchant-of-simulator.ts';
import { compileProgram } from './testing/service-process.ts';
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
  compileProgram();
  simulator = await startSimulator({ credentialsFile: file });
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

/** Placed by the classic API whatever the example speaks: both see one book. */
async function place(outTradeNo: OutTradeNo): Promise<void> {
  const merchant = merchantOfSimulator(simulatedMerchantTexts(simulator.credentials), systemClock.nowMs());
  if (!merchant.ok) throw new Error(merchant.message);
  const http = createHttp();
  const client = createClient({
    merchant: merchant.value.speaks.v2,
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

const queryAndClose = async (example: string, outTradeNo: string): Promise<string> =>
  (await run(process.execPath, [`examples/${example}.js`, file, outTradeNo], { cwd: ROOT })).stdout;

const EXAMPLES = [
  ['query-and-close', 'ORDERNOTEXIST'],
  ['query-and-close-v3', 'ORDER_NOT_EXIST'],
] as const;

test.each(EXAMPLES)('the example %s closes what nobody has paid', async (example) => {
  const unpaid = `unpaid-${example}`;
  await place(number(unpaid));
  expect(await queryAndClose(example, unpaid)).toBe('NOTPAY\nclosed\n');
  expect(await queryAndClose(example, unpaid)).toBe('CLOSED\n');
});

test.each(EXAMPLES)(
  'the example %s leaves alone what is paid, and says what to do about an unknown number',
  async (example, notExisting) => {
    const paid = `paid-${example}`;
    await place(number(paid));
    simulator.payer.pay({ outTradeNo: paid });
    expect(await queryAndClose(example, paid)).toBe('SUCCESS\n');
    expect(await queryAndClose(example, 'nobody')).toMatch(new RegExp(`^${notExisting}: `));
  },
);
