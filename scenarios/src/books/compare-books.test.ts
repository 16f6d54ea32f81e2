import type { Attempt, Order, Refund, StoredEvent } from '@orderkeeper/keeper';
import { beforeAll, describe, expect, test } from 'vitest';
import { drawPlan } from '../plan/draw-plan.ts';
import { keepParts } from '../plan/keep-parts.ts';
import { isOfKind } from '../call-kinds.ts';
import { firstNumberOf } from '../plan/first-number.ts';
import type { OrderPlan } from '../plan/plan.ts';
import { ACCOUNT, SIGNING } from '../world/shop.ts';
import { runWorld } from '../world/run-world.ts';
import type { WorldEnd } from '../world/world-end.ts';
import { compareBooks } from './compare-books.ts';

/** A world with paid, closed, reversed and refunded orders, in which every promise was kept. */
const SEED = 9;
const ORDERS = 40;

let end: WorldEnd;
beforeAll(async () => {
  ({ end } = await runWorld({ ...drawPlan(SEED, ORDERS), mishaps: [] }));
});

const rulesOf = (spoilt: Partial<WorldEnd>): readonly string[] => [
  ...new Set(compareBooks({ ...end, ...spoilt }).map(({ rule }) => rule)),
];

/** The first that is so; a world without one would prove nothing. */
function first<Value>(list: readonly Value[], isSo: (value: Value) => boolean): Value {
  const found = list.find(isSo);
  if (found === undefined) throw new Error('this world has none: take another seed');
  return found;
}

const withOrder = (order: Order, change: Partial<Order>): Partial<WorldEnd> => ({
  orders: end.orders.map((other) => (other === order ? { ...order, ...change } : other)),
});

const withAttempt = (order: Order, attempt: Attempt, change: Partial<Attempt>): Partial<WorldEnd> =>
  withOrder(order, {
    attempts: order.attempts.map((other) => (other === attempt ? { ...attempt, ...change } : other)),
  });

const orderThat = (isSo: (order: Order) => boolean): Order => first(end.orders, isSo);
const attemptThat = (order: Order, state: Attempt['state']): Attempt =>
  first(order.attempts, (attempt) => attempt.state === state);
const paid = (): Order => orderThat(({ state }) => state === 'paid');
const closed = (): Order => orderThat(({ state, attempts }) => state === 'closed' && attempts[0]?.state === 'closed');

describe('two books that are compared', () => {
  test('are equal when nothing was spoilt', () => {
    expect(compareBooks(end)).toEqual([]);
  });

  test('differ when an order is still open or the world has no rest', () => {
    expect(rulesOf(withOrder(closed(), { state: 'open' }))).toContain('promise');
    expect(rulesOf({ rest: 'not-at-rest' })).toContain('promise');
  });

  test('differ when a payment is closed, or a closed order paid', () => {
    expect(rulesOf(withAttempt(paid(), attemptThat(paid(), 'paid'), { state: 'closed' }))).toContain('R17');
    expect(rulesOf(withAttempt(closed(), attemptThat(closed(), 'closed'), { state: 'paid' }))).toContain('R17');
  });

  test('differ when an order or a refund is in one of them only', () => {
    expect(rulesOf({ orders: end.orders.filter((order) => order !== paid()) })).toContain('R1');
    expect(rulesOf({ ledgerRefunds: [] })).toContain('R12');
  });

  test('differ when a refund has another end or amount', () => {
    const order = orderThat(({ refunds }) => refunds.some(({ state }) => state === 'succeeded'));
    const changed = (change: Partial<Refund>) =>
      withOrder(order, { refunds: order.refunds.map((refund) => ({ ...refund, ...change })) });
    expect(rulesOf(changed({ state: 'closed' }))).toContain('R12');
    expect(rulesOf({ ledgerRefunds: end.ledgerRefunds.map((refund) => ({ ...refund, refundFen: 7 })) })).toContain(
      'R12',
    );
  });

  test('differ when money is kept that the order does not say', () => {
    const order = orderThat(({ state }) => state === 'paid');
    expect(rulesOf(withOrder(order, { state: 'refunded' }))).toContain('R10');
    const { paidBy: _none, ...unpaid } = order;
    expect(rulesOf({ orders: end.orders.map((other) => (other === order ? unpaid : other)) })).toContain('R10');
  });

  test('differ when an event was lost, out of order, or made goods go out twice', () => {
    const order = orderThat(({ eventCount }) => eventCount >= 2);
    const mine = end.heard.filter(({ orderId }) => orderId === order.orderId);
    const others = end.heard.filter(({ orderId }) => orderId !== order.orderId);
    expect(rulesOf({ heard: [...others, ...mine.slice(1)] })).toContain('R13');
    expect(rulesOf({ heard: [...others, ...mine.toReversed()] })).toContain('R13');
    const goods = first(end.heard, ({ type }) => type === 'order.paid');
    expect(rulesOf({ heard: [...end.heard, { ...goods, eventId: 'another' }] })).toContain('R5');
    expect(rulesOf({ heard: [...end.heard, goods] })).toEqual([]);
  });
});

test.each([
  ['the key of the classic API', ACCOUNT.v2Key],
  ['the key of APIv3', ACCOUNT.v3Key],
  ['the private key', SIGNING.privateKeyPem.split('\n')[7] ?? ''],
  ['what a notice had sealed', '{"amount":{"payer_total":1}}'],
])('an observer, or a story, that has heard %s is one too many', (_, secret) => {
  const atMs = 0;
  expect(rulesOf({ observed: [...end.observed, { kind: 'store-failed', message: secret, atMs }] })).toEqual(['R20']);
  expect(rulesOf({ story: [...end.story, secret] })).toEqual(['R20']);
});

test('a failure that was told of an attempt that was paid is one too many', () => {
  const told = first(end.heard, ({ type }) => type === 'order.paid');
  const data = JSON.stringify({ outTradeNo: attemptThat(paid(), 'paid').outTradeNo });
  const untrue: StoredEvent = { ...told, type: 'attempt.failed', eventId: 'false', data };
  expect(rulesOf({ heard: [...end.heard, untrue] })).toContain('R4');
});

describe('the calls that were made', () => {
  const close = () => first(end.calls, ({ operation }) => operation === 'closeorder');
  const v3Close = () => first(end.calls, ({ operation }) => operation === 'v3/close');

  test('are wrong when a close came before five minutes of age', () => {
    const entry = first(end.ledger, ({ outTradeNo }) => outTradeNo === close().outTradeNo);
    expect(rulesOf({ calls: [{ ...close(), atMs: entry.placedAtMs + 299_000 }] })).toContain('R7');
  });

  test('are right when a close of APIv3 comes at once: it knows no such wait', () => {
    const entry = first(end.ledger, ({ outTradeNo }) => outTradeNo === v3Close().outTradeNo);
    expect(rulesOf({ calls: [{ ...v3Close(), atMs: entry.placedAtMs + 1_000 }] })).toEqual([]);
  });

  test('are wrong when an attempt is spoken of in the other protocol', () => {
    const strange = { ...close(), outTradeNo: v3Close().outTradeNo, atMs: v3Close().atMs };
    expect(rulesOf({ calls: [...end.calls, strange] })).toEqual(['protocol']);
  });

  test('are wrong when certificates are fetched again and again, unless nobody has answered', () => {
    const fetched = first(end.calls, isOfKind('fetch-certificates'));
    const calls = (answerStatus: number) =>
      Array.from({ length: 60 }, (_, index) => ({ ...fetched, answerStatus, atMs: fetched.atMs + index * 900 }));
    expect(rulesOf({ calls: calls(200) })).toEqual(['R18']);
    expect(rulesOf({ calls: calls(0) })).toEqual([]);
  });

  test('are wrong when a micropay was to be closed, or charged twice', () => {
    for (const name of ['micropay', 'v3/codepay']) {
      const charge = first(end.calls, ({ operation }) => operation === name);
      expect(rulesOf({ calls: [{ ...v3Close(), outTradeNo: charge.outTradeNo, atMs: charge.atMs }] })).toContain('R8');
      expect(rulesOf({ calls: [charge, charge] })).toContain('R8');
    }
  });

  test('are wrong when one number is asked about again and again without a wait', () => {
    const query = first(end.calls, isOfKind('query'));
    const calls = Array.from({ length: 81 }, (_, index) => ({ ...query, atMs: query.atMs + index * 500 }));
    expect(rulesOf({ calls })).toContain('R18');
    expect(rulesOf({ calls: calls.slice(1) })).not.toContain('R18');
  });

  test('are wrong when a second number was placed while a payer held the first', () => {
    const order = orderThat(({ attempts }) => attempts.length > 1 && attempts[0]?.state === 'closed');
    const [old, second] = order.attempts.map(({ outTradeNo }) =>
      first(end.ledger, (entry) => entry.outTradeNo === outTradeNo),
    );
    if (old === undefined || second === undefined) throw new Error('there are two attempts');
    // Placed at the moment when the first one was.
    const early = { ...second, placedAtMs: old.placedAtMs };
    expect(rulesOf({ ledger: end.ledger.map((entry) => (entry === second ? early : entry)) })).toContain('R9');
  });

  test('are wrong when an order that nobody paid was asked about more than ten times', async () => {
    const plan = drawPlan(SEED, ORDERS);
    const { end: unpaid } = await runWorld(keepParts(plan, new Set(plan.orders.map(({ id }) => id))));
    const rules = (calls: WorldEnd['calls']): readonly string[] =>
      compareBooks({ ...unpaid, calls }).map(({ rule }) => rule);
    expect(rules(unpaid.calls)).toEqual([]);
    for (const protocol of ['v2', 'v3']) {
      const isShort = (order: OrderPlan): boolean =>
        order.protocol === protocol && order.tradeType === 'NATIVE' && order.lifetimeMs <= 1_800_000;
      const number = firstNumberOf(first(unpaid.plan.orders, isShort));
      const query = first(unpaid.calls.filter(isOfKind('query')), ({ outTradeNo }) => outTradeNo === number);
      expect(rules(Array.from({ length: 10 }, () => query))).not.toContain('R6');
      expect(rules(Array.from({ length: 11 }, () => query))).toContain('R6');
    }
  });
});
