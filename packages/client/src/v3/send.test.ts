import { nextTurn } from '@orderkeeper/ports';
import { fen, parseOutRefundNo, parseOutTradeNo } from '@orderkeeper/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClientEvent } from '../observe.ts';
import { noAnswer, silence, START_MS, valueOf } from '../testing/test-world.ts';
import { CERTIFICATE, CERTIFICATE_MERCHANT, PUBLIC_KEY } from '../testing/v3-keys.ts';
import {
  certificateList,
  createV3World,
  isSignedRequest,
  membersOf,
  OUT_TRADE_NO,
  paid,
  pathOf,
  refused,
  signed,
  TRANSACTION_ID,
} from '../testing/v3-world.ts';

const PRIMARY = 'https://api.mch.weixin.qq.com';
const SECONDARY = 'https://api2.mch.weixin.qq.com';
const ORDER = {
  outTradeNo: OUT_TRADE_NO,
  description: 'Image形象店-深圳腾大-QQ公仔',
  totalFen: fen(100),
  notifyUrl: 'https://shop.example.com/wxpay/notify',
};
const codeUrl = signed({ code_url: 'weixin://wxpay/bizpayurl?pr=JyC91EIz1' });

describe('a request', () => {
  test('is signed as it is sent, with a body', async () => {
    const { client, requests } = createV3World([codeUrl]);
    expect(await client.native(ORDER)).toMatchObject({ outcome: 'done' });
    const [request] = requests;
    expect(request?.method).toBe('POST');
    expect(requests.map(isSignedRequest)).toEqual([true]);
    expect(membersOf(requests[0] ?? { method: 'GET', url: '', headers: {} })).toMatchObject({
      out_trade_no: OUT_TRADE_NO,
      description: 'Image形象店-深圳腾大-QQ公仔',
      amount: { total: 100, currency: 'CNY' },
    });
  });

  test('is signed as it is sent, without a body', async () => {
    const { client, requests } = createV3World([paid]);
    await client.queryByOutTradeNo({ outTradeNo: OUT_TRADE_NO });
    const [request] = requests;
    expect(request?.url).toBe(`${PRIMARY}/v3/pay/transactions/out-trade-no/${OUT_TRADE_NO}?mchid=1900000001`);
    expect(request).not.toHaveProperty('body');
    expect(requests.map(isSignedRequest)).toEqual([true]);
  });

  test('has the headers without which WeChat Pay refuses it', async () => {
    const { client, requests } = createV3World([codeUrl, paid]);
    await client.native(ORDER);
    await client.queryByOutTradeNo({ outTradeNo: OUT_TRADE_NO });
    expect(requests.map(({ headers }) => [headers['accept'], headers['content-type'], headers['user-agent']])).toEqual([
      ['application/json', 'application/json', 'orderkeeper-client/0.1'],
      ['application/json', undefined, 'orderkeeper-client/0.1'],
    ]);
  });

  test('names the public key, so that WeChat Pay signs with it, or nothing where there are certificates', async () => {
    const withKey = createV3World([paid]);
    await withKey.client.queryByOutTradeNo({ outTradeNo: OUT_TRADE_NO });
    const withCertificates = createV3World([signed({}, { by: CERTIFICATE })], {
      merchant: CERTIFICATE_MERCHANT,
      certificates: [certificateList([CERTIFICATE])],
    });
    await withCertificates.client.queryByOutTradeNo({ outTradeNo: OUT_TRADE_NO });
    expect(withKey.requests[0]?.headers['wechatpay-serial']).toBe(PUBLIC_KEY.serial);
    expect(withCertificates.requests[0]?.headers).not.toHaveProperty('wechatpay-serial');
  });

  test('keeps every character and the case of any number in its path, and is signed over the escaped form', async () => {
    const { client, requests } = createV3World([paid]);
    const numbers = fc.stringMatching(/^[0-9A-Za-z_\-|*]{6,32}$/);
    await fc.assert(
      fc.asyncProperty(numbers, async (number) => {
        await client.close({ outTradeNo: valueOf(parseOutTradeNo(number)) });
        await client.refundQuery({ outRefundNo: valueOf(parseOutRefundNo(number)) });
        for (const request of requests.slice(-2)) {
          const segments = pathOf(request).split('/');
          expect(segments.map(decodeURIComponent)).toContain(number);
          expect(pathOf(request)).toMatch(/^[!-{}~]+$/);
          expect(isSignedRequest(request)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['A|B*C_1-2', 'A%7CB*C_1-2'],
    ['order_Abc-XYZ', 'order_Abc-XYZ'],
  ])('has the number %s in its path as %s', async (number, escaped) => {
    const { client, requests } = createV3World([paid]);
    await client.queryByOutTradeNo({ outTradeNo: valueOf(parseOutTradeNo(number)) });
    expect(requests.map(pathOf)).toEqual([`/v3/pay/transactions/out-trade-no/${escaped}?mchid=1900000001`]);
  });

  test('that lacks something or cannot be sent as it is, is refused here', async () => {
    const { client, requests } = createV3World([codeUrl]);
    expect(await client.native({ ...ORDER, description: '' })).toMatchObject({
      outcome: 'rejected',
      code: 'FIELD_MISSING',
      attempts: [],
    });
    expect(await client.native({ ...ORDER, description: 'tea 🍵' })).toMatchObject({
      outcome: 'rejected',
      code: 'FIELD_INVALID',
      attempts: [],
    });
    expect(requests).toEqual([]);
  });
});

describe('failing over', () => {
  test('goes to the second host at once, under the same content and a signature of its own', async () => {
    const { client, requests } = createV3World([noAnswer('connection-refused', 'not-sent'), codeUrl]);
    expect(await client.native(ORDER)).toMatchObject({ outcome: 'done', tookMs: 0 });
    expect(requests.map(({ url }) => new URL(url).origin)).toEqual([PRIMARY, SECONDARY]);
    expect(new Set(requests.map(({ body }) => body)).size).toBe(1);
    expect(requests.map(isSignedRequest)).toEqual([true, true]);
    expect(new Set(requests.map(({ headers }) => headers['authorization'])).size).toBe(2);
  });

  test('a repetition is signed when it is sent, not when the call began', async () => {
    const { client, requests, finish } = createV3World([refused(500, 'SYSTEM_ERROR'), silence, codeUrl]);
    expect(await finish(client.native(ORDER))).toMatchObject({ outcome: 'done' });
    const timestamps = requests.map(({ headers }) => /timestamp="(\d+)"/.exec(headers['authorization'] ?? '')?.[1]);
    const [first = '', , third = ''] = timestamps;
    expect(Number(third) - Number(first)).toBeGreaterThanOrEqual(14);
    expect(requests.map(isSignedRequest)).toEqual([true, true, true]);
  });

  test('after three connect timeouts calls go to the second host first', async () => {
    const timeout = noAnswer('connect-timeout', 'not-sent');
    const { client, requests, finish } = createV3World([timeout, paid, timeout, paid, timeout, paid, paid]);
    for (let count = 0; count < 4; count += 1) {
      await finish(client.queryByOutTradeNo({ outTradeNo: OUT_TRADE_NO }));
    }
    expect(new URL(requests.at(-1)?.url ?? '').origin).toBe(SECONDARY);
  });
});

describe('time', () => {
  test('a call to hosts that never answer ends exactly at its deadline', async () => {
    const { client, clock, finish } = createV3World([silence]);
    const call = client.queryById({ transactionId: TRANSACTION_ID }, { deadlineMs: 5_000 });
    expect(await finish(call)).toMatchObject({ outcome: 'unknown', reason: 'answer-timeout', tookMs: 5_000 });
    expect(clock.nowMs()).toBe(START_MS + 5_000);
    expect(clock.nextAtMs()).toBeUndefined();
  });

  test('an abort before anything was sent is certain, one while waiting is not', async () => {
    const { client, requests } = createV3World([silence]);
    const before = await client.native(ORDER, { signal: AbortSignal.abort() });
    expect(before).toMatchObject({ outcome: 'rejected', code: 'ABORTED_BEFORE_SENDING', attempts: [] });
    const controller = new AbortController();
    const call = client.native(ORDER, { signal: controller.signal });
    await nextTurn();
    controller.abort();
    expect(await call).toMatchObject({ outcome: 'unknown', reason: 'aborted' });
    expect(requests).toHaveLength(1);
  });
});

const ASIDE = { signing: 'aside-when-busy' } as const;

describe('many calls at once', () => {
  test('are signed aside, each for itself, and none is mixed up with another', async () => {
    const numbers = Array.from({ length: 40 }, (_, index) => valueOf(parseOutTradeNo(`ORDER${1000 + index}`)));
    const { client, requests } = createV3World(
      [
        (request, nowMs) => {
          const number = /out-trade-no\/(\w+)/.exec(request.url)?.[1];
          return signed({ ...PAID_ORDER, out_trade_no: number })(request, nowMs);
        },
      ],
      ASIDE,
    );
    const outcomes = await Promise.all(numbers.map((outTradeNo) => client.queryByOutTradeNo({ outTradeNo })));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(numbers.map(() => 'done'));
    expect(requests.every(isSignedRequest)).toBe(true);
    expect(new Set(requests.map(({ headers }) => headers['authorization'])).size).toBe(numbers.length);
  });

  test('leave in the order in which they were made where all of them are signed on this thread', async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => valueOf(parseOutTradeNo(`ORDER${1000 + index}`)));
    const { client, requests } = createV3World([silence]);
    const all = new AbortController();
    const options = { signal: all.signal };
    const running = numbers.map((outTradeNo) => client.queryByOutTradeNo({ outTradeNo }, options));
    // No turn has passed: nothing has waited for another thread.
    expect(requests.map(({ url }) => /ORDER\w+/.exec(url)?.[0])).toEqual(numbers);
    all.abort();
    await Promise.all(running);
  });

  test('one that is aborted while it is signed aside is not sent', async () => {
    const { client, requests } = createV3World([silence], ASIDE);
    const others = new AbortController();
    const running = Array.from({ length: 4 }, () =>
      client.queryById({ transactionId: TRANSACTION_ID }, { signal: others.signal }),
    );
    await nextTurn();
    expect(requests).toHaveLength(4);
    const controller = new AbortController();
    const call = client.native(ORDER, { signal: controller.signal });
    controller.abort();
    expect(await call).toMatchObject({ outcome: 'rejected', code: 'ABORTED_BEFORE_SENDING', attempts: [] });
    expect(requests).toHaveLength(4);
    others.abort();
    await Promise.all(running);
  });
});

const PAID_ORDER = {
  appid: 'wxd678efh567hg6787',
  mchid: '1900000001',
  trade_state: 'SUCCESS',
  transaction_id: TRANSACTION_ID,
  amount: { total: 100 },
};

describe('hooks', () => {
  test('tell of a call from its beginning to its end, and nothing that is secret', async () => {
    const events: ClientEvent[] = [];
    const { client } = createV3World([paid], { observe: (event) => events.push(event) });
    await client.queryByOutTradeNo({ outTradeNo: OUT_TRADE_NO });
    expect(events).toMatchObject([
      { kind: 'call-started', operation: 'query-by-out-trade-no', mchid: '1900000001', outTradeNo: OUT_TRADE_NO },
      { kind: 'attempt-finished', attempt: { status: 200 } },
      { kind: 'call-finished', outcome: 'done' },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/oUpF8uMuAJO|signature|PRIVATE/);
  });

  test('tell of fetching certificates as a call of its own', async () => {
    const events: ClientEvent[] = [];
    const { client } = createV3World([signed({}, { by: CERTIFICATE })], {
      merchant: CERTIFICATE_MERCHANT,
      certificates: [certificateList([CERTIFICATE])],
      observe: (event) => events.push(event),
    });
    await client.close({ outTradeNo: OUT_TRADE_NO });
    const begun = events.filter(({ kind }) => kind === 'call-started').map(({ operation }) => operation);
    expect(begun).toEqual(['close', 'certificates']);
  });
});
