import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { HttpResponse } from '@orderkeeper/ports';
import { parseBeijingDay } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import { answerText, createTestWorld, MERCHANT, refusedWith, valueOf } from '../testing/test-world.ts';

const DAY = valueOf(parseBeijingDay('20261123'));
const FUND_FLOW = [
  '\ufeff记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号',
  '`2026-11-23 21:35:06,`4200000001,`4200000001,`交易,`交易,`收入,`0.01,`0.01,`system,`结算,`ORDER1',
  '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额',
  '`1.0,`1.0,`0.01,`0.0,`0.00',
  '',
].join('\r\n');
const TRADES = [
  '\ufeff交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,商品名称,商户数据包,手续费,费率,订单金额,费率备注',
  '`2026-11-23 22:55:53,`wx2421b1c4370ec43b,`10000100,`0,`,`4200000001,`ORDER1,`oHkL,`JSAPI,`SUCCESS,`OTHERS,`CNY,`0.01,`0.00,`tea, green,`,`0.00000,`1.00%,`0.01,`',
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额',
  '`1,`0.01,`0.00,`0.00,`0.00000,`0.01,`0.00',
  '',
].join('\r\n');

const withIdentity = { merchant: { ...MERCHANT, identity: { certificatePem: 'c', privateKeyPem: 'k' } } };
const sha1 = (text: string | Uint8Array): string => createHash('sha1').update(text).digest('hex');
const packed = (text: string, headers: Record<string, string> = {}): HttpResponse => ({
  status: 200,
  headers,
  body: gzipSync(text),
});

async function kindsOf(items: AsyncIterable<{ readonly kind: string }>): Promise<string[]> {
  const kinds: string[] = [];
  for await (const item of items) kinds.push(item.kind);
  return kinds;
}

describe('downloadBill', () => {
  test.each([
    ['plain', undefined, () => answerText(TRADES)],
    ['packed', 'GZIP', () => packed(TRADES)],
  ] as const)('gives a %s bill as bytes and row by row', async (_, tarType, reaction) => {
    const world = createTestWorld([reaction]);
    const outcome = await world.client.downloadBill({ billDate: DAY, ...(tarType === undefined ? {} : { tarType }) });
    if (outcome.outcome !== 'done') throw new Error(outcome.message);
    expect(Buffer.from(outcome.answer.bytes).toString()).toBe(TRADES);
    const kinds = await kindsOf(outcome.answer.items());
    expect(kinds).toHaveLength(2);
    expect(kinds).not.toContain('flaw');
    expect(kinds.at(-1)).toBe('summary');
  });

  test('is rejected when there is no bill', async () => {
    const world = createTestWorld([
      () =>
        answerText(
          '<xml><return_code>FAIL</return_code><return_msg>No Bill Exist</return_msg><error_code>20002</error_code></xml>',
        ),
    ]);
    expect(await world.client.downloadBill({ billDate: DAY })).toMatchObject({
      outcome: 'rejected',
      code: 'NO_BILL_EXIST',
    });
  });

  test('is unknown when its packing is damaged, after another try at the other host', async () => {
    const cut: HttpResponse = { status: 200, headers: {}, body: gzipSync(TRADES).subarray(0, 60) };
    const world = createTestWorld([() => cut]);
    const outcome = await world.finish(world.client.downloadBill({ billDate: DAY, tarType: 'GZIP' }));
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'damaged' });
    expect(outcome.attempts.length).toBeGreaterThan(1);
  });

  test('is unknown when a web page comes', async () => {
    const world = createTestWorld([() => answerText('<html><body>busy</body></html>')]);
    const outcome = await world.finish(world.client.downloadBill({ billDate: DAY }));
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'html' });
  });

  test('may take a minute and hundreds of megabytes', async () => {
    const world = createTestWorld([() => answerText(TRADES)]);
    await world.client.downloadBill({ billDate: DAY });
    expect(world.requests[0]).toMatchObject({ timeLimits: { answerMs: 60_000 }, answerBytesMax: 268_435_456 });
  });
});

describe('downloadFundFlow', () => {
  const request = { billDate: DAY, accountType: 'Basic' } as const;

  test.each([
    ['of the bill', () => answerText(FUND_FLOW, 200, { digest: `SHA=${sha1(FUND_FLOW)}` }), undefined],
    ['of the bill, packed', () => packed(FUND_FLOW, { digest: `SHA=${sha1(FUND_FLOW)}` }), 'GZIP'],
    [
      'of the packed file',
      () => packed(FUND_FLOW, { digest: `SHA=${sha1(gzipSync(FUND_FLOW)).toUpperCase()}` }),
      'GZIP',
    ],
    ['that is missing', () => answerText(FUND_FLOW), undefined],
  ] as const)('takes a bill with the Digest %s', async (_, reaction, tarType) => {
    const world = createTestWorld([reaction], withIdentity);
    const outcome = await world.client.downloadFundFlow({ ...request, ...(tarType === undefined ? {} : { tarType }) });
    if (outcome.outcome !== 'done') throw new Error(outcome.message);
    expect(await kindsOf(outcome.answer.items())).not.toContain('flaw');
    expect(world.sent[0]?.get('sign_type')).toBe('HMAC-SHA256');
  });

  test('is unknown when the bill is not what its Digest says', async () => {
    const world = createTestWorld([() => answerText(FUND_FLOW, 200, { digest: `SHA=${sha1('other')}` })], withIdentity);
    const outcome = await world.finish(world.client.downloadFundFlow(request));
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'damaged' });
  });

  test('is rejected by the texts of the gateway', async () => {
    const world = createTestWorld([() => refusedWith('Param Error')], withIdentity);
    expect(await world.client.downloadFundFlow(request)).toMatchObject({ outcome: 'rejected', code: 'PARAM_ERROR' });
  });
});
