import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { BILL_BYTES_MAX, parseBeijingDay } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import { noAnswer, silence, valueOf } from '../testing/test-world.ts';
import {
  createV3World,
  isSignedRequest,
  pathOf,
  refused,
  signed,
  unsigned,
  unsignedRefusal,
  type V3Reaction,
} from '../testing/v3-world.ts';

const DAY = valueOf(parseBeijingDay('20261123'));
/** One order and its summary, in the layout of real files. */
const BILL = [
  '\ufeff交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注',
  '`2026-11-23 08:00:00,`wxd678efh567hg6787,`1900000001,`0,`,`4200002601202611230000000001,`ORDER20261123001,`oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,`NATIVE,`SUCCESS,`OTHERS,`CNY,`1.00,`0.00,`0,`0,`0.00,`0.00,`,`,`测试商品,`,`0.01,`0.60%,`1.00,`0.00,`',
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额',
  '`1,`1.00,`0.00,`0.00,`0.01,`1.00,`0.00',
  '',
].join('\r\n');

const sha1 = (bytes: string | Uint8Array): string => createHash('sha1').update(bytes).digest('hex');
const addressOf = (hashValue: string): V3Reaction =>
  signed({
    hash_type: 'SHA1',
    hash_value: hashValue,
    download_url:
      'https://api.mch.weixin.qq.com/v3/billdownload/file?token=6XIv5TUPto7pByrTQKhd6kwvyKLG2uY2&tartype=gzip',
  });
const file =
  (body: string | Uint8Array): V3Reaction =>
  () => ({ status: 200, headers: {}, body: Buffer.from(body) });

describe('a bill', () => {
  test('is fetched from where a signed answer says it lies, and read', async () => {
    const { client, requests } = createV3World([addressOf(sha1(BILL)), file(BILL)]);
    const outcome = await client.tradebill({ billDate: DAY });
    if (outcome.outcome !== 'done') throw new Error(outcome.message);
    expect(Buffer.from(outcome.answer.bytes).toString()).toBe(BILL);
    const kinds: string[] = [];
    for await (const { kind } of outcome.answer.items()) kinds.push(kind);
    expect(kinds).toEqual(['payment', 'summary']);
    expect(outcome.attempts).toHaveLength(2);
    expect(requests.map(pathOf)).toEqual([
      '/v3/bill/tradebill?bill_date=2026-11-23',
      '/v3/billdownload/file?token=6XIv5TUPto7pByrTQKhd6kwvyKLG2uY2&tartype=gzip',
    ]);
    expect(requests.map(isSignedRequest)).toEqual([true, true]);
    expect(requests[1]).toMatchObject({ answerBytesMax: BILL_BYTES_MAX, timeLimits: { answerMs: 60_000 } });
  });

  test.each<[string, string, string | Uint8Array]>([
    ['packed, under the hash of the text', sha1(BILL), gzipSync(BILL)],
    ['packed, under the hash of the packed file', sha1(gzipSync(BILL)), gzipSync(BILL)],
    ['unpacked on the way', sha1(BILL), BILL],
    ['under a hash in capitals', sha1(BILL).toUpperCase(), BILL],
  ])('is taken %s', async (_, hashValue, body) => {
    const { client, requests } = createV3World([addressOf(hashValue), file(body)]);
    const outcome = await client.tradebill({ billDate: DAY, tarType: 'GZIP' });
    if (outcome.outcome !== 'done') throw new Error(outcome.message);
    expect(Buffer.from(outcome.answer.bytes).toString()).toBe(BILL);
    expect(requests.map(pathOf)[0]).toBe('/v3/bill/tradebill?bill_date=2026-11-23&tar_type=GZIP');
  });

  test('of the fund flow is fetched and read the same way', async () => {
    const text = '\ufeff记账时间,微信支付业务单号\r\n';
    const { client, requests } = createV3World([addressOf(sha1(text)), file(text)]);
    expect(await client.fundflowbill({ billDate: DAY, accountType: 'FEES' })).toMatchObject({ outcome: 'done' });
    expect(requests.map(pathOf)[0]).toBe('/v3/bill/fundflowbill?bill_date=2026-11-23&account_type=FEES');
  });

  test.each<[string, V3Reaction]>([
    ['cut', file(BILL.slice(0, -20))],
    ['changed', file(BILL.replace('`1.00,`0.00,`0,', '`9.00,`0.00,`0,'))],
    ['cut while packed', file(gzipSync(BILL).subarray(0, -9))],
    ['empty', file('')],
  ])('that arrives %s is asked for again, at the other host, and is unknown in the end', async (_, reaction) => {
    const { client, requests, finish } = createV3World([addressOf(sha1(BILL)), reaction]);
    const outcome = await finish(client.tradebill({ billDate: DAY }));
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'damaged' });
    expect(requests.map(({ url }) => new URL(url).host)).toEqual([
      'api.mch.weixin.qq.com',
      'api.mch.weixin.qq.com',
      'api2.mch.weixin.qq.com',
      'api.mch.weixin.qq.com',
      'api2.mch.weixin.qq.com',
    ]);
  });

  test('that lies somewhere else is fetched from WeChat Pay all the same', async () => {
    const address = signed({
      hash_type: 'SHA1',
      hash_value: sha1(BILL),
      download_url: 'https://elsewhere.example.com/v3/billdownload/file?token=x',
    });
    const { client, requests } = createV3World([address, file(BILL)]);
    expect(await client.tradebill({ billDate: DAY })).toMatchObject({ outcome: 'done' });
    expect(requests[1]?.url).toBe('https://api.mch.weixin.qq.com/v3/billdownload/file?token=x');
  });
});

describe('no bill', () => {
  test('is a refusal where nothing happened that day, said with a signature', async () => {
    const { client, requests } = createV3World([refused(400, 'NO_STATEMENT_EXIST')]);
    expect(await client.tradebill({ billDate: DAY })).toMatchObject({
      outcome: 'rejected',
      code: 'NO_STATEMENT_EXIST',
    });
    expect(requests).toHaveLength(1);
  });

  test.each<[string, V3Reaction, object]>([
    ['an old address', unsignedRefusal(400, 'INVALID_REQUEST'), { reason: 'header-missing', code: 'INVALID_REQUEST' }],
    ['a web page', unsigned(503, '<html></html>'), { reason: 'html' }],
    ['a lost connection', noAnswer('connection-lost', 'maybe-sent'), { reason: 'connection-lost' }],
    ['a file beyond all measure', noAnswer('answer-too-large', 'maybe-sent'), { reason: 'answer-too-large' }],
  ])('is unknown after %s', async (_, reaction, expected) => {
    const { client, finish } = createV3World([addressOf(sha1(BILL)), reaction]);
    expect(await finish(client.tradebill({ billDate: DAY }))).toMatchObject({ outcome: 'unknown', ...expected });
  });

  test('is asked for within one deadline: what the address took is missing from the file', async () => {
    const slow: V3Reaction = async (request) => {
      await new Promise<void>((resolve) => world.clock.after(4_000, resolve));
      return addressOf(sha1(BILL))(request, world.clock.nowMs());
    };
    const world = createV3World([slow, silence]);
    const outcome = await world.finish(world.client.tradebill({ billDate: DAY }, { deadlineMs: 10_000 }));
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'answer-timeout', tookMs: 10_000 });
    expect(world.requests[1]?.timeLimits?.answerMs).toBe(6_000);
    const patient = createV3World([addressOf(sha1(BILL)), silence]);
    expect(await patient.finish(patient.client.tradebill({ billDate: DAY }))).toMatchObject({ tookMs: 120_000 });
  });
});
