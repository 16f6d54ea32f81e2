import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bytes, valueOf } from '../messages.suite.ts';
import { billVector, itemsOf } from './bills.suite.ts';
import { gunzipBill } from './gunzip.ts';
import { readTradeBill } from './trade-bill.ts';

test('a packed bill unpacks to the same rows', async () => {
  const unpacked = valueOf(await gunzipBill(gzipSync(billVector('all.csv'))));
  expect(await itemsOf(readTradeBill([unpacked]))).toEqual(await itemsOf(readTradeBill([billVector('all.csv')])));
});

test('a small body that unpacks to more than allowed is stopped', async () => {
  const bomb = gzipSync(Buffer.alloc(10_000_000));
  expect(bomb.length).toBeLessThan(20_000);
  expect(await gunzipBill(bomb, { bytesMax: 1_000_000 })).toMatchObject({ ok: false, reason: 'too-large' });
});

test('exactly as many bytes as allowed pass', async () => {
  expect((await gunzipBill(gzipSync(Buffer.alloc(1000)), { bytesMax: 1000 })).ok).toBe(true);
});

test.each([
  ['plain text', bytes('交易时间')],
  ['nothing', new Uint8Array()],
  ['half a stream', gzipSync(billVector('all.csv')).subarray(0, 200)],
])('%s is no gzip stream', async (_, body) => {
  expect(await gunzipBill(body)).toMatchObject({ ok: false, reason: 'not-gzip' });
});
