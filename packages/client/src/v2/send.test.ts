import { createSeededRandom, nextTurn } from '@orderkeeper/ports';
import { describe, expect, test } from 'vitest';
import {
  answer,
  answerText,
  createTestWorld,
  failed,
  MERCHANT,
  noAnswer,
  OTHER_KEY,
  OUT_TRADE_NO,
  PAID,
  refusedWith,
  silence,
  START_MS,
  TRANSACTION_ID,
  unpaid,
  valueOf,
} from '../testing/test-world.ts';
import { createClient } from '../create-client.ts';
import { parseAppid, parseMchid, signFields } from '@orderkeeper/protocol';

const PRIMARY = 'https://api.mch.weixin.qq.com';
const SECONDARY = 'https://api2.mch.weixin.qq.com';

describe('what is sent', () => {
  test('a request carries sender, nonce and sign_type, and its signature covers all of them', async () => {
    const world = createTestWorld([() => answer(PAID)]);
    await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO });
    const [request] = world.requests;
    const [fields] = world.sent;
    expect(request).toMatchObject({ method: 'POST', url: `${PRIMARY}/pay/orderquery` });
    expect(Object.fromEntries(fields ?? [])).toMatchObject({
      appid: MERCHANT.appid,
      mch_id: MERCHANT.mchid,
      out_trade_no: OUT_TRADE_NO,
      sign_type: 'HMAC-SHA256',
    });
    expect(fields?.get('nonce_str')).toMatch(/^[0-9a-f]{32}$/);
    expect(fields?.get('sign')).toBe(signFields(fields ?? new Map(), MERCHANT.apiKey, 'HMAC-SHA256'));
  });

  test('a merchant who signs with MD5 sends no sign_type and accepts an MD5 answer', async () => {
    const world = createTestWorld([() => answer(PAID, { signType: 'MD5' })], {
      merchant: { ...MERCHANT, signType: 'MD5' },
    });
    const outcome = await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO });
    expect(outcome.outcome).toBe('done');
    expect(world.sent[0]?.has('sign_type')).toBe(false);
  });

  test('a repetition has the same content and a new nonce', async () => {
    const world = createTestWorld([() => failed('SYSTEMERROR'), () => answer(PAID)]);
    await world.finish(world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }));
    const [first, second] = world.sent.map((fields) => new Map(fields));
    expect(first?.get('nonce_str')).not.toBe(second?.get('nonce_str'));
    for (const fields of [first, second]) for (const name of ['nonce_str', 'sign']) fields?.delete(name);
    expect(first).toEqual(second);
  });

  test('the sub-merchant of a call stands in for that of the merchant', async () => {
    const world = createTestWorld([() => answer(PAID)], {
      merchant: {
        ...MERCHANT,
        subMchid: valueOf(parseMchid('20000200')),
        subAppid: valueOf(parseAppid('wx0000000000000002')),
      },
    });
    await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO });
    const subMerchant = { subMchid: valueOf(parseMchid('30000300')) };
    await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }, { subMerchant });
    expect(world.sent.map((fields) => [fields.get('sub_mch_id'), fields.get('sub_appid')])).toEqual([
      ['20000200', 'wx0000000000000002'],
      ['30000300', undefined],
    ]);
  });
});

describe('a call is done', () => {
  test('when a signed answer reports the order; it tells attempts, time and fields', async () => {
    const world = createTestWorld([
      async () => {
        await new Promise<void>((resolve) => world.clock.after(120, resolve));
        return answer(PAID);
      },
    ]);
    const outcome = await world.finish(world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }));
    expect(outcome).toMatchObject({
      outcome: 'done',
      answer: { tradeState: 'SUCCESS', totalFen: 100, transactionId: TRANSACTION_ID },
      tookMs: 120,
      attempts: [{ host: PRIMARY, startedAtMs: START_MS, tookMs: 120, status: 200, delivery: 'maybe-sent' }],
    });
    expect(outcome.fields?.get('openid')).toBe(PAID.openid);
  });

  test('when an answer has fields that nobody knows', async () => {
    const world = createTestWorld([() => answer({ ...PAID, zz_future_field: '1', sub_mch_id: '' })]);
    expect((await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO })).outcome).toBe('done');
  });
});

describe('a call is rejected', () => {
  test('by a signed code, with its meaning and remedy', async () => {
    const world = createTestWorld([() => failed('ORDERNOTEXIST', 'order not exist')]);
    const outcome = await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO });
    expect(outcome).toMatchObject({
      outcome: 'rejected',
      code: 'ORDERNOTEXIST',
      meaning: 'no order has this number',
      message: 'order not exist',
      attempts: [{ code: 'ORDERNOTEXIST', status: 200 }],
    });
  });

  test('by the text of an unsigned refusal, without fields because nobody vouches for them', async () => {
    const world = createTestWorld([() => refusedWith('签名错误')]);
    const outcome = await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO });
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'SIGNERROR', message: '签名错误' });
    expect(outcome.fields).toBeUndefined();
  });

  test('by the client itself when the certificate is missing, before anything is sent', async () => {
    const world = createTestWorld([() => answer({})]);
    const outcome = await world.client.reverse({ outTradeNo: OUT_TRADE_NO });
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'CLIENT_CERTIFICATE_MISSING', attempts: [] });
    expect(world.requests).toEqual([]);
  });

  test('by the client itself when a field cannot be sent, naming it', async () => {
    const world = createTestWorld([() => answer({})]);
    const outcome = await world.client.call('/pay/orderquery', { attach: 'with \u{1f600}' });
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'FIELD_INVALID', attempts: [] });
    expect(outcome.outcome === 'rejected' && outcome.message).toContain('attach');
    expect(world.requests).toEqual([]);
  });
});

describe('a call is unknown, and nothing is believed', () => {
  test.each([
    ['another key signed the answer', () => answer(PAID, { key: OTHER_KEY }), 'sign-mismatch'],
    ['MD5 signed the answer to an HMAC-SHA256 request', () => answer(PAID, { signType: 'MD5' }), 'sign-type-weaker'],
    ['the answer is about another merchant', () => answer({ ...PAID, mch_id: '10000999' }), 'other-merchant'],
    ['the answer is about another appid', () => answer({ ...PAID, appid: 'wx0000000000000009' }), 'other-merchant'],
    ['the answer is about another order', () => answer({ ...PAID, out_trade_no: 'ORDER2' }), 'other-number'],
    ['an essential field is missing', () => answer({ ...PAID, total_fee: '' }), 'field-missing'],
    ['an essential field is malformed', () => answer({ ...PAID, total_fee: '1.00' }), 'field-invalid'],
    ['result_code is missing', () => answer({ ...PAID, result_code: '' }), 'result-code-missing'],
    [
      'the sign is missing',
      () => answerText('<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code></xml>'),
      'sign-missing',
    ],
    ['the answer has a DOCTYPE', () => answerText('<!DOCTYPE xml [<!ENTITY a "b">]><xml/>'), 'doctype'],
    ['HTTP says 400', () => answerText('<html>400 No required SSL certificate was sent</html>', 400), 'http-status'],
  ])('is the outcome because %s', async (_, reaction, reason) => {
    const world = createTestWorld([reaction]);
    const outcome = await world.finish(world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }));
    expect(outcome).toMatchObject({ outcome: 'unknown', reason });
    expect(outcome.attempts).toHaveLength(1);
  });

  test.each([
    ['a web page', () => answerText('<!DOCTYPE html><html><body>404</body></html>'), 'html'],
    ['a truncated message', () => answerText('<xml><return_code>SUCC'), 'malformed'],
    ['nothing', () => answerText(''), 'empty'],
    ['HTTP 502', () => answerText('', 502), 'http-status'],
  ])('is the outcome because %s came from both hosts, every time', async (_, reaction, reason) => {
    const world = createTestWorld([reaction]);
    const outcome = await world.finish(world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }));
    expect(outcome).toMatchObject({ outcome: 'unknown', reason });
    expect(outcome.attempts.map(({ host }) => host)).toEqual([PRIMARY, SECONDARY, PRIMARY, SECONDARY]);
  });

  test('because another transaction was answered than was asked for', async () => {
    const world = createTestWorld([() => answer({ ...PAID, transaction_id: '4200000001202611240000000002' })]);
    const outcome = await world.client.orderQuery({ transactionId: TRANSACTION_ID });
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'other-number' });
  });

  test('because WeChat Pay says SYSTEMERROR until the attempts are used up', async () => {
    const world = createTestWorld([() => failed('SYSTEMERROR', 'system error')]);
    const outcome = await world.finish(world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }));
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'code', code: 'SYSTEMERROR', message: 'system error' });
    expect(outcome.attempts.map(({ host }) => host)).toEqual([PRIMARY, PRIMARY, PRIMARY, PRIMARY]);
  });

  test('because the transport failed in a way it has not promised', async () => {
    const world = createTestWorld([
      () => {
        throw new TypeError('a bug');
      },
    ]);
    const outcome = await world.finish(world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }));
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'connection-lost' });
  });
});

describe('failing over', () => {
  test('a host that cannot be reached costs one attempt and no wait', async () => {
    const world = createTestWorld([noAnswer('connection-refused', 'not-sent'), () => answer(PAID)]);
    const outcome = await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO });
    expect(outcome).toMatchObject({
      outcome: 'done',
      tookMs: 0,
      attempts: [
        { host: PRIMARY, failure: 'connection-refused', delivery: 'not-sent' },
        { host: SECONDARY, status: 200 },
      ],
    });
  });

  test('after three connect timeouts calls go to the second host first, for three minutes', async () => {
    const timeout = noAnswer('connect-timeout', 'not-sent');
    const paid = () => answer(PAID);
    const world = createTestWorld([timeout, paid, timeout, paid, timeout, paid, paid, paid]);
    const firstHost = async (): Promise<string | undefined> =>
      (await world.finish(world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }))).attempts[0]?.host;
    expect([await firstHost(), await firstHost(), await firstHost()]).toEqual([PRIMARY, PRIMARY, PRIMARY]);
    expect(await firstHost()).toBe(SECONDARY);
    await world.clock.advance(180_000);
    expect(await firstHost()).toBe(PRIMARY);
  });

  test('with one host only, that host is asked again after a wait', async () => {
    const world = createTestWorld([noAnswer('connection-refused', 'not-sent'), () => answer(PAID)], {
      hosts: { primary: 'http://127.0.0.1:9' },
    });
    const outcome = await world.finish(world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }));
    expect(outcome.attempts.map(({ host }) => host)).toEqual(['http://127.0.0.1:9', 'http://127.0.0.1:9']);
    expect(outcome.tookMs).toBeGreaterThan(0);
  });
});

describe('time', () => {
  test('a call to hosts that never answer ends exactly at its deadline', async () => {
    const world = createTestWorld([silence], { deadlineMs: 30_000 });
    const outcome = await world.finish(world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }));
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'answer-timeout', tookMs: 30_000 });
    expect(world.clock.nowMs()).toBe(START_MS + 30_000);
  });

  test('the deadline of a call wins over that of the client, and its last attempt gets only what is left', async () => {
    const world = createTestWorld([silence]);
    const call = world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }, { deadlineMs: 2_500 });
    expect(await world.finish(call)).toMatchObject({ outcome: 'unknown', tookMs: 2_500 });
    expect(world.requests[0]?.timeLimits?.answerMs).toBe(2_500);
  });

  test('no attempt is begun that the deadline leaves no time for', async () => {
    const world = createTestWorld([() => failed('SYSTEMERROR')], { deadlineMs: 1 });
    const outcome = await world.finish(world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }));
    expect(outcome.outcome).toBe('unknown');
    expect(world.clock.nowMs()).toBeLessThanOrEqual(START_MS + 1);
  });

  test('a deadline of nothing sends nothing', async () => {
    const world = createTestWorld([() => answer(PAID)], { deadlineMs: 0 });
    const outcome = await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO });
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'NO_TIME_LEFT' });
    expect(world.requests).toEqual([]);
  });

  test('a wait from which the clock wakes late, past the deadline, leaves the last verdict standing', async () => {
    const world = createTestWorld([() => failed('SYSTEMERROR')], { deadlineMs: 1_000 });
    const lateClock = {
      nowMs: world.clock.nowMs,
      after: (delayMs: number, task: () => void) => world.clock.after(delayMs > 500 ? delayMs : 5_000, task),
    };
    const client = createClient({
      merchant: MERCHANT,
      http: () => Promise.resolve(failed('SYSTEMERROR')),
      clock: lateClock,
      random: createSeededRandom(3),
      deadlineMs: 1_000,
    });
    const outcome = await world.finish(client.orderQuery({ outTradeNo: OUT_TRADE_NO }));
    expect(outcome).toMatchObject({ outcome: 'unknown', code: 'SYSTEMERROR', attempts: [{ code: 'SYSTEMERROR' }] });
  });

  test('an answer that comes after its attempt was given up changes nothing', async () => {
    const world = createTestWorld([
      async () => {
        await new Promise<void>((resolve) => world.clock.after(20_000, resolve));
        return answer(PAID);
      },
      () => unpaid('NOTPAY'),
    ]);
    const outcome = await world.finish(world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }));
    expect(outcome).toMatchObject({ outcome: 'done', answer: { tradeState: 'NOTPAY' }, tookMs: 14_000 });
    await world.clock.advance(60_000);
    expect(world.requests).toHaveLength(2);
  });

  test('nothing stays scheduled after a call', async () => {
    const world = createTestWorld([() => answer(PAID)]);
    await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO });
    expect(world.clock.nextAtMs()).toBeUndefined();
  });
});

describe('aborting', () => {
  test('before anything was sent is a rejection without an attempt', async () => {
    const world = createTestWorld([() => answer(PAID)]);
    const outcome = await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }, { signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'ABORTED_BEFORE_SENDING', attempts: [] });
    expect(world.requests).toEqual([]);
  });

  test('while waiting for the answer is unknown, at once, even if the transport does not listen', async () => {
    const world = createTestWorld([silence]);
    const controller = new AbortController();
    const call = world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }, { signal: controller.signal });
    await world.clock.advance(1_000);
    controller.abort();
    expect(await call).toMatchObject({ outcome: 'unknown', reason: 'aborted', tookMs: 1_000 });
    expect(world.requests[0]?.signal).toBe(controller.signal);
  });

  test('while waiting to repeat ends the wait; certain when nothing had been sent, unknown otherwise', async () => {
    for (const [reaction, expected] of [
      [noAnswer('connection-refused', 'not-sent'), { outcome: 'rejected', code: 'ABORTED_BEFORE_SENDING' }],
      [() => failed('SYSTEMERROR'), { outcome: 'unknown', reason: 'aborted' }],
    ] as const) {
      const world = createTestWorld([reaction], { hosts: { primary: 'http://127.0.0.1:9' } });
      const controller = new AbortController();
      const call = world.client.orderQuery({ outTradeNo: OUT_TRADE_NO }, { signal: controller.signal });
      await nextTurn();
      controller.abort();
      expect(await call).toMatchObject(expected);
      expect(world.clock.nowMs()).toBe(START_MS);
    }
  });

  test('by the transport itself, before sending, is a rejection', async () => {
    const world = createTestWorld([noAnswer('aborted', 'not-sent')]);
    const outcome = await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO });
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'ABORTED_BEFORE_SENDING' });
  });
});
