import { describe, expect, test } from 'vitest';
import {
  alarmKinds,
  attemptIn,
  dueAfterMs,
  eventTypes,
  FIRST,
  follow,
  MINUTE,
  newOrder,
  notice,
  outRefundNo,
  placed,
  refundIn,
  refundReported,
  TOTAL_FEN,
  trade,
} from './testing/samples.ts';

const closedOrder = (latePayment: 'refund' | 'reopen') =>
  follow(newOrder({ latePayment }), [
    [0, placed()],
    [6 * MINUTE, trade('CLOSED')],
  ]).order;

describe('R11: paid after close', () => {
  test('R11: with the policy `refund` the money is sent back and the order stays closed', () => {
    const story = follow(closedOrder('refund'), [[10 * MINUTE, notice()]]);
    expect(story.order.state).toBe('closed');
    expect(attemptIn(story.order).state).toBe('paid');
    expect(refundIn(story.order, 'A1-paid-after-close')).toMatchObject({
      refundFen: TOTAL_FEN,
      reason: 'paid-after-close',
      outTradeNo: FIRST,
    });
    expect(dueAfterMs(story.last, 'refund', outRefundNo('A1-paid-after-close'))).toBe(10 * MINUTE);
  });

  test('R11: with the policy `reopen` the order becomes paid, and nothing is sent back', () => {
    const story = follow(closedOrder('reopen'), [[10 * MINUTE, notice()]]);
    expect(story.order).toMatchObject({ state: 'paid', paidBy: FIRST, refunds: [] });
    expect(eventTypes(story)).toEqual(['order.paid_after_close', 'order.paid']);
  });

  test.each(['refund', 'reopen'] as const)('R11: under `%s` it is never silent, and told once', (policy) => {
    const story = follow(closedOrder(policy), [[10 * MINUTE, notice()]]);
    expect(alarmKinds(story)).toEqual(['paid-after-close']);
    expect(story.last.events[0]).toMatchObject({ type: 'order.paid_after_close', data: { policy, outTradeNo: FIRST } });
    const again = follow(story.order, [
      [11 * MINUTE, notice()],
      [12 * MINUTE, trade('SUCCESS')],
    ]);
    expect(again.order).toBe(story.order);
    expect(alarmKinds(again)).toEqual([]);
  });

  test('R11: a look after the close finds a late payment whose notice was lost', () => {
    const story = follow(closedOrder('refund'), [[7 * MINUTE, trade('SUCCESS')]]);
    expect(alarmKinds(story)).toEqual(['paid-after-close']);
  });

  test('R11: when the refund has succeeded, the order is still closed', () => {
    const story = follow(closedOrder('refund'), [
      [10 * MINUTE, notice()],
      [20 * MINUTE, refundReported('A1-paid-after-close', TOTAL_FEN, 'succeeded')],
    ]);
    expect(story.order.state).toBe('closed');
    expect(eventTypes(story)).toEqual(['order.paid_after_close', 'refund.succeeded']);
  });

  test('R11: the derived number is used once, also when a refund under it was closed before', () => {
    const story = follow(closedOrder('refund'), [
      [9 * MINUTE, refundReported('A1-paid-after-close', TOTAL_FEN, 'closed')],
      [10 * MINUTE, notice()],
    ]);
    expect(story.order.refunds).toHaveLength(1);
    expect(alarmKinds(story)).toEqual(['paid-after-close']);
  });

  test('R11: a payment that arrives while the order is being closed is no late payment', () => {
    const story = follow(newOrder(), [
      [0, placed()],
      [6 * MINUTE, { kind: 'close-wanted', because: 'asked' }],
      [6 * MINUTE, notice()],
    ]);
    expect(eventTypes(story)).toEqual(['order.paid']);
    expect(alarmKinds(story)).toEqual([]);
  });
});
