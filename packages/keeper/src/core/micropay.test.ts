import { describe, expect, test } from 'vitest';
import { openOrder } from './open-order.ts';
import type { Observation } from './observation.ts';
import {
  alarmKinds,
  attemptIn,
  attemptWanted,
  dueAfterMs,
  dutiesLeft,
  eventTypes,
  FIRST,
  follow,
  MINUTE,
  newCharge,
  newOrder,
  OPENED_MS,
  orderWish,
  placed,
  reverseAnswered,
  RULES,
  SECOND,
  trade,
} from './testing/samples.ts';
import { type Life, liveThrough, momentsOf, type World } from './testing/tiny-world.ts';

const USER_PAYING: Observation = { kind: 'micropay-answered', outTradeNo: FIRST, answer: 'user-paying' };
const UNKNOWN: Observation = { kind: 'micropay-answered', outTradeNo: FIRST, answer: 'unknown' };
const NOT_FOUND: Observation = { kind: 'trade-not-found', outTradeNo: FIRST };
const REVERSE: Observation = { kind: 'reverse-wanted', outTradeNo: FIRST };

function charge(world: World, untilMs = 60 * MINUTE): Life {
  const attempt = { tradeType: 'MICROPAY', payerIp: '203.0.113.7', authCode: '134579504321098765' } as const;
  const first = openOrder(orderWish({ attempt }), { nowMs: OPENED_MS, rules: RULES });
  if (!first.ok) throw new Error(first.message);
  return liveThrough(world, { first: first.value, untilMs });
}

const reversing = follow(newCharge(), [
  [SECOND, USER_PAYING],
  [45 * SECOND, trade('USERPAYING')],
]);

describe('R8: micropay is never closed', () => {
  test('R8: it is polled every 5 s and reversed after 45 s without an end', () => {
    const life = charge(({ kind }) => {
      if (kind === 'place') return USER_PAYING;
      return kind === 'reverse' ? reverseAnswered('done') : trade('USERPAYING');
    });
    expect(momentsOf(life, 'place')).toEqual([0]);
    expect(momentsOf(life, 'query')).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45].map((at) => at * SECOND));
    expect(momentsOf(life, 'reverse')).toEqual([45 * SECOND]);
    expect(momentsOf(life, 'close')).toEqual([]);
    expect(life.order.state).toBe('reversed');
    expect(eventTypes(life)).toEqual(['order.reversed']);
    expect(dutiesLeft(life.decisions).size).toBe(1);
  });

  test('R8: it is reversed after 45 s also when no query is answered', () => {
    const life = charge(({ kind }) => {
      if (kind === 'place') return UNKNOWN;
      return kind === 'reverse' ? reverseAnswered('done') : { kind: 'query-unknown', outTradeNo: FIRST };
    });
    expect(momentsOf(life, 'reverse')).toEqual([45 * SECOND]);
    expect(life.order.state).toBe('reversed');
  });

  test('R8: a charge that is paid while being polled ends paid, and nothing is reversed', () => {
    const life = charge(({ kind, atMs }) => {
      if (kind === 'place') return UNKNOWN;
      return trade(atMs < 12 * SECOND ? 'USERPAYING' : 'SUCCESS');
    });
    expect(life.order.state).toBe('paid');
    expect(life.calls.map(({ kind }) => kind)).toEqual(['place', 'query', 'query', 'query']);
  });

  test('R8: the charge itself is sent once: after an unknown answer only queries follow', () => {
    const { last } = follow(newCharge(), [[SECOND, UNKNOWN]]);
    expect(dueAfterMs(last, 'place')).toBeUndefined();
    expect(dueAfterMs(last, 'query')).toBe(5 * SECOND);
  });

  test('R8: the reverse is repeated while recall is Y, and after no answer', () => {
    let answers = 0;
    const life = charge(({ kind }) => {
      if (kind === 'place') return USER_PAYING;
      if (kind === 'query') return trade('USERPAYING');
      answers += 1;
      return reverseAnswered(answers < 3 ? 'again' : answers < 5 ? 'unknown' : 'done');
    });
    expect(momentsOf(life, 'reverse')).toEqual([45, 50, 60, 90, 150].map((at) => at * SECOND));
    expect(life.order.state).toBe('reversed');
  });

  test('R8: after a reverse without an answer a query may end it sooner', () => {
    const { order, last } = follow(reversing.order, [[46 * SECOND, reverseAnswered('unknown')]]);
    expect(dueAfterMs(last, 'query')).toBe(46 * SECOND);
    expect(dueAfterMs(last, 'reverse')).toBe(51 * SECOND);
    expect(follow(order, [[47 * SECOND, trade('REVOKED')]]).order.state).toBe('reversed');
  });

  test('R8: a reverse is never sent in the first 15 s', () => {
    const { last } = follow(newCharge(), [
      [SECOND, USER_PAYING],
      [3 * SECOND, REVERSE],
    ]);
    expect(dueAfterMs(last, 'reverse')).toBe(15 * SECOND);
  });

  test('R8: a wish to close a charge reverses it', () => {
    const story = follow(newCharge(), [
      [SECOND, USER_PAYING],
      [20 * SECOND, { kind: 'close-wanted', because: 'asked' }],
    ]);
    expect(attemptIn(story.order).state).toBe('reversing');
    expect(dueAfterMs(story.last, 'close')).toBeUndefined();
    const done = follow(story.order, [[21 * SECOND, reverseAnswered('done')]]);
    expect(done.order.state).toBe('reversed');
  });

  test('R8: money seen while a reverse may be on its way is not told as paid', () => {
    const story = follow(reversing.order, [
      [46 * SECOND, trade('SUCCESS')],
      [47 * SECOND, reverseAnswered('done')],
      [48 * SECOND, trade('SUCCESS')],
    ]);
    expect(story.order.state).toBe('reversed');
    expect(eventTypes(story)).toEqual(['order.reversed']);
  });

  test('R8: too old to be reversed, the trade state decides, and a person is told', () => {
    const story = follow(reversing.order, [[MINUTE, reverseAnswered('expired')]]);
    expect(alarmKinds(story)).toEqual(['attempt-stuck']);
    expect(dueAfterMs(story.last, 'reverse')).toBeUndefined();
    expect(dueAfterMs(story.last, 'query')).toBe(MINUTE);
    const unpaid = follow(story.order, [[MINUTE, trade('USERPAYING')]]);
    expect(attemptIn(unpaid.order).state).toBe('paying');
    expect(follow(unpaid.order, [[2 * MINUTE, trade('SUCCESS')]]).order.state).toBe('paid');
  });

  test('R8: a failed payment ends failed, and the order can be charged again under a new number', () => {
    const story = follow(newCharge(), [
      [SECOND, USER_PAYING],
      [30 * SECOND, trade('PAYERROR')],
    ]);
    expect(attemptIn(story.order).state).toBe('failed');
    expect(eventTypes(story)).toEqual(['attempt.failed']);
    const again = follow(story.order, [[MINUTE, attemptWanted()]]);
    expect(again.order.attempts).toHaveLength(2);
  });

  test('R8: a refused charge is rejected', () => {
    const refused = { kind: 'place-rejected', outTradeNo: FIRST, code: 'AUTHCODEEXPIRE', message: 'expired' } as const;
    const story = follow(newCharge(), [[SECOND, refused]]);
    expect(attemptIn(story.order).state).toBe('rejected');
    expect(story.last.events[0]?.data).toMatchObject({ failureCode: 'AUTHCODEEXPIRE' });
  });

  test('R8: a charge that never reached WeChat Pay ends failed, after a reverse and when its code is too old to arrive', () => {
    const before = follow(newCharge(), [
      [SECOND, UNKNOWN],
      [45 * SECOND, NOT_FOUND],
      [46 * SECOND, NOT_FOUND],
    ]);
    expect(attemptIn(before.order).state).toBe('reversing');
    const held = follow(before.order, [
      [47 * SECOND, reverseAnswered('unknown')],
      [119 * SECOND, NOT_FOUND],
    ]);
    expect(attemptIn(held.order).state).toBe('reversing');
    const after = follow(held.order, [[120 * SECOND, NOT_FOUND]]);
    expect(attemptIn(after.order)).toMatchObject({ state: 'failed', failureCode: 'NEVER_ARRIVED' });
  });

  test('R8: a charge that WeChat Pay has spoken of did arrive, whatever a later query finds', () => {
    const { order } = follow(reversing.order, [
      [46 * SECOND, reverseAnswered('unknown')],
      [47 * SECOND, NOT_FOUND],
    ]);
    expect(attemptIn(order).state).toBe('reversing');
  });

  test('R8: after a crash the next duties are the same, from what is stored alone', () => {
    const story = follow(newCharge(), [[SECOND, USER_PAYING]]);
    const restored: typeof story.order = JSON.parse(JSON.stringify(story.order));
    const [a, b] = [story.order, restored].map((order) => follow(order, [[20 * SECOND, trade('USERPAYING')]]).last);
    expect(b).toEqual(a);
  });

  test('only micropay is reversed, and a paid charge is refunded instead', () => {
    const other = follow(newOrder(), [
      [0, placed()],
      [MINUTE, REVERSE],
    ]);
    expect(other.last.refused?.reason).toBe('not-micropay');
    const paid = follow(newCharge(), [
      [SECOND, trade('SUCCESS', FIRST, 'answer')],
      [MINUTE, REVERSE],
    ]);
    expect(paid.last.refused?.reason).toBe('order-paid');
  });

  test('a payment that was taken back by another system makes the order reversed', () => {
    const story = follow(newCharge(), [
      [SECOND, trade('SUCCESS', FIRST, 'answer')],
      [MINUTE, trade('REVOKED')],
    ]);
    expect(story.order.state).toBe('reversed');
    expect(eventTypes(story)).toEqual(['order.paid', 'order.reversed']);
  });
});
