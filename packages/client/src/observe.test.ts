import { createSecret, type MicropayRequest, parseFen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { ClientEvent } from './observe.ts';
import type { Outcome } from './outcome.ts';
import {
  answer,
  answerText,
  API_KEY,
  createTestWorld,
  failed,
  MERCHANT,
  noAnswer,
  OUT_TRADE_NO,
  PAID,
  refusedWith,
  valueOf,
} from './testing/test-world.ts';

const APP_SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const AUTH_CODE = '134567890123456789';
const PRIVATE_KEY = '-----BEGIN PRIVATE KEY-----secret';
const MERCHANT_WITH_SECRETS = {
  ...MERCHANT,
  appSecret: createSecret(APP_SECRET),
  identity: { certificatePem: 'c', privateKeyPem: PRIVATE_KEY },
};
const PAY: MicropayRequest = {
  outTradeNo: OUT_TRADE_NO,
  body: 'shop-tea',
  totalFen: valueOf(parseFen('100')),
  spbillCreateIp: '203.0.113.7',
  authCode: AUTH_CODE,
};

function createObserved(reactions: Parameters<typeof createTestWorld>[0]) {
  const events: ClientEvent[] = [];
  const world = createTestWorld(reactions, {
    merchant: MERCHANT_WITH_SECRETS,
    observe: (event) => {
      events.push(event);
    },
  });
  return { ...world, events };
}

describe('observe', () => {
  test('tells the course of a call: its start, every attempt, its outcome', async () => {
    const world = createObserved([noAnswer('connect-timeout', 'not-sent'), () => failed('ORDERNOTEXIST')]);
    await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO });
    expect(world.events).toMatchObject([
      { kind: 'call-started', callId: 1, operation: 'orderquery', mchid: '10000100', outTradeNo: OUT_TRADE_NO },
      { kind: 'attempt-finished', callId: 1, attemptNumber: 1, attempt: { failure: 'connect-timeout' } },
      { kind: 'attempt-finished', callId: 1, attemptNumber: 2, attempt: { code: 'ORDERNOTEXIST' } },
      { kind: 'call-finished', callId: 1, outcome: 'rejected', code: 'ORDERNOTEXIST', attemptsCount: 2 },
    ]);
  });

  test('tells the reason of an unknown outcome, and another id for every call', async () => {
    const world = createObserved([() => answer({ ...PAID, mch_id: '1' })]);
    await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO });
    await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO });
    const finished = world.events.filter(({ kind }) => kind === 'call-finished');
    expect(finished).toMatchObject([
      { callId: 1, reason: 'other-merchant' },
      { callId: 2, reason: 'other-merchant' },
    ]);
  });

  test('cannot break a call by throwing', async () => {
    const world = createTestWorld([() => answer(PAID)], {
      observe: () => {
        throw new Error('the log is full');
      },
    });
    expect((await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO })).outcome).toBe('done');
  });
});

test('no key, signature, secret, auth_code or body is in any event or outcome, whatever happens', async () => {
  const reactions = [
    () => answer(PAID),
    () => failed('USERPAYING'),
    () => refusedWith('签名错误'),
    () => answerText('<html>'),
    () => answer({ ...PAID, sign: 'FORGED' }),
    () => answer({ ...PAID, total_fee: '7' }),
    () => failed('SYSTEMERROR'),
    noAnswer('connection-lost', 'maybe-sent'),
    noAnswer('connect-timeout', 'not-sent'),
  ];
  for (const reaction of reactions) {
    const world = createObserved([reaction]);
    const { client } = world;
    const calls: (() => Promise<Outcome<unknown>>)[] = [
      () => client.orderQuery({ outTradeNo: OUT_TRADE_NO }),
      () => client.micropay(PAY),
      () => client.reverse({ outTradeNo: OUT_TRADE_NO }),
      () => client.authCodeToOpenid({ authCode: AUTH_CODE }),
      () => client.getSignKey({ sandbox: 'xdc' }),
      () => client.oauth.accessToken({ code: 'THE_OAUTH_CODE' }),
      () => client.call('/pay/new', { attach: 'bad \u{1f600}' }),
    ];
    for (const call of calls) {
      const outcome = await world.finish(call());
      const seen = JSON.stringify([outcome, world.events]);
      const signs = world.sent.map((fields) => fields.get('sign')).filter((sign) => sign !== undefined);
      const nonces = world.sent.map((fields) => fields.get('nonce_str')).filter((nonce) => nonce !== undefined);
      const secrets = [API_KEY.reveal(), APP_SECRET, AUTH_CODE, PRIVATE_KEY, 'THE_OAUTH_CODE', ...signs, ...nonces];
      for (const secret of secrets) expect(seen).not.toContain(secret);
    }
    const events = JSON.stringify(world.events);
    for (const private_ of [PAID.openid, '<xml>', 'spbill_create_ip']) expect(events).not.toContain(private_);
  }
});
