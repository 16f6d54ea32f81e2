import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import { openOrder } from './open-order.ts';
import { parseOrderId } from './order-id.ts';
import { attemptIn, dueAfterMs, FIRST, OPENED_MS, orderWish, RULES } from './testing/samples.ts';

const moment = { nowMs: OPENED_MS, rules: RULES };

describe('opening an order', () => {
  test('R1: the first decision is the intent: one attempt, still to be placed, and the duty to place it', () => {
    const opened = openOrder(orderWish(), moment);
    if (!opened.ok) throw new Error(opened.message);
    const { order, events } = opened.value;
    expect(order).toMatchObject({ state: 'open', eventCount: 0, createdAtMs: OPENED_MS, latePayment: 'refund' });
    expect(attemptIn(order)).toMatchObject({ outTradeNo: FIRST, state: 'creating', openedAtMs: OPENED_MS });
    expect(attemptIn(order).content).toMatchObject({ totalFen: order.totalFen, expiresAtMs: order.expiresAtMs });
    expect(dueAfterMs(opened.value, 'place')).toBe(0);
    expect(events).toEqual([]);
  });

  test('a declared policy for late payments goes before the rule', () => {
    expect(openOrder(orderWish({ latePayment: 'reopen' }), moment)).toMatchObject({
      ok: true,
      value: { order: { latePayment: 'reopen' } },
    });
  });

  test('an order over nothing, or one that is over already, is refused', () => {
    expect(openOrder(orderWish({ totalFen: fen(0) }), moment)).toMatchObject({ ok: false, reason: 'nothing-to-pay' });
    expect(openOrder(orderWish({ expiresAtMs: OPENED_MS }), moment)).toMatchObject({
      ok: false,
      reason: 'expired-already',
    });
  });
});

describe('an order id', () => {
  test.each(['a', 'x'.repeat(64), '2027/03/02#1', 'A-1_b|c*@'])('may be %s', (text) => {
    expect(parseOrderId(text)).toEqual({ ok: true, value: text });
  });

  test.each([
    ['', 'length'],
    ['x'.repeat(65), 'length'],
    ['a b', 'characters'],
    ['a\n', 'characters'],
    ['订单1', 'characters'],
  ])('may not be %j: %s', (text, reason) => {
    expect(parseOrderId(text)).toMatchObject({ ok: false, reason });
  });
});
