import { describe, expect, test } from 'vitest';
import { closableAtMs } from './close-order.ts';
import { openOrder } from './open-order.ts';
import type { Observation } from './observation.ts';
import {
  alarmKinds,
  attemptIn,
  closeAnswered,
  dueAfterMs,
  dutiesLeft,
  eventTypes,
  FIRST,
  follow,
  HOUR,
  MINUTE,
  newOrder,
  notice,
  OPENED_MS,
  orderWish,
  placed,
  RULES,
  SECOND,
  trade,
} from './testing/samples.ts';
import { liveThrough, type World } from './testing/tiny-world.ts';

const CLOSE: Observation = { kind: 'close-wanted', because: 'asked' };
const NOT_FOUND: Observation = { kind: 'trade-not-found', outTradeNo: FIRST };

/** Asked, unpaid, and old enough: the close is what comes next. */
const aboutToClose = follow(newOrder(), [
  [0, placed()],
  [6 * MINUTE, CLOSE],
  [6 * MINUTE, trade('NOTPAY')],
]);

describe('R7: close is query, close, query', () => {
  test('R7: the calls are query, close, query, in this order, and the result is a receipt', () => {
    let isClosed = false;
    const world: World = ({ kind }) => {
      if (kind === 'place') return placed();
      if (kind !== 'close') return trade(isClosed ? 'CLOSED' : 'NOTPAY');
      isClosed = true;
      return closeAnswered('done');
    };
    const first = openOrder(orderWish(), { nowMs: OPENED_MS, rules: RULES });
    if (!first.ok) throw new Error(first.message);
    const life = liveThrough(world, { first: first.value, untilMs: 6 * MINUTE, told: [[6 * MINUTE, CLOSE]] });
    expect(life.calls.slice(-3).map(({ kind }) => kind)).toEqual(['query', 'close', 'query']);
    expect(life.order.state).toBe('closed');
    expect(attemptIn(life.order).receipt).toEqual({
      closedAtMs: OPENED_MS + 6 * MINUTE,
      because: 'asked',
      proof: 'closed-at-wechat',
    });
  });

  test('R7: while no placing call was ever answered, the age counts from the end of placing, when one may have left last', () => {
    const { order } = follow(newOrder(), [[20 * MINUTE, CLOSE]]);
    expect(closableAtMs(attemptIn(order), RULES)).toBeGreaterThan(OPENED_MS + 25 * MINUTE);
  });

  test('R7: an attempt that is first heard of while it is being closed is closed five minutes after that', () => {
    const sightedMs = 2 * MINUTE;
    const { order } = follow(newOrder(), [
      [0, CLOSE],
      [MINUTE, NOT_FOUND],
      [sightedMs, trade('NOTPAY')],
    ]);
    expect(attemptIn(order).closing).toMatchObject({ step: 'ask', notBeforeMs: OPENED_MS + sightedMs + 5 * MINUTE });
    const early = follow(order, [[sightedMs + 4 * MINUTE, trade('NOTPAY')]]);
    expect(dueAfterMs(early.last, 'close')).toBeUndefined();
    const old = follow(early.order, [[sightedMs + 5 * MINUTE, trade('NOTPAY')]]);
    expect(dueAfterMs(old.last, 'close')).toBe(sightedMs + 5 * MINUTE);
  });

  test('R7: the age counts from the placing call that was answered, or was tried last, not from the intent', () => {
    const lateMs = OPENED_MS + 2 * MINUTE;
    const late = follow(newOrder(), [[2 * MINUTE, placed(FIRST, lateMs)]]).order;
    expect(closableAtMs(attemptIn(late), RULES)).toBe(lateMs + 5 * MINUTE);
    const unknown = follow(newOrder(), [[2 * MINUTE, { kind: 'place-unknown', outTradeNo: FIRST }]]).order;
    expect(closableAtMs(attemptIn(unknown), RULES)).toBe(lateMs + 5 * MINUTE);
  });

  test('R7: a v2 attempt is not closed before it is five minutes old', () => {
    const { order, last } = follow(newOrder(), [
      [0, placed()],
      [MINUTE, CLOSE],
      [MINUTE + SECOND, trade('NOTPAY')],
    ]);
    expect(attemptIn(order).closing?.step).toBe('ask');
    expect(dueAfterMs(last, 'close')).toBeUndefined();
    const atFive = follow(order, [[5 * MINUTE, trade('NOTPAY')]]);
    expect(dueAfterMs(atFive.last, 'close')).toBe(5 * MINUTE);
  });

  test('R7: a v2 attempt that expires early is asked about at its expiry and closed at five minutes of age', () => {
    const { order, last } = follow(newOrder({ expiresAtMs: OPENED_MS + 2 * MINUTE }), [
      [0, placed()],
      [2 * MINUTE, trade('NOTPAY')],
    ]);
    expect(attemptIn(order).state).toBe('closing');
    expect(dueAfterMs(last, 'close')).toBeUndefined();
    const atFive = follow(order, [[5 * MINUTE, trade('NOTPAY')]]);
    expect(dueAfterMs(atFive.last, 'close')).toBe(5 * MINUTE);
  });

  test('R7: APIv3 knows no such wait', () => {
    const v3 = newOrder({ protocol: 'v3' });
    expect(closableAtMs(attemptIn(v3), RULES)).toBe(OPENED_MS);
    const { last } = follow(v3, [
      [0, placed()],
      [10 * SECOND, CLOSE],
      [10 * SECOND, trade('NOTPAY')],
    ]);
    expect(dueAfterMs(last, 'close')).toBe(10 * SECOND);
  });

  test('R7: at the expiry the query that says NOTPAY leads to the close at once', () => {
    const { order, last } = follow(newOrder(), [
      [0, placed()],
      [30 * MINUTE, trade('NOTPAY')],
    ]);
    expect(attemptIn(order).closing).toMatchObject({ because: 'expired', step: 'close' });
    expect(dueAfterMs(last, 'close')).toBe(30 * MINUTE);
  });

  test('R7: done is not yet proof', () => {
    const { order, last } = follow(aboutToClose.order, [[6 * MINUTE, closeAnswered('done')]]);
    expect(order.state).toBe('open');
    expect(dueAfterMs(last, 'query')).toBe(6 * MINUTE);
  });

  test('R7: ORDERCLOSED means closed', () => {
    const story = follow(aboutToClose.order, [[6 * MINUTE, closeAnswered('order-closed')]]);
    expect(story.order.state).toBe('closed');
    expect(eventTypes(story)).toEqual(['order.closed']);
    expect(attemptIn(story.order).receipt?.proof).toBe('closed-at-wechat');
  });

  test('R7: ORDERPAID means query and become paid', () => {
    const { order, last } = follow(aboutToClose.order, [[6 * MINUTE, closeAnswered('order-paid')]]);
    expect(order.state).toBe('open');
    expect(dueAfterMs(last, 'query')).toBe(6 * MINUTE);
    const paid = follow(order, [[6 * MINUTE + SECOND, trade('SUCCESS')]]);
    expect(paid.order.state).toBe('paid');
    expect(eventTypes(paid)).toEqual(['order.paid']);
  });

  test('R7: after ORDERPAID the payment is asked for until it is reported; nothing older closes the order', () => {
    const paid = follow(newOrder(), [
      [6 * MINUTE, CLOSE],
      [6 * MINUTE, NOT_FOUND],
      [6 * MINUTE, closeAnswered('order-paid')],
      [6 * MINUTE, NOT_FOUND],
      [6 * MINUTE, closeAnswered('done')],
    ]);
    expect(attemptIn(paid.order)).toMatchObject({ state: 'closing', closing: { step: 'fetch' } });
    const before = paid.decisions[3] ?? paid.last;
    expect(dueAfterMs(before, 'query')).toBe(6 * MINUTE + 5 * SECOND);
    expect(follow(paid.order, [[7 * MINUTE, trade('SUCCESS')]]).order.state).toBe('paid');
  });

  test('R7: no answer, as SYSTEMERROR, means the same again later', () => {
    const first = follow(aboutToClose.order, [[6 * MINUTE, closeAnswered('unknown')]]);
    expect(dueAfterMs(first.last, 'close')).toBe(6 * MINUTE + 5 * SECOND);
    const second = follow(first.order, [[7 * MINUTE, closeAnswered('unknown')]]);
    expect(dueAfterMs(second.last, 'close')).toBe(7 * MINUTE + 15 * SECOND);
  });

  test('R7: a close refused for now, perhaps because the payer is paying, is asked about before it is tried again', () => {
    const { order, last } = follow(aboutToClose.order, [[6 * MINUTE, closeAnswered('busy')]]);
    expect(dueAfterMs(last, 'close')).toBeUndefined();
    expect(dueAfterMs(last, 'query')).toBe(6 * MINUTE + 5 * SECOND);
    const asked = follow(order, [[6 * MINUTE + 5 * SECOND, trade('NOTPAY')]]);
    expect(dueAfterMs(asked.last, 'close')).toBe(6 * MINUTE + 5 * SECOND);
  });

  test('R7: a close that was done and is not seen is tried again', () => {
    const { last } = follow(aboutToClose.order, [
      [6 * MINUTE, closeAnswered('done')],
      [6 * MINUTE, trade('NOTPAY')],
    ]);
    expect(dueAfterMs(last, 'close')).toBe(6 * MINUTE + 5 * SECOND);
  });

  test('R7: a proof without an answer is asked for again', () => {
    const { order, last } = follow(aboutToClose.order, [
      [6 * MINUTE, closeAnswered('done')],
      [6 * MINUTE, { kind: 'query-unknown', outTradeNo: FIRST }],
    ]);
    expect(order.state).toBe('open');
    expect(dueAfterMs(last, 'query')).toBe(6 * MINUTE + 5 * SECOND);
  });

  test('R7: the close goes on for ever, and a person is told once', () => {
    const unknowns = Array.from(
      { length: 20 },
      (_, index) => [7 * MINUTE + index * MINUTE, closeAnswered('unknown')] as const,
    );
    const story = follow(aboutToClose.order, unknowns);
    expect(alarmKinds(story)).toEqual(['attempt-stuck']);
    expect(dueAfterMs(story.last, 'close')).toBe(26 * MINUTE + 5 * MINUTE);
  });

  test('R7: an order unknown there whose prepay id nobody was given has never arrived', () => {
    const story = follow(newOrder(), [
      [SECOND, { kind: 'place-unknown', outTradeNo: FIRST }],
      [6 * MINUTE, CLOSE],
      [6 * MINUTE, NOT_FOUND],
      [6 * MINUTE, closeAnswered('order-not-exist')],
      [6 * MINUTE, NOT_FOUND],
    ]);
    expect(story.order.state).toBe('closed');
    expect(attemptIn(story.order).receipt?.proof).toBe('never-arrived');
    expect(eventTypes(story)).toEqual(['order.closed']);
  });

  test('R7: not found proves nothing once a prepay id was handed out', () => {
    const { order, last } = follow(aboutToClose.order, [
      [6 * MINUTE, closeAnswered('done')],
      [6 * MINUTE, NOT_FOUND],
    ]);
    expect(order.state).toBe('open');
    expect(dueAfterMs(last, 'close')).toBe(6 * MINUTE + 5 * SECOND);
  });

  test('R7: not found proves nothing once a prepay id was handed out, even if no query ever found the order', () => {
    const { order } = follow(newOrder(), [
      [0, placed()],
      [6 * MINUTE, CLOSE],
      [6 * MINUTE, NOT_FOUND],
      [6 * MINUTE, closeAnswered('done')],
      [6 * MINUTE, NOT_FOUND],
    ]);
    expect(attemptIn(order).state).toBe('closing');
  });

  test('R7: a close that somebody sent too early is not repeated before five minutes of age', () => {
    const { last } = follow(newOrder(), [
      [0, placed()],
      [MINUTE, CLOSE],
      [MINUTE, closeAnswered('unknown')],
    ]);
    expect(dueAfterMs(last, 'close')).toBe(5 * MINUTE);
  });

  test('R7: not found proves nothing before the close was answered', () => {
    const { order } = follow(newOrder(), [
      [6 * MINUTE, CLOSE],
      [6 * MINUTE, NOT_FOUND],
    ]);
    expect(attemptIn(order).state).toBe('closing');
  });

  test('R7: an attempt that WeChat Pay or another system closed ends the order, and says so', () => {
    const story = follow(newOrder(), [
      [0, placed()],
      [MINUTE, trade('CLOSED')],
    ]);
    expect(story.last.events[0]).toMatchObject({ type: 'order.closed', data: { because: 'elsewhere' } });
  });

  test('R7: after a close it is looked at again after 1 m, 15 m and 2 h, and then left to the bill', () => {
    const closed = follow(aboutToClose.order, [[6 * MINUTE, closeAnswered('order-closed')]]);
    const looks: (number | undefined)[] = [dueAfterMs(closed.last, 'query')];
    let { order } = closed;
    for (const afterMs of [MINUTE, 15 * MINUTE, 2 * HOUR]) {
      const looked = follow(order, [[6 * MINUTE + afterMs, trade('CLOSED')]]);
      ({ order } = looked);
      looks.push(dueAfterMs(looked.last, 'query'));
    }
    expect(looks).toEqual([7 * MINUTE, 21 * MINUTE, 6 * MINUTE + 2 * HOUR, undefined]);
  });

  test('R7: a wish to close a paid order is refused', () => {
    const story = follow(newOrder(), [
      [0, placed()],
      [SECOND, notice()],
      [6 * MINUTE, CLOSE],
    ]);
    expect(story.last.refused?.reason).toBe('order-paid');
    expect(story.last.order.state).toBe('paid');
    expect(dutiesLeft(story.decisions).size).toBe(1);
  });

  test('R7: close answers after the payment say nothing', () => {
    const paid = follow(aboutToClose.order, [[6 * MINUTE, notice()]]);
    for (const answer of ['done', 'order-paid', 'order-closed', 'order-not-exist', 'busy', 'unknown'] as const) {
      const { last } = follow(paid.order, [[6 * MINUTE + SECOND, closeAnswered(answer)]]);
      expect(last).toMatchObject({ order: paid.order, events: [], duties: [], alarms: [] });
    }
  });

  test('R7: a wish to close an order between two attempts closes it at once', () => {
    const story = follow(newOrder(), [
      [0, { kind: 'place-rejected', outTradeNo: FIRST, code: 'NOAUTH', message: 'no permission' }],
      [SECOND, CLOSE],
    ]);
    expect(story.order.state).toBe('closed');
    expect(dutiesLeft(story.decisions).has(`query ${FIRST}`)).toBe(false);
  });
});
