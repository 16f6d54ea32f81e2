import { fen } from '@orderkeeper/protocol';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { decide } from './decide.ts';
import type { Observation } from './observation.ts';
import {
  attemptIn,
  closeAnswered,
  dueAfterMs,
  dutiesLeft,
  eventTypes,
  FIRST,
  follow,
  MINUTE,
  newOrder,
  notice,
  OPENED_MS,
  outTradeNo,
  payment,
  placed,
  refundReported,
  refundWanted,
  RULES,
  SECOND,
  trade,
} from './testing/samples.ts';

const open = follow(newOrder(), [[0, placed()]]).order;
const paid = follow(open, [[20 * SECOND, notice()]]);
const unknownPlace: Observation = { kind: 'place-unknown', outTradeNo: FIRST };
const notFound: Observation = { kind: 'trade-not-found', outTradeNo: FIRST };

afterEach(() => vi.restoreAllMocks());

describe('R5: once', () => {
  test('R5: a payment is told once, with what WeChat Pay vouched for', () => {
    expect(paid.last.events).toEqual([
      {
        type: 'order.paid',
        sequence: 1,
        atMs: OPENED_MS + 20 * SECOND,
        data: expect.objectContaining({ orderId: 'order-1', outTradeNo: FIRST, ...payment() }),
      },
    ]);
  });

  test('R5: the same notice again, and a query that says the same, change nothing and tell nothing', () => {
    for (const again of [notice(), trade('SUCCESS'), trade('SUCCESS', FIRST, 'bill')]) {
      const { last } = follow(paid.order, [[MINUTE, again]]);
      expect(last).toMatchObject({ order: paid.order, events: [], duties: [], alarms: [] });
    }
  });

  test('R5: a notice before the answer of the placing call pays the order', () => {
    const story = follow(newOrder(), [
      [SECOND, notice()],
      [2 * SECOND, placed()],
    ]);
    expect(story.order.state).toBe('paid');
    expect(eventTypes(story)).toEqual(['order.paid']);
    expect(dutiesLeft(story.decisions).has(`place ${FIRST}`)).toBe(false);
  });

  test('R5: a payment settles a question that was still to be asked', () => {
    const story = follow(open, [
      [SECOND, { kind: 'payer-returned' }],
      [SECOND, notice()],
    ]);
    expect(attemptIn(story.order)).not.toHaveProperty('ask');
    expect(dutiesLeft(story.decisions).has(`query ${FIRST}`)).toBe(false);
  });

  test('R5: a query that says NOTPAY after the notice said SUCCESS is old news', () => {
    const { last } = follow(paid.order, [[21 * SECOND, trade('NOTPAY')]]);
    expect(last).toMatchObject({ order: paid.order, events: [], duties: [] });
  });

  test('R5: events are numbered through the life of the order, and each decision with events has them delivered', () => {
    const story = follow(paid.order, [
      [MINUTE, refundWanted('R1', fen(990))],
      [2 * MINUTE, refundReported('R1', fen(990), 'succeeded')],
    ]);
    expect(story.last.events.map(({ sequence }) => sequence)).toEqual([2]);
    expect(story.order.eventCount).toBe(2);
    expect(dueAfterMs(story.last, 'deliver', 'order-1')).toBe(2 * MINUTE);
    expect(dueAfterMs(paid.last, 'deliver', 'order-1')).toBe(20 * SECOND);
    expect(dueAfterMs(story.decisions[0] ?? story.last, 'deliver')).toBeUndefined();
  });
});

describe('R15: time is passed in', () => {
  test('R15: the same order, observation and moment give the same decision, whatever the clock says', () => {
    const told: readonly Observation[] = [
      placed(),
      trade('NOTPAY'),
      { kind: 'payer-returned' },
      notice(),
      closeAnswered('done'),
    ];
    const before = told.map((observation) => decide(open, observation, OPENED_MS + MINUTE, RULES));
    vi.spyOn(Date, 'now').mockImplementation(() => {
      throw new Error('the core has asked the clock');
    });
    vi.spyOn(Math, 'random').mockImplementation(() => {
      throw new Error('the core has thrown dice');
    });
    expect(told.map((observation) => decide(open, observation, OPENED_MS + MINUTE, RULES))).toEqual(before);
  });

  test('R15: a life that starts an hour later is the same life, an hour later', () => {
    const shift = 60 * MINUTE;
    const moved = JSON.parse(JSON.stringify(open), (key, value: unknown) =>
      key.endsWith('AtMs') && typeof value === 'number' ? value + shift : value,
    );
    const here = decide(open, trade('NOTPAY'), OPENED_MS + MINUTE, RULES);
    const there = decide(moved, trade('NOTPAY'), OPENED_MS + MINUTE + shift, RULES);
    expect(there.duties.map((duty) => (duty.change === 'schedule' ? duty.dueAtMs - shift : duty))).toEqual(
      here.duties.map((duty) => (duty.change === 'schedule' ? duty.dueAtMs : duty)),
    );
  });
});

describe('R17: knowledge only grows', () => {
  test('R17: REFUND counts as paid, and is not forgotten for SUCCESS', () => {
    const story = follow(open, [
      [MINUTE, trade('REFUND')],
      [2 * MINUTE, trade('SUCCESS')],
    ]);
    expect(story.order.state).toBe('paid');
    expect(attemptIn(story.order).tradeState).toBe('REFUND');
    expect(eventTypes(story)).toEqual(['order.paid']);
    expect(attemptIn(follow(paid.order, [[MINUTE, trade('REFUND')]]).order).tradeState).toBe('REFUND');
  });

  test('R17: unknown never replaces known', () => {
    for (const unknown of [
      unknownPlace,
      { kind: 'query-unknown', outTradeNo: FIRST },
      closeAnswered('unknown'),
    ] as const) {
      expect(attemptIn(follow(open, [[MINUTE, unknown]]).order)).toMatchObject({
        state: 'open',
        prepay: attemptIn(open).prepay,
      });
      expect(follow(paid.order, [[MINUTE, unknown]]).order).toBe(paid.order);
    }
  });

  test('R17: a late answer of the placing call does not reopen a closed order', () => {
    const closed = follow(open, [[6 * MINUTE, trade('CLOSED')]]).order;
    expect(follow(closed, [[7 * MINUTE, placed(FIRST, OPENED_MS + 7 * MINUTE)]]).order).toBe(closed);
    expect(follow(closed, [[7 * MINUTE, trade('USERPAYING', FIRST, 'notice')]]).order).toBe(closed);
  });
});

describe('placing', () => {
  test('a call without an answer is repeated with the same content, after a query has found nothing', () => {
    const unknown = follow(newOrder(), [[SECOND, unknownPlace]]);
    expect(dueAfterMs(unknown.last, 'query')).toBe(SECOND);
    expect(dueAfterMs(unknown.last, 'place')).toBeUndefined();
    const gone = follow(unknown.order, [[SECOND, notFound]]);
    expect(dueAfterMs(gone.last, 'place')).toBe(3 * SECOND);
    const again = follow(gone.order, [
      [3 * SECOND, unknownPlace],
      [3 * SECOND, notFound],
    ]);
    expect(dueAfterMs(again.last, 'place')).toBe(13 * SECOND);
  });

  test('a query that finds the order has the call repeated for its prepay id', () => {
    const { order, last } = follow(newOrder(), [
      [SECOND, unknownPlace],
      [2 * SECOND, trade('NOTPAY')],
    ]);
    expect(attemptIn(order).state).toBe('open');
    expect(dueAfterMs(last, 'place')).toBe(3 * SECOND);
    const { last: done } = follow(order, [[3 * SECOND, placed()]]);
    expect(done.duties).toContainEqual({ change: 'cancel', kind: 'place', subject: FIRST });
  });

  test('an attempt that is still being placed at its expiry is asked about and closed', () => {
    const story = follow(newOrder(), [
      [SECOND, unknownPlace],
      [2 * SECOND, { kind: 'query-unknown', outTradeNo: FIRST }],
    ]);
    expect(dueAfterMs(story.last, 'query')).toBe(30 * MINUTE);
    const over = follow(story.order, [
      [30 * MINUTE, notFound],
      [30 * MINUTE, closeAnswered('done')],
      [30 * MINUTE, notFound],
    ]);
    expect(over.order.state).toBe('closed');
    expect(dutiesLeft([...story.decisions, ...over.decisions]).has(`place ${FIRST}`)).toBe(false);
  });

  test('nothing is placed at or after the expiry', () => {
    const { last } = follow(newOrder(), [
      [30 * MINUTE - 5 * SECOND, unknownPlace],
      [30 * MINUTE - 4 * SECOND, notFound],
      [30 * MINUTE - 3 * SECOND, unknownPlace],
      [30 * MINUTE - 2 * SECOND, notFound],
    ]);
    expect(dueAfterMs(last, 'place')).toBeUndefined();
    expect(dueAfterMs(last, 'query')).toBe(30 * MINUTE);
  });

  test('a refusal is told, and the order can be paid again', () => {
    const refused = { kind: 'place-rejected', outTradeNo: FIRST, code: 'NOAUTH', message: 'no permission' } as const;
    const story = follow(newOrder(), [[SECOND, refused]]);
    expect(attemptIn(story.order)).toMatchObject({ state: 'rejected', failureCode: 'NOAUTH' });
    expect(eventTypes(story)).toEqual(['attempt.failed']);
    expect(story.order.state).toBe('open');
  });

  test.each(['ORDERPAID', 'ORDER_CLOSED', 'OUT_TRADE_NO_USED'])(
    'refused in a way that leaves a doubt, with %s, a query decides',
    (code) => {
      const { order, last } = follow(newOrder(), [
        [SECOND, { kind: 'place-doubtful', outTradeNo: FIRST, code, message: '' }],
      ]);
      expect(attemptIn(order).state).toBe('creating');
      expect(dueAfterMs(last, 'query')).toBe(SECOND);
    },
  );

  test('a number that WeChat Pay calls used, and a query unpaid, is placed again after growing waits, not at once', () => {
    const used = { kind: 'place-doubtful', outTradeNo: FIRST, code: 'OUT_TRADE_NO_USED', message: '' } as const;
    const once = follow(newOrder(), [
      [SECOND, used],
      [SECOND, trade('NOTPAY')],
    ]);
    expect(dueAfterMs(once.last, 'place')).toBe(3 * SECOND);
    const twice = follow(once.order, [
      [3 * SECOND, used],
      [3 * SECOND, trade('NOTPAY')],
    ]);
    expect(dueAfterMs(twice.last, 'place')).toBe(13 * SECOND);
  });

  test('answers about a number that the order does not have change nothing', () => {
    const stranger = outTradeNo('B9');
    const answers: readonly Observation[] = [
      placed(stranger),
      { kind: 'query-unknown', outTradeNo: stranger },
      closeAnswered('done', stranger),
    ];
    for (const answer of answers) {
      expect(follow(open, [[MINUTE, answer]]).last).toMatchObject({ order: open, events: [], duties: [], alarms: [] });
    }
  });
});
