import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import {
  alarmKinds,
  attemptIn,
  attemptWanted,
  closeAnswered,
  dueAfterMs,
  eventTypes,
  FIRST,
  follow,
  MINUTE,
  newOrder,
  notice,
  outRefundNo,
  payment,
  placed,
  refundIn,
  refundReported,
  report,
  SECOND_NO,
  TOTAL_FEN,
  trade,
} from './testing/samples.ts';

const paidBySecond = follow(newOrder(), [
  [0, placed()],
  [6 * MINUTE, { kind: 'close-wanted', because: 'replaced' }],
  [6 * MINUTE, trade('NOTPAY')],
  [6 * MINUTE, closeAnswered('order-closed')],
  [7 * MINUTE, attemptWanted()],
  [7 * MINUTE, placed(SECOND_NO)],
  [8 * MINUTE, notice(SECOND_NO)],
]);

describe('R10: paid twice', () => {
  const twice = follow(paidBySecond.order, [[9 * MINUTE, notice(FIRST)]]);

  test('R10: the second success is stored and refunded under a number derived from its attempt', () => {
    expect(twice.order).toMatchObject({ state: 'paid', paidBy: SECOND_NO });
    expect(attemptIn(twice.order, FIRST)).toMatchObject({ state: 'paid', payment: { totalFen: TOTAL_FEN } });
    expect(refundIn(twice.order, 'A1-paid-twice')).toMatchObject({
      outTradeNo: FIRST,
      refundFen: TOTAL_FEN,
      reason: 'paid-twice',
      state: 'asked',
    });
    expect(dueAfterMs(twice.last, 'refund', outRefundNo('A1-paid-twice'))).toBe(9 * MINUTE);
  });

  test('R10: once the order is paid, the closed attempt is not asked about any more', () => {
    expect(paidBySecond.last.duties).toContainEqual({ change: 'cancel', kind: 'query', subject: FIRST });
  });

  test('R10: it is told once and alarmed', () => {
    expect(eventTypes(twice)).toEqual(['order.paid_twice']);
    expect(twice.last.events[0]?.data).toMatchObject({
      outTradeNo: FIRST,
      paidBy: SECOND_NO,
      outRefundNo: 'A1-paid-twice',
    });
    expect(alarmKinds(twice)).toEqual(['paid-twice']);
    const again = follow(twice.order, [
      [10 * MINUTE, notice(FIRST)],
      [10 * MINUTE, trade('SUCCESS', FIRST)],
    ]);
    expect(again.order).toBe(twice.order);
    expect(eventTypes(again)).toEqual([]);
  });

  test('R10: above the cap it is refunded all the same, and a person is asked to look', () => {
    const totalFen = fen(100_001);
    const wish = { totalFen };
    const dear = follow(newOrder(wish), [
      [
        0,
        {
          kind: 'trade',
          report: report('SUCCESS', FIRST, { payment: { ...payment(), totalFen } }),
          learnedBy: 'query',
        },
      ],
    ]).order;
    const second = { ...attemptIn(dear), outTradeNo: SECOND_NO, state: 'open' as const };
    const { payment: _first, ...unpaid } = second;
    const secondPaid = report('SUCCESS', SECOND_NO, { payment: { ...payment(SECOND_NO), totalFen } });
    const story = follow({ ...dear, attempts: [...dear.attempts, unpaid] }, [
      [MINUTE, { kind: 'trade', report: secondPaid, learnedBy: 'notice' }],
    ]);
    expect(alarmKinds(story)).toEqual(['paid-twice', 'duplicate-refund-above-cap']);
    expect(refundIn(story.order, 'A2-paid-twice').refundFen).toBe(totalFen);
  });

  test('R10: when the second payment has gone back, the order is still paid by the first', () => {
    const back = follow(twice.order, [[20 * MINUTE, refundReported('A1-paid-twice', TOTAL_FEN, 'succeeded')]]);
    expect(back.order.state).toBe('paid');
    expect(eventTypes(back)).toEqual(['refund.succeeded']);
  });

  test('R10: a second success after a full refund is a second success too', () => {
    const refunded = follow(newOrder(), [
      [0, placed()],
      [MINUTE, notice()],
      [2 * MINUTE, refundReported('R1', TOTAL_FEN, 'succeeded')],
    ]).order;
    expect(refunded.state).toBe('refunded');
    const { payment: _first, ...unpaid } = { ...attemptIn(refunded), outTradeNo: SECOND_NO, state: 'closed' as const };
    const story = follow({ ...refunded, attempts: [unpaid, ...refunded.attempts] }, [[3 * MINUTE, notice(SECOND_NO)]]);
    expect(eventTypes(story)).toEqual(['order.paid_twice']);
    expect(story.order.state).toBe('refunded');
  });
});
