import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import { mayPay } from './may-pay.ts';
import { payAgain } from './pay-again.ts';
import {
  attemptIn,
  attemptWanted,
  closeAnswered,
  dueAfterMs,
  dutiesLeft,
  eventTypes,
  EXPIRES_MS,
  FIRST,
  follow,
  HOUR,
  MINUTE,
  newCharge,
  newOrder,
  notice,
  OPENED_MS,
  openid,
  placed,
  RULES,
  SECOND,
  SECOND_NO,
  trade,
} from './testing/samples.ts';

const at = (afterMs: number) => ({ nowMs: OPENED_MS + afterMs, rules: RULES });
const open = follow(newOrder(), [[0, placed()]]).order;
const replaced = follow(open, [
  [6 * MINUTE, { kind: 'close-wanted', because: 'replaced' }],
  [6 * MINUTE, trade('NOTPAY')],
  [6 * MINUTE, closeAnswered('done')],
  [6 * MINUTE, trade('CLOSED')],
]);

describe('R9: paying again', () => {
  test('R9: an attempt that can still be paid is reused', () => {
    expect(payAgain(open, { tradeType: 'JSAPI' }, at(MINUTE))).toEqual({ answer: 'reuse', outTradeNo: FIRST });
    const { last } = follow(open, [[MINUTE, attemptWanted()]]);
    expect(last.refused?.reason).toBe('attempt-live');
    expect(last.order).toBe(open);
  });

  test('R9: its prepay id is given out for two hours; afterwards the same attempt is placed again', () => {
    const long = follow(newOrder({ expiresAtMs: OPENED_MS + 24 * HOUR }), [[0, placed()]]).order;
    expect(mayPay(long, OPENED_MS + 2 * HOUR - 1).ok).toBe(true);
    expect(mayPay(long, OPENED_MS + 2 * HOUR)).toMatchObject({ ok: false, reason: 'prepay-too-old' });
    expect(payAgain(long, { tradeType: 'JSAPI' }, at(2 * HOUR))).toEqual({ answer: 'place-again', outTradeNo: FIRST });
    const renewed = follow(long, [[2 * HOUR, placed(FIRST, OPENED_MS + 2 * HOUR)]]).order;
    expect(mayPay(renewed, OPENED_MS + 3 * HOUR).ok).toBe(true);
  });

  test('R9: an attempt of another kind is closed first', () => {
    const answer = payAgain(open, { tradeType: 'NATIVE' }, at(MINUTE));
    expect(answer).toEqual({ answer: 'close-first', outTradeNo: FIRST, closableAtMs: OPENED_MS + 5 * MINUTE });
  });

  test('R9: an attempt of another payer is closed first: a prepay id serves one openid', () => {
    const alice = openid('oUpF8uMuAJO_M2pxb1Q9zNjWeS6o');
    const attempt = { tradeType: 'JSAPI', payerIp: '203.0.113.7', openid: alice } as const;
    const hers = follow(newOrder({ attempt }), [[0, placed()]]).order;
    expect(payAgain(hers, { tradeType: 'JSAPI', openid: alice }, at(MINUTE)).answer).toBe('reuse');
    const bob = openid('oUpF8uMuAJO_M2pxb1Q9zNjWeS6p');
    expect(payAgain(hers, { tradeType: 'JSAPI', openid: bob }, at(MINUTE)).answer).toBe('close-first');
  });

  test('R9: while the old attempt is being closed, a new one has to wait', () => {
    const closing = follow(open, [[MINUTE, { kind: 'close-wanted', because: 'replaced' }]]);
    expect(payAgain(closing.order, { tradeType: 'NATIVE' }, at(MINUTE))).toEqual({ answer: 'wait', outTradeNo: FIRST });
    expect(follow(closing.order, [[MINUTE, attemptWanted()]]).last.refused?.reason).toBe('attempt-live');
    expect(mayPay(closing.order, OPENED_MS + MINUTE)).toMatchObject({ ok: false, reason: 'ending' });
  });

  test('R9: once the old attempt is closed, a new one opens under its own number', () => {
    expect(replaced.order.state).toBe('open');
    expect(eventTypes(replaced)).toEqual([]);
    expect(payAgain(replaced.order, { tradeType: 'NATIVE' }, at(7 * MINUTE))).toEqual({ answer: 'open-new' });
    const again = follow(replaced.order, [[7 * MINUTE, attemptWanted()]]);
    expect(again.order.attempts.map(({ state }) => state)).toEqual(['closed', 'creating']);
    expect(dueAfterMs(again.last, 'place', SECOND_NO)).toBe(7 * MINUTE);
    expect(attemptIn(again.order, SECOND_NO).openedAtMs).toBe(OPENED_MS + 7 * MINUTE);
  });

  test('R9: the same intent again changes nothing; the same number with other content is refused', () => {
    const again = follow(replaced.order, [[7 * MINUTE, attemptWanted()]]).order;
    expect(follow(again, [[8 * MINUTE, attemptWanted()]]).last).toMatchObject({ order: again, duties: [] });
    const other = attemptWanted(SECOND_NO, { tradeType: 'NATIVE' });
    expect(follow(again, [[8 * MINUTE, other]]).last.refused?.reason).toBe('out-trade-no-used');
  });

  test('R9: an attempt over another amount is refused', () => {
    const { last } = follow(replaced.order, [[7 * MINUTE, attemptWanted(SECOND_NO, { totalFen: fen(1) })]]);
    expect(last.refused?.reason).toBe('amount-differs');
  });

  test('R9: a later attempt with more time gives the order more time', () => {
    const wanted = attemptWanted(SECOND_NO, { expiresAtMs: EXPIRES_MS + HOUR });
    expect(follow(replaced.order, [[7 * MINUTE, wanted]]).order.expiresAtMs).toBe(EXPIRES_MS + HOUR);
  });

  test('R9: an order that is paid, ending, closed or over is not paid again', () => {
    const jsapi = { tradeType: 'JSAPI' } as const;
    const paid = follow(open, [[MINUTE, notice()]]).order;
    expect(payAgain(paid, jsapi, at(MINUTE))).toMatchObject({ answer: 'refused', reason: 'order-paid' });
    const ending = follow(open, [[MINUTE, { kind: 'close-wanted', because: 'asked' }]]).order;
    expect(payAgain(ending, jsapi, at(MINUTE))).toMatchObject({ answer: 'refused', reason: 'order-closing' });
    const closed = follow(open, [[MINUTE, trade('CLOSED')]]).order;
    expect(payAgain(closed, jsapi, at(MINUTE))).toMatchObject({ answer: 'refused', reason: 'order-closed' });
    expect(payAgain(replaced.order, jsapi, at(30 * MINUTE))).toMatchObject({
      answer: 'refused',
      reason: 'order-expired',
    });
    expect(follow(paid, [[2 * MINUTE, attemptWanted()]]).last.refused?.reason).toBe('order-paid');
  });

  test('an order left between two attempts is asked about once at its expiry, and ends closed', () => {
    const rejected = follow(newOrder(), [
      [SECOND, { kind: 'place-rejected', outTradeNo: FIRST, code: 'NOAUTH', message: 'no permission' }],
    ]);
    expect(rejected.order.state).toBe('open');
    expect(dueAfterMs(rejected.last, 'query')).toBe(30 * MINUTE);
    const over = follow(rejected.order, [[30 * MINUTE, { kind: 'query-unknown', outTradeNo: FIRST }]]);
    expect(over.order.state).toBe('closed');
    expect(over.last.events[0]).toMatchObject({ type: 'order.closed', data: { because: 'expired' } });
    expect(dutiesLeft([...rejected.decisions, ...over.decisions]).has(`query ${FIRST}`)).toBe(false);
  });

  test('a late success of an older attempt pays the order and ends the live one', () => {
    const story = follow(replaced.order, [
      [7 * MINUTE, attemptWanted()],
      [7 * MINUTE, placed(SECOND_NO)],
      [8 * MINUTE, notice(FIRST)],
    ]);
    expect(story.order).toMatchObject({ state: 'paid', paidBy: FIRST });
    expect(attemptIn(story.order, SECOND_NO)).toMatchObject({ state: 'closing', closing: { because: 'replaced' } });
    expect(eventTypes(story)).toEqual(['order.paid']);
  });
});

describe('payment parameters', () => {
  test('are given out for an open attempt before its expiry', () => {
    expect(mayPay(open, EXPIRES_MS - 1)).toMatchObject({ ok: true, value: { attempt: { outTradeNo: FIRST } } });
    expect(mayPay(open, EXPIRES_MS)).toMatchObject({ ok: false, reason: 'expired' });
  });

  test('are not given out before WeChat Pay has answered, nor while the payer is paying', () => {
    expect(mayPay(newOrder(), OPENED_MS)).toMatchObject({ ok: false, reason: 'not-placed-yet' });
    const paying = follow(open, [[MINUTE, trade('USERPAYING')]]).order;
    expect(mayPay(paying, OPENED_MS + MINUTE)).toMatchObject({ ok: false, reason: 'payer-is-paying' });
  });

  test('are not given out for a final order, a charge, or between two attempts', () => {
    const paid = follow(open, [[MINUTE, notice()]]).order;
    expect(mayPay(paid, OPENED_MS + MINUTE)).toMatchObject({ ok: false, reason: 'order-not-open' });
    expect(mayPay(newCharge(), OPENED_MS)).toMatchObject({ ok: false, reason: 'micropay' });
    expect(mayPay(replaced.order, OPENED_MS + 7 * MINUTE)).toMatchObject({ ok: false, reason: 'no-live-attempt' });
  });

  test('an H5 address is given out for five minutes', () => {
    const h5 = follow(newOrder({ attempt: { tradeType: 'MWEB', payerIp: '203.0.113.7' } }), [[0, placed()]]).order;
    expect(mayPay(h5, OPENED_MS + 5 * MINUTE - 1).ok).toBe(true);
    expect(mayPay(h5, OPENED_MS + 5 * MINUTE)).toMatchObject({ ok: false, reason: 'prepay-too-old' });
  });
});
