import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClosableHttp, createHttp } from '@orderkeeper/ports';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { compileProgram, type ServiceProcess, startServiceProcess } from './testing/service-process.ts';

let folder: string;
let http: ClosableHttp;

beforeAll(async () => {
  compileProgram();
  folder = await mkdtemp(join(tmpdir(), 'orderkeeper-serve-'));
  http = createHttp();
}, 60_000);

afterAll(async () => {
  await http.close();
  await rm(folder, { recursive: true });
});

const start = (env: Readonly<Record<string, string>> = {}): ServiceProcess =>
  startServiceProcess({ folder, env: { ORDERKEEPER_SIMULATOR_CONTROL_PORT: '0', ...env }, args: ['--port', '0'] });

const readySchema = z.object({ origin: z.string(), control: z.string() });

const readyOf = async (service: ServiceProcess) => readySchema.parse(JSON.parse(await service.ready));

async function call(
  method: 'GET' | 'POST',
  url: string,
  key: string,
  body?: unknown,
): Promise<{ status: number; json: unknown }> {
  const answer = await http({
    method,
    url,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, json: JSON.parse(new TextDecoder().decode(answer.body)) };
}

test('without any configuration it opens an order in APIv3, learns of its payment, keeps both over a restart, and ends with 0', async () => {
  const first = start();
  const { origin, control } = await readyOf(first);
  const key = (await readFile(join(folder, '.orderkeeper/api-key'), 'utf8')).trim();
  expect((await stat(join(folder, '.orderkeeper/api-key'))).mode & 0o077).toBe(0);
  const order = {
    orderId: 'first-order',
    totalFen: 1990,
    description: 'tea',
    tradeType: 'NATIVE',
    payerIp: '127.0.0.1',
  };
  expect((await call('POST', `${origin}/v1/orders`, key, order)).status).toBe(201);
  expect((await call('POST', `${control}/attempts/first-order-1/pay`, key, {})).status).toBe(200);
  await call('GET', `${origin}/v1/orders/first-order?fresh`, key);
  first.process.kill('SIGTERM');
  expect(await first.ended).toEqual({ code: 0, signal: null });
  expect(first.log()).not.toContain(key);

  const second = start();
  const again = await readyOf(second);
  const kept = await call('GET', `${again.origin}/v1/orders/first-order`, key);
  expect(kept.json).toMatchObject({ state: 'paid', attempts: [{ outTradeNo: 'first-order-1', protocol: 'v3' }] });
  expect((await call('GET', `${again.origin}/readyz`, key)).status).toBe(200);
  second.process.kill('SIGINT');
  expect((await second.ended).code).toBe(0);
}, 60_000);

test('a request under way is answered before the process ends', async () => {
  const service = start();
  const { origin, control } = await readyOf(service);
  const key = (await readFile(join(folder, '.orderkeeper/api-key'), 'utf8')).trim();
  const fault = { fault: 'slow', when: 'after', delayMs: 1_000, operation: 'v3/order-native' };
  expect((await call('POST', `${control}/faults`, key, fault)).status).toBe(200);
  const order = { orderId: 'late-order', totalFen: 1, description: 'tea', tradeType: 'NATIVE', payerIp: '127.0.0.1' };
  const opening = call('POST', `${origin}/v1/orders`, key, order);
  // The intent is stored before the call leaves, so the order is there while its placing is under way.
  while ((await call('GET', `${origin}/v1/orders/late-order`, key)).status === 404);
  service.process.kill('SIGTERM');
  expect((await opening).status).toBe(201);
  expect((await service.ended).code).toBe(0);
}, 60_000);

test('a wrong configuration ends with 2 and says what is wrong', async () => {
  const { ended, log } = start({ ORDERKEEPER_MCHID: 'me' });
  expect((await ended).code).toBe(2);
  expect(log()).toContain('ORDERKEEPER_MCHID merchants[0].mchid');
}, 60_000);

test('a port that is taken ends with 1, and nothing is left running', async () => {
  const first = start();
  const { origin } = await readyOf(first);
  const second = startServiceProcess({
    folder,
    env: { ORDERKEEPER_SIMULATOR_CONTROL_PORT: '0' },
    args: ['--port', new URL(origin).port],
  });
  expect((await second.ended).code).toBe(1);
  expect(second.log()).toContain('EADDRINUSE');
  first.process.kill('SIGTERM');
  await first.ended;
}, 60_000);
