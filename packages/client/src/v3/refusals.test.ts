import { fen, V3_LISTED_CODES, V3_OPERATIONS } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../outcome.ts';
import { noAnswer } from '../testing/test-world.ts';
import {
  createV3World,
  OUT_REFUND_NO,
  OUT_TRADE_NO,
  PAID,
  paid,
  refused,
  signed,
  unsigned,
  unsignedRefusal,
  type V3Reaction,
} from '../testing/v3-world.ts';

const query = { outTradeNo: OUT_TRADE_NO };
const refund = { outTradeNo: OUT_TRADE_NO, outRefundNo: OUT_REFUND_NO, totalFen: fen(100), refundFen: fen(40) };
const charge = {
  outTradeNo: OUT_TRADE_NO,
  description: 'tea',
  totalFen: fen(100),
  authCode: '134567890123456789',
  scene: {},
};
const PRIMARY = 'api.mch.weixin.qq.com';
const SECONDARY = 'api2.mch.weixin.qq.com';

/** The hosts that are asked when every answer is the same, for a query, a refund and a payment by code. */
async function hostsAsked(reaction: V3Reaction): Promise<Record<'query' | 'refund' | 'codepay', string>> {
  const asked = async (operation: 'query' | 'refund' | 'codepay'): Promise<string> => {
    const world = createV3World([reaction]);
    const { client } = world;
    const calls = {
      query: () => client.queryByOutTradeNo(query),
      refund: () => client.refund(refund),
      codepay: () => client.codepay(charge, { until: 'answered' }),
    };
    await world.finish<Outcome<unknown>>(calls[operation]());
    return world.requests.map(({ url }) => (new URL(url).host === PRIMARY ? '1' : '2')).join('');
  };
  return { query: await asked('query'), refund: await asked('refund'), codepay: await asked('codepay') };
}

describe('every row of the retry table', () => {
  test.each<[string, V3Reaction, string, string, string]>([
    ['a success', signed(PAID), '1', '1', '1'],
    ['a connection that was refused', noAnswer('connection-refused', 'not-sent'), '1212', '1212', '1212'],
    ['a name that is not resolved', noAnswer('name-not-resolved', 'not-sent'), '1212', '1212', '1212'],
    ['a connect timeout', noAnswer('connect-timeout', 'not-sent'), '1212', '1212', '1212'],
    ['a failed TLS handshake', noAnswer('tls-failed', 'not-sent'), '1212', '1212', '1212'],
    ['an answer timeout', noAnswer('answer-timeout', 'maybe-sent'), '1212', '1212', '1'],
    ['a lost connection', noAnswer('connection-lost', 'maybe-sent'), '1212', '1212', '1'],
    ['an answer too large', noAnswer('answer-too-large', 'maybe-sent'), '1', '1', '1'],
    ['an abort by the transport', noAnswer('aborted', 'maybe-sent'), '1', '1', '1'],
    ['a signed SYSTEM_ERROR', refused(500, 'SYSTEM_ERROR'), '1111', '1111', '1'],
    ['a signed FREQUENCY_LIMITED', refused(429, 'FREQUENCY_LIMITED'), '111', '1', '1'],
    ['a signed PARAM_ERROR', refused(400, 'PARAM_ERROR'), '1', '1', '1'],
    ['a signed NO_AUTH', refused(403, 'NO_AUTH'), '1', '1', '1'],
    ['a signed code that nobody knows', refused(403, 'NEW_CODE'), '1', '1', '1'],
    ['a signed 500 without a code', signed({}, { status: 500 }), '1212', '1212', '1'],
    ['an unsigned SYSTEM_ERROR', unsignedRefusal(500, 'SYSTEM_ERROR'), '1212', '1212', '1'],
    ['an unsigned 503', unsignedRefusal(503, 'SERVICE_UNAVAILABLE'), '1212', '1212', '1'],
    ['an unsigned FREQUENCY_LIMITED', unsignedRefusal(429, 'FREQUENCY_LIMITED'), '111', '1', '1'],
    ['an unsigned PARAM_ERROR', unsignedRefusal(400, 'PARAM_ERROR'), '1', '1', '1'],
    ['an unsigned 502 of a proxy', unsigned(502, 'Bad Gateway'), '1212', '1212', '1'],
    ['an unsigned 404 of an unknown path', unsigned(404, ''), '1', '1', '1'],
    ['a redirection', unsigned(302, '', { location: 'https://example.com' }), '1', '1', '1'],
    ['a web page', unsigned(200, '<!DOCTYPE html><html></html>'), '1212', '1212', '1'],
    ['a web page with 503', unsigned(503, '<html><body>busy</body></html>'), '1212', '1212', '1'],
    ['an answer that was cut', signed(PAID, { arriving: '{"amount":{"cur' }), '1212', '1212', '1'],
    ['an answer that was changed', signed(PAID, { arriving: '{}' }), '1', '1', '1'],
    ['an answer without a signature', unsigned(200, '{}'), '1', '1', '1'],
    ['an answer about another order', signed({ ...PAID, out_trade_no: 'ORDER2' }), '1', '1', '1'],
  ])('%s: a query, a refund and a payment by code ask the right hosts', async (_, reaction, ...hosts) => {
    const [byQuery, byRefund, byCodepay] = hosts;
    expect(await hostsAsked(reaction)).toEqual({ query: byQuery, refund: byRefund, codepay: byCodepay });
  });
});

describe('a refusal that nobody signed', () => {
  test.each([
    ['ORDER_NOT_EXIST', 404],
    ['PARAM_ERROR', 400],
    ['NO_AUTH', 403],
    ['SIGN_ERROR', 403],
    ['NO_AUTH', 401],
  ])('is doubted, and its code is told: %s', async (code, status) => {
    const world = createV3World([unsignedRefusal(status, code)]);
    const outcome = await world.client.queryByOutTradeNo(query);
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'header-missing', code, attempts: [{ code }] });
    expect('message' in outcome && outcome.message).toBe(`HTTP status ${status}, ${code}: message of ${code}`);
    expect(outcome.answerBytes).toBeUndefined();
  });

  test('is believed where the merchant says so, still without evidence', async () => {
    const world = createV3World([unsignedRefusal(404, 'ORDER_NOT_EXIST')], { unsignedRefusals: 'believed' });
    const outcome = await world.client.queryByOutTradeNo(query);
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'ORDER_NOT_EXIST' });
    expect(outcome.answerBytes).toBeUndefined();
  });

  test('is doubted where some of its headers were lost, and believed never when its signature is wrong', async () => {
    const settings = { unsignedRefusals: 'believed' } as const;
    const partly = createV3World([refused(404, 'ORDER_NOT_EXIST', { without: ['wechatpay-nonce'] })]);
    const forged = createV3World([refused(404, 'ORDER_NOT_EXIST', { arriving: '{"code":"NO_AUTH"}' })], settings);
    expect(await partly.client.queryByOutTradeNo(query)).toMatchObject({ reason: 'header-missing' });
    expect(await forged.client.queryByOutTradeNo(query)).toMatchObject({ reason: 'signature-mismatch' });
  });

  test.each([
    ['401 SIGN_ERROR', unsignedRefusal(401, 'SIGN_ERROR', '签名错误'), 'SIGN_ERROR'],
    ['the headers', unsignedRefusal(400, 'INVALID_REQUEST', 'Http头缺少Accept或User-Agent'), 'INVALID_REQUEST'],
  ])('before authentication is by protocol never signed, and believed: %s', async (_, reaction, code) => {
    const world = createV3World([reaction]);
    expect(await world.client.refund(refund)).toMatchObject({ outcome: 'rejected', code });
  });

  test('before authentication settles nothing about an earlier attempt', async () => {
    const world = createV3World([noAnswer('connection-lost', 'maybe-sent'), unsignedRefusal(401, 'SIGN_ERROR')]);
    const outcome = await world.finish(world.client.refund(refund));
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'code', code: 'SIGN_ERROR' });
  });

  test('shows what the gateway verified in the place of what we signed', async () => {
    const seen = 'GET\n/v3/pay/transactions/out-trade-no/ORDER20261124001?mchid=1900000001\n1795406400\nABC\n\n';
    const detail = {
      detail: { issue: 'sign not match' },
      field: 'signature',
      location: 'authorization',
      sign_information: { method: 'GET', truncated_sign_message: seen },
    };
    const text = JSON.stringify({ code: 'SIGN_ERROR', detail, message: '签名错误' });
    const world = createV3World([unsigned(401, text)]);
    const outcome = await world.client.queryByOutTradeNo(query);
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'SIGN_ERROR' });
    expect('message' in outcome && outcome.message).toContain(JSON.stringify(seen));
  });

  test('makes a call patient, and a true answer afterwards counts', async () => {
    const world = createV3World([unsignedRefusal(503, 'SERVICE_UNAVAILABLE'), paid]);
    expect(await world.finish(world.client.queryByOutTradeNo(query))).toMatchObject({
      outcome: 'done',
      attempts: [{ code: 'SERVICE_UNAVAILABLE' }, { status: 200 }],
    });
    expect(world.requests.map(({ url }) => new URL(url).host)).toEqual([PRIMARY, SECONDARY]);
  });
});

describe('a signed refusal', () => {
  test.each(V3_LISTED_CODES.filter(({ operation }) => operation === 'query-by-out-trade-no' || operation === 'close'))(
    'of $operation with $code ends as its row says',
    async ({ operation, code, status, outcome }) => {
      const world = createV3World([refused(status, code)]);
      const call = operation === 'close' ? world.client.close(query) : world.client.queryByOutTradeNo(query);
      expect(await world.finish(call)).toMatchObject({ outcome, code });
    },
  );

  test('of a change that nobody knows leaves it open, of a question it does not', async () => {
    const world = createV3World([refused(403, 'NEW_CODE')]);
    expect(await world.client.refund(refund)).toMatchObject({ outcome: 'unknown', reason: 'code', code: 'NEW_CODE' });
    expect(await world.client.queryByOutTradeNo(query)).toMatchObject({ outcome: 'rejected', code: 'NEW_CODE' });
  });

  test('with status 202 means that it is not finished, and is asked for again', async () => {
    const world = createV3World([signed({}, { status: 202 }), signed(undefined, { status: 204 })]);
    expect(V3_OPERATIONS.close.success).toEqual([204]);
    expect(await world.finish(world.client.close(query))).toMatchObject({ outcome: 'done' });
    expect(world.requests).toHaveLength(2);
  });
});
