import { type MicropayRequest, parseFen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import {
  answer,
  createTestWorld,
  failed,
  noAnswer,
  OUT_TRADE_NO,
  PAID,
  type Reaction,
  refusedWith,
  silence,
  START_MS,
  TRANSACTION_ID,
  unpaid,
  valueOf,
} from '../testing/test-world.ts';

const REQUEST: MicropayRequest = {
  outTradeNo: OUT_TRADE_NO,
  body: 'shop-tea',
  totalFen: valueOf(parseFen('100')),
  spbillCreateIp: '203.0.113.7',
  authCode: '134567890123456789',
};
const paid: Reaction = () => answer(PAID);
const userPaying: Reaction = () => failed('USERPAYING', '需要用户输入支付密码');

function pay(reactions: readonly Reaction[], options: { deadlineMs?: number; signal?: AbortSignal } = {}) {
  const world = createTestWorld(reactions);
  const paths = (): string[] => world.requests.map(({ url }) => url.slice(url.lastIndexOf('/')));
  return { ...world, paths, call: world.client.micropay(REQUEST, options) };
}

describe('a payment is done', () => {
  test('when it succeeds at once', async () => {
    const { call, paths } = pay([paid]);
    expect(await call).toMatchObject({ outcome: 'done', answer: { totalFen: 100, transactionId: TRANSACTION_ID } });
    expect(paths()).toEqual(['/micropay']);
  });

  test('when the payer enters the password and a query every five seconds shows it', async () => {
    const { call, paths, finish } = pay([userPaying, () => unpaid('USERPAYING'), () => unpaid('USERPAYING'), paid]);
    const outcome = await finish(call);
    expect(outcome).toMatchObject({ outcome: 'done', answer: { transactionId: TRANSACTION_ID }, tookMs: 15_000 });
    expect(outcome.attempts.map(({ startedAtMs }) => startedAtMs - START_MS)).toEqual([0, 5_000, 10_000, 15_000]);
    expect(paths()).toEqual(['/micropay', '/orderquery', '/orderquery', '/orderquery']);
  });

  test('when its answer was lost: it is queried and never submitted again', async () => {
    const { call, paths, finish } = pay([
      noAnswer('connection-lost', 'maybe-sent'),
      () => failed('ORDERNOTEXIST'),
      paid,
    ]);
    expect(await finish(call)).toMatchObject({ outcome: 'done' });
    expect(paths()).toEqual(['/micropay', '/orderquery', '/orderquery']);
  });

  test('when nothing had left for the first host: only then it is submitted once more, to the second', async () => {
    const { call, requests, finish } = pay([noAnswer('connect-timeout', 'not-sent'), paid]);
    expect(await finish(call)).toMatchObject({ outcome: 'done' });
    expect(requests.map(({ url }) => url)).toEqual([
      'https://api.mch.weixin.qq.com/pay/micropay',
      'https://api2.mch.weixin.qq.com/pay/micropay',
    ]);
  });
});

describe('a payment is rejected', () => {
  test('when WeChat Pay says so, without a query', async () => {
    const { call, paths } = pay([() => failed('NOTENOUGH', '余额不足')]);
    expect(await call).toMatchObject({ outcome: 'rejected', code: 'NOTENOUGH', message: '余额不足' });
    expect(paths()).toEqual(['/micropay']);
  });

  test.each(['PAYERROR', 'REVOKED', 'CLOSED'])('when a query shows %s', async (tradeState) => {
    const { call, finish } = pay([userPaying, () => unpaid(tradeState, '支付失败，请撤销订单')]);
    expect(await finish(call)).toMatchObject({
      outcome: 'rejected',
      code: tradeState,
      message: '支付失败，请撤销订单',
      attempts: [{ code: 'USERPAYING' }, { status: 200 }],
    });
  });
});

describe('a payment is unknown', () => {
  test('when the payer does nothing until the deadline of 45 seconds, and the code says to reverse it', async () => {
    const { call, finish, clock } = pay([userPaying, () => unpaid('USERPAYING')]);
    const outcome = await finish(call);
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'code', code: 'USERPAYING', tookMs: 45_000 });
    expect(outcome.outcome === 'unknown' && outcome.remedy).toContain('reverse');
    expect(outcome.attempts).toHaveLength(9);
    expect(clock.nowMs()).toBe(START_MS + 45_000);
  });

  test('when no host answers anything, exactly until the deadline', async () => {
    const { call, finish, clock, paths } = pay([silence], { deadlineMs: 40_000 });
    expect(await finish(call)).toMatchObject({ outcome: 'unknown', reason: 'answer-timeout', tookMs: 40_000 });
    expect(clock.nowMs()).toBe(START_MS + 40_000);
    expect(paths().filter((path) => path === '/micropay')).toHaveLength(1);
  });

  test('when a query finds no such order or is refused: the submission may still be on its way', async () => {
    const { call, finish } = pay([
      () => failed('SYSTEMERROR'),
      () => failed('ORDERNOTEXIST'),
      () => refusedWith('频率限制'),
    ]);
    expect(await finish(call)).toMatchObject({ outcome: 'unknown', code: 'SYSTEMERROR', tookMs: 45_000 });
  });

  test('when a query shows another amount than was asked for', async () => {
    const { call, finish } = pay([userPaying, () => answer({ ...PAID, total_fee: '1' })]);
    expect(await finish(call)).toMatchObject({ outcome: 'unknown', reason: 'other-amount' });
  });

  test('when its own answer names another amount; the order is then queried', async () => {
    const { call, finish, paths } = pay([() => answer({ ...PAID, total_fee: '1' }), paid]);
    expect(await finish(call)).toMatchObject({ outcome: 'done', answer: { totalFen: 100 } });
    expect(paths()).toEqual(['/micropay', '/orderquery']);
  });

  test('when it is aborted between two queries', async () => {
    const controller = new AbortController();
    const { call, clock } = pay([userPaying], { signal: controller.signal });
    await clock.advance(3_000);
    controller.abort();
    expect(await call).toMatchObject({ outcome: 'unknown', reason: 'aborted', tookMs: 3_000 });
  });

  test('without a query when no host could be reached: there is nothing to be found', async () => {
    const { call, finish, paths } = pay([noAnswer('name-not-resolved', 'not-sent')]);
    expect(await finish(call)).toMatchObject({ outcome: 'unknown', reason: 'name-not-resolved' });
    expect(new Set(paths())).toEqual(new Set(['/micropay']));
  });
});
