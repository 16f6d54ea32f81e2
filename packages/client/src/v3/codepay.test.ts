import { fen, type V3CodepayRequest } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import { noAnswer, silence } from '../testing/test-world.ts';
import {
  createV3World,
  OUT_TRADE_NO,
  PAID,
  paid,
  pathOf,
  refused,
  signed,
  TRANSACTION_ID,
  unpaidMembers,
  type V3Reaction,
} from '../testing/v3-world.ts';
import type { CodepayOptions } from './codepay.ts';

const REQUEST: V3CodepayRequest = {
  outTradeNo: OUT_TRADE_NO,
  description: 'tea',
  totalFen: fen(100),
  authCode: '134567890123456789',
  scene: { storeId: '1' },
};
/** The few members that were seen with 202. */
const accepted = signed({ trade_state: 'USERPAYING' }, { status: 202 });
const inState = (state: string): V3Reaction => signed(unpaidMembers(state));

function pay(reactions: readonly V3Reaction[], options: CodepayOptions = {}) {
  const world = createV3World(reactions);
  const steps = (): string[] => world.requests.map((request) => (request.method === 'POST' ? 'submit' : 'query'));
  return { ...world, steps, call: world.client.codepay(REQUEST, options) };
}

describe('a payment is done', () => {
  test('when it succeeds at once', async () => {
    const { call, requests } = pay([paid]);
    expect(await call).toMatchObject({ outcome: 'done', answer: { totalFen: 100, transactionId: TRANSACTION_ID } });
    expect(requests.map(pathOf)).toEqual(['/v3/pay/transactions/codepay']);
  });

  test('when the payer enters the password and a query every five seconds shows it', async () => {
    const { call, steps, finish } = pay([accepted, inState('USERPAYING'), inState('USERPAYING'), paid]);
    expect(await finish(call)).toMatchObject({ outcome: 'done', tookMs: 15_000, answer: { totalFen: 100 } });
    expect(steps()).toEqual(['submit', 'query', 'query', 'query']);
  });

  test.each<[string, V3Reaction]>([
    ['was lost', noAnswer('connection-lost', 'maybe-sent')],
    ['was a SYSTEM_ERROR', refused(500, 'SYSTEM_ERROR')],
    ['was forged', signed(PAID, { arriving: '{"trade_state":"PAYERROR"}' })],
    ['says that it is not paid yet', inState('NOTPAY')],
  ])('when its answer %s: it is queried and never submitted again', async (_, reaction) => {
    const { call, steps, finish } = pay([reaction, refused(404, 'ORDER_NOT_EXIST'), paid]);
    expect(await finish(call)).toMatchObject({ outcome: 'done' });
    expect(steps()).toEqual(['submit', 'query', 'query']);
  });

  test('when nothing had left for the first host: only then it is submitted once more', async () => {
    const { call, steps, finish } = pay([noAnswer('connect-timeout', 'not-sent'), paid]);
    expect(await finish(call)).toMatchObject({ outcome: 'done' });
    expect(steps()).toEqual(['submit', 'submit']);
  });
});

describe('a payment is rejected', () => {
  test.each(['PAYERROR', 'REVOKED', 'CLOSED'])('when the order says %s, at once or later', async (state) => {
    const atOnce = pay([inState(state)]);
    const later = pay([accepted, inState(state)]);
    for (const { call, finish } of [atOnce, later]) {
      expect(await finish(call)).toMatchObject({ outcome: 'rejected', code: state, message: `state ${state}` });
    }
  });

  test('when WeChat Pay refuses it, signed', async () => {
    const { call, steps } = pay([refused(403, 'NO_AUTH')]);
    expect(await call).toMatchObject({ outcome: 'rejected', code: 'NO_AUTH' });
    expect(steps()).toEqual(['submit']);
  });
});

describe('a payment stays unknown', () => {
  test('when the payer does nothing until the deadline', async () => {
    const { call, finish, steps } = pay([accepted, inState('USERPAYING')]);
    expect(await finish(call)).toMatchObject({
      outcome: 'unknown',
      reason: 'code',
      code: 'USERPAYING',
      tookMs: 45_000,
    });
    expect(steps().filter((step) => step === 'submit')).toHaveLength(1);
  });

  test('when nobody answers', async () => {
    const { call, finish, steps } = pay([silence], { deadlineMs: 20_000 });
    expect(await finish(call)).toMatchObject({ outcome: 'unknown', reason: 'answer-timeout', tookMs: 20_000 });
    expect(steps()[0]).toBe('submit');
    expect(steps().slice(1)).not.toContain('submit');
  });

  test('when a query shows another amount', async () => {
    const { call, finish } = pay([accepted, signed({ ...PAID, amount: { total: 99 } })]);
    expect(await finish(call)).toMatchObject({ outcome: 'unknown', reason: 'other-amount' });
  });

  test('at once, without a query, where the queries are left to the caller', async () => {
    const { call, steps } = pay([accepted], { until: 'answered' });
    expect(await call).toMatchObject({ outcome: 'unknown', reason: 'code', code: 'USERPAYING' });
    expect(steps()).toEqual(['submit']);
  });

  test('at once when nothing left at all', async () => {
    const { call, finish, steps } = pay([noAnswer('connection-refused', 'not-sent')]);
    expect(await finish(call)).toMatchObject({ outcome: 'unknown', reason: 'connection-refused' });
    expect(steps()).not.toContain('query');
  });

  test('when it is aborted between two queries', async () => {
    const controller = new AbortController();
    const { call, clock } = pay([accepted, inState('USERPAYING')], { signal: controller.signal });
    await clock.advance(7_000);
    controller.abort();
    expect(await call).toMatchObject({ outcome: 'unknown', reason: 'aborted', tookMs: 7_000 });
  });
});
