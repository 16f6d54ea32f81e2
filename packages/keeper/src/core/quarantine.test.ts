import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { TradeReport } from './observation.ts';
import {
  alarmKinds,
  attemptIn,
  dueAfterMs,
  FIRST,
  follow,
  MINUTE,
  newOrder,
  notice,
  OTHER_APPID,
  OTHER_MCHID,
  outTradeNo,
  payment,
  placed,
  refundId,
  refundReported,
  report,
  SECOND,
  transactionId,
} from './testing/samples.ts';

const open = follow(newOrder(), [[0, placed()]]).order;
const told = (changed: TradeReport, learnedBy: 'notice' | 'query' = 'notice') =>
  follow(open, [[MINUTE, { kind: 'trade', report: changed, learnedBy }]]);

const paid = payment();
const MISMATCHES: readonly (readonly [string, TradeReport])[] = [
  ['appid', report('SUCCESS', FIRST, { appid: OTHER_APPID })],
  ['mchid', report('SUCCESS', FIRST, { mchid: OTHER_MCHID })],
  ['totalFen', report('SUCCESS', FIRST, { payment: { ...paid, totalFen: fen(1) } })],
  ['feeType', report('SUCCESS', FIRST, { payment: { ...paid, feeType: 'USD' } })],
  ['payment', { ...report('NOTPAY'), tradeState: 'SUCCESS' }],
  ['payment', { ...report('SUCCESS'), tradeState: 'CLOSED' }],
  ['appid', report('CLOSED', FIRST, { appid: OTHER_APPID })],
];

describe('R4: only verified knowledge moves an order', () => {
  test.each(MISMATCHES)('R4: a report with another %s is set aside and alarmed (%#)', (field, changed) => {
    const story = told(changed);
    expect(alarmKinds(story)).toEqual(['quarantined']);
    expect(story.last.alarms[0]?.message).toContain(field);
    expect(story.last.events).toEqual([]);
    expect(story.order.state).toBe('open');
    const { quarantined, ...rest } = attemptIn(story.order);
    expect(quarantined?.fields).toEqual([field]);
    expect(rest).toEqual(attemptIn(open));
  });

  test('R4: a report about a number that the order does not have changes nothing', () => {
    const story = told(report('SUCCESS', outTradeNo('B9')));
    expect(story.order).toBe(open);
    expect(alarmKinds(story)).toEqual(['quarantined']);
  });

  test('R4: a paid attempt cannot be paid under another transaction', () => {
    const { order } = follow(open, [[SECOND, notice()]]);
    const other = report('SUCCESS', FIRST, { payment: { ...paid, transactionId: transactionId('4200009999') } });
    const story = follow(order, [[MINUTE, { kind: 'trade', report: other, learnedBy: 'notice' }]]);
    expect(alarmKinds(story)).toEqual(['quarantined']);
    expect(attemptIn(story.order).payment?.transactionId).toBe(paid.transactionId);
  });

  test('R4: the currency may be named or left out when it is CNY', () => {
    const named = told(report('SUCCESS', FIRST, { payment: { ...paid, feeType: 'CNY' } }));
    const leftOut = told(report('SUCCESS'));
    expect(named.order.state).toBe('paid');
    expect(named.order).toEqual(leftOut.order);
  });

  test('R4: the alarm rings once for the same mismatch, and again for another one', () => {
    const first = told(report('SUCCESS', FIRST, { appid: OTHER_APPID }));
    const again = follow(first.order, [
      [2 * MINUTE, { kind: 'trade', report: report('SUCCESS', FIRST, { appid: OTHER_APPID }), learnedBy: 'notice' }],
    ]);
    expect(again.order).toBe(first.order);
    expect(alarmKinds(again)).toEqual([]);
    const other = follow(first.order, [
      [2 * MINUTE, { kind: 'trade', report: report('SUCCESS', FIRST, { mchid: OTHER_MCHID }), learnedBy: 'notice' }],
    ]);
    expect(alarmKinds(other)).toEqual(['quarantined']);
  });

  test('R4: a query whose answer is set aside does not stop the queries', () => {
    const story = told(report('SUCCESS', FIRST, { appid: OTHER_APPID }), 'query');
    expect(dueAfterMs(story.last, 'query')).toBeGreaterThan(MINUTE);
    expect(attemptIn(story.order).queriesMade).toBe(1);
  });

  test('R4: a true report after a forged one is taken', () => {
    const forged = told(report('SUCCESS', FIRST, { payment: { ...paid, totalFen: fen(1) } }));
    expect(follow(forged.order, [[2 * MINUTE, notice()]]).order.state).toBe('paid');
  });

  test('R4: a refund report over another amount, attempt or refund id, or over more than is left, is set aside', () => {
    const { order } = follow(open, [[SECOND, notice()]]);
    const known = follow(order, [[MINUTE, refundReported('R1', fen(990), 'processing')]]).order;
    const wrong = [
      refundReported('R1', fen(991), 'succeeded'),
      refundReported('R1', fen(990), 'succeeded', { outTradeNo: outTradeNo('B9') }),
      refundReported('R22', fen(1001), 'succeeded'),
      refundReported('R1', fen(990), 'succeeded', { refundId: refundId('50000999') }),
    ];
    for (const observation of wrong) {
      const story = follow(known, [[2 * MINUTE, observation]]);
      expect(alarmKinds(story)).toEqual(['quarantined']);
      expect(story.order.refunds).toEqual(known.refunds);
      expect(story.last.events).toEqual([]);
    }
  });
});
