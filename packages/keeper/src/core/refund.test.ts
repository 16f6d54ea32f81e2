import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { Observation } from './observation.ts';
import type { RefundState } from './order.ts';
import { REFUND_NEXT, type RefundFact } from './refund-transitions.ts';
import {
  alarmKinds,
  dueAfterMs,
  dutiesLeft,
  eventTypes,
  follow,
  HOUR,
  MINUTE,
  newOrder,
  notice,
  OPENED_MS,
  outRefundNo,
  placed,
  refund,
  refundId,
  refundIn,
  refundReported,
  refundWanted,
  RULES,
  SECOND,
  SECOND_NO,
  TOTAL_FEN,
} from './testing/samples.ts';

const DAY = 24 * HOUR;
const R1 = outRefundNo('R1');
const paid = follow(newOrder(), [
  [0, placed()],
  [MINUTE, notice()],
]).order;
const asked = follow(paid, [[2 * MINUTE, refundWanted('R1', fen(990))]]);
const accepted = follow(asked.order, [[2 * MINUTE, refundReported('R1', fen(990), 'processing')]]);

const unknown: Observation = { kind: 'refund-unknown', outRefundNo: R1 };
const notFound: Observation = { kind: 'refund-not-found', outRefundNo: R1 };
const lookUnknown: Observation = { kind: 'refund-look-unknown', outRefundNo: R1 };
const rejected = (code: string): Observation => ({ kind: 'refund-rejected', outRefundNo: R1, code, message: 'no' });

describe('R12: asking for a refund', () => {
  test('R12: a wanted refund is committed before its call leaves', () => {
    expect(refundIn(asked.order, 'R1').state).toBe('asked');
    expect(dueAfterMs(asked.last, 'refund', R1)).toBe(2 * MINUTE);
    expect(eventTypes(asked)).toEqual([]);
  });

  test('R12: parts sum to at most what was paid', () => {
    const rest = follow(asked.order, [[3 * MINUTE, refundWanted('R2', fen(1001))]]);
    expect(rest.last.refused?.reason).toBe('more-than-paid');
    expect(rest.order).toBe(asked.order);
    const fits = follow(asked.order, [[3 * MINUTE, refundWanted('R2', fen(1000))]]);
    expect(fits.last.refused).toBeUndefined();
    expect(follow(fits.order, [[4 * MINUTE, refundWanted('R3', fen(1))]]).last.refused?.reason).toBe('more-than-paid');
  });

  test('R12: there are at most fifty parts', () => {
    const parts = Array.from({ length: 51 }, (_, index) => [2 * MINUTE, refundWanted(`P${index}`, fen(1))] as const);
    const story = follow(paid, parts);
    expect(story.order.refunds).toHaveLength(50);
    expect(story.last.refused?.reason).toBe('too-many-parts');
  });

  test('R12: the same number with the same content is the same refund, with other content a mistake', () => {
    expect(follow(asked.order, [[3 * MINUTE, refundWanted('R1', fen(990))]]).last).toMatchObject({
      order: asked.order,
      duties: [],
    });
    expect(follow(asked.order, [[3 * MINUTE, refundWanted('R1', fen(991))]]).last.refused?.reason).toBe(
      'out-refund-no-used',
    );
  });

  test('R12: a refused part counts neither as a part nor against the sum, until it is wanted again', () => {
    const refused = follow(asked.order, [[2 * MINUTE, rejected('NOTENOUGH')]]).order;
    const rules = { ...RULES, refundPartsMax: 1 };
    const other = follow(refused, [[3 * MINUTE, refundWanted('R2', TOTAL_FEN)]], rules);
    expect(other.last.refused).toBeUndefined();
    const again = follow(other.order, [[4 * MINUTE, refundWanted('R1', fen(990))]]);
    expect(again.last.refused?.reason).toBe('more-than-paid');
    expect(refundIn(again.order, 'R1').state).toBe('rejected');
  });

  test('R12: what was not paid, and nothing at all, is not refunded', () => {
    expect(follow(newOrder(), [[MINUTE, refundWanted('R1', fen(1))]]).last.refused?.reason).toBe('not-paid');
    expect(follow(paid, [[MINUTE, refundWanted('R1', fen(0))]]).last.refused?.reason).toBe('nothing-to-refund');
    const stray: Observation = { kind: 'refund-wanted', refund: refund('R1', fen(1), { outTradeNo: SECOND_NO }) };
    expect(follow(paid, [[MINUTE, stray]]).last.refused?.reason).toBe('no-such-attempt');
  });

  test('R12: two refunds of one payment leave a minute apart', () => {
    const story = follow(paid, [
      [2 * MINUTE, refundWanted('R1', fen(10))],
      [2 * MINUTE + SECOND, refundWanted('R2', fen(10))],
      [2 * MINUTE + 2 * SECOND, refundWanted('R3', fen(10))],
    ]);
    const due = story.decisions.map((decision, index) => dueAfterMs(decision, 'refund', `R${index + 1}`));
    expect(due).toEqual([2 * MINUTE, 3 * MINUTE, 4 * MINUTE]);
  });
});

describe('R12: a refund keeps its number on every try', () => {
  test('R12: after a call without an answer a look comes first', () => {
    const { last } = follow(asked.order, [[2 * MINUTE, unknown]]);
    expect(dueAfterMs(last, 'follow-refund', R1)).toBe(2 * MINUTE);
    expect(dueAfterMs(last, 'refund', R1)).toBeUndefined();
  });

  test('R12: when the look finds nothing, the call is repeated under the same number, later and later', () => {
    const first = follow(asked.order, [
      [2 * MINUTE, unknown],
      [2 * MINUTE, notFound],
    ]);
    expect(dueAfterMs(first.last, 'refund', R1)).toBe(2 * MINUTE + 5 * SECOND);
    const second = follow(first.order, [
      [3 * MINUTE, unknown],
      [3 * MINUTE, notFound],
    ]);
    expect(dueAfterMs(second.last, 'refund', R1)).toBe(3 * MINUTE + 30 * SECOND);
  });

  test('R12: a look without an answer is repeated before the call is', () => {
    const { last } = follow(asked.order, [
      [2 * MINUTE, unknown],
      [2 * MINUTE, lookUnknown],
    ]);
    expect(dueAfterMs(last, 'follow-refund', R1)).toBe(2 * MINUTE + 30 * SECOND);
    expect(dueAfterMs(last, 'refund', R1)).toBeUndefined();
  });

  test('R12: refused for now it is sent again later, under the same number', () => {
    const postponed = { kind: 'refund-postponed', outRefundNo: R1, code: 'FREQUENCY_LIMITED', message: 'no' } as const;
    const { order, last } = follow(asked.order, [[2 * MINUTE, postponed]]);
    expect(refundIn(order, 'R1').state).toBe('asked');
    expect(dueAfterMs(last, 'refund', R1)).toBe(2 * MINUTE + 5 * SECOND);
  });

  test('R12: refused for certain it is told, gives its part free, and can be asked for again under its number', () => {
    const refused = follow(asked.order, [[2 * MINUTE, rejected('NOTENOUGH')]]);
    expect(refundIn(refused.order, 'R1')).toMatchObject({ state: 'rejected', failureCode: 'NOTENOUGH' });
    expect(refused.last.events[0]).toMatchObject({ type: 'refund.rejected', data: { failureCode: 'NOTENOUGH' } });
    expect(follow(refused.order, [[3 * MINUTE, refundWanted('R2', TOTAL_FEN)]]).last.refused).toBeUndefined();
    const again = follow(refused.order, [[3 * MINUTE, refundWanted('R1', fen(990))]]);
    expect(refundIn(again.order, 'R1').state).toBe('asked');
    expect(dueAfterMs(again.last, 'refund', R1)).toBeLessThanOrEqual(3 * MINUTE);
  });

  test('R12: refused after a call without an answer, a look decides', () => {
    const doubtful = follow(asked.order, [
      [2 * MINUTE, unknown],
      [2 * MINUTE, notFound],
      [3 * MINUTE, rejected('ERROR')],
    ]);
    expect(refundIn(doubtful.order, 'R1').state).toBe('asked');
    expect(dueAfterMs(doubtful.last, 'follow-refund', R1)).toBe(3 * MINUTE);
    const gone = follow(doubtful.order, [[3 * MINUTE, notFound]]);
    expect(refundIn(gone.order, 'R1')).toMatchObject({ state: 'rejected', failureCode: 'ERROR' });
    const there = follow(doubtful.order, [[3 * MINUTE, refundReported('R1', fen(990), 'processing')]]);
    expect(refundIn(there.order, 'R1').state).toBe('processing');
    expect(refundIn(there.order, 'R1').failureCode).toBeUndefined();
  });
});

describe('R12: a refund is followed to its end', () => {
  test('R12: looks come after 10 s, 1 m, 10 m, 1 h and 6 h, then daily for 14 days, then a person is told', () => {
    let story = accepted;
    const looks: number[] = [];
    const alarms: string[] = [];
    for (;;) {
      const dueMs = dueAfterMs(story.last, 'follow-refund', R1);
      if (dueMs === undefined) break;
      looks.push(dueMs - 2 * MINUTE);
      story = follow(story.order, [[dueMs, refundReported('R1', fen(990), 'processing')]]);
      alarms.push(...alarmKinds(story));
    }
    const days = Array.from({ length: 14 }, (_, day) => (day + 1) * DAY);
    expect(looks).toEqual([10 * SECOND, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, ...days]);
    expect(alarms).toEqual(['refund-not-final']);
    expect(refundIn(story.order, 'R1').state).toBe('processing');
  });

  test('R12: the answer that accepts a refund is no look at it', () => {
    expect(refundIn(accepted.order, 'R1')).toMatchObject({ looksMade: 0, acceptedAtMs: OPENED_MS + 2 * MINUTE });
    const looked = follow(accepted.order, [[2 * MINUTE + 10 * SECOND, refundReported('R1', fen(990), 'processing')]]);
    expect(refundIn(looked.order, 'R1').looksMade).toBe(1);
  });

  test.each([
    ['succeeded', 'refund.succeeded', []],
    ['closed', 'refund.closed', []],
  ] as const)('R12: %s ends it, is told once, and leaves no duty behind', (state, event, alarms) => {
    const story = follow(accepted.order, [
      [3 * MINUTE, refundReported('R1', fen(990), state)],
      [4 * MINUTE, refundReported('R1', fen(990), state)],
      [5 * MINUTE, refundReported('R1', fen(990), 'processing')],
      [6 * MINUTE, rejected('ERROR')],
    ]);
    expect(refundIn(story.order, 'R1').state).toBe(state);
    expect(eventTypes(story)).toEqual([event]);
    expect(alarmKinds(story)).toEqual(alarms);
    const all = [...asked.decisions, ...accepted.decisions, ...story.decisions];
    expect([...dutiesLeft(all).keys()]).toEqual(['deliver order-1']);
  });

  test('R12: a closed refund gives its part free', () => {
    const closed = follow(accepted.order, [[3 * MINUTE, refundReported('R1', fen(990), 'closed')]]);
    expect(follow(closed.order, [[4 * MINUTE, refundWanted('R2', TOTAL_FEN)]]).last.refused).toBeUndefined();
  });

  test('R12: an abnormal refund keeps its part, and may still succeed when a person has mended it', () => {
    const abnormal = follow(accepted.order, [[3 * MINUTE, refundReported('R1', fen(990), 'abnormal')]]);
    expect(follow(abnormal.order, [[4 * MINUTE, refundWanted('R2', TOTAL_FEN)]]).last.refused?.reason).toBe(
      'more-than-paid',
    );
    const mended = follow(abnormal.order, [[5 * MINUTE, refundReported('R1', fen(990), 'succeeded')]]);
    expect(eventTypes(mended)).toEqual(['refund.succeeded']);
  });

  test('R12: an abnormal refund is told and alarmed once, and looked at every day until a person has acted', () => {
    const look = refundReported('R1', fen(990), 'abnormal');
    const waiting = follow(accepted.order, [
      [3 * MINUTE, look],
      [4 * MINUTE, { ...look, learnedBy: 'notice' }],
      [3 * MINUTE + DAY, look],
      [3 * MINUTE + 2 * DAY, refundReported('R1', fen(990), 'processing')],
    ]);
    expect(refundIn(waiting.order, 'R1')).toMatchObject({ state: 'abnormal', looksMade: 2 });
    expect(eventTypes(waiting)).toEqual(['refund.abnormal']);
    expect(alarmKinds(waiting)).toEqual(['refund-abnormal']);
    expect(dueAfterMs(waiting.last, 'follow-refund', R1)).toBe(3 * MINUTE + 3 * DAY);

    const mended = follow(waiting.order, [[3 * MINUTE + 3 * DAY, refundReported('R1', fen(990), 'succeeded')]]);
    expect(eventTypes(mended)).toEqual(['refund.succeeded']);
    const all = [...asked.decisions, ...accepted.decisions, ...waiting.decisions, ...mended.decisions];
    expect([...dutiesLeft(all).keys()]).toEqual(['deliver order-1']);
  });

  test('R12: after two weeks an abnormal refund is looked at every week, after half a year only its notice tells', () => {
    const look = refundReported('R1', fen(990), 'abnormal');
    const twoWeeks = follow(accepted.order, [
      [3 * MINUTE, look],
      [3 * MINUTE + 14 * DAY, look],
    ]);
    expect(dueAfterMs(twoWeeks.last, 'follow-refund', R1)).toBe(3 * MINUTE + 21 * DAY);
    const halfYear = follow(twoWeeks.order, [[3 * MINUTE + 182 * DAY, look]]);
    expect(dueAfterMs(halfYear.last, 'follow-refund', R1)).toBeUndefined();
    const told = follow(halfYear.order, [[300 * DAY, refundReported('R1', fen(990), 'succeeded')]]);
    expect(eventTypes(told)).toEqual(['refund.succeeded']);
  });

  test('R12: when everything has gone back, the order is refunded; with a part of it, it is still paid', () => {
    const part = follow(accepted.order, [[3 * MINUTE, refundReported('R1', fen(990), 'succeeded')]]);
    expect(part.order.state).toBe('paid');
    const rest = follow(part.order, [
      [4 * MINUTE, refundWanted('R2', fen(1000))],
      [5 * MINUTE, refundReported('R2', fen(1000), 'succeeded', { refundId: refundId('500002') })],
    ]);
    expect(rest.order.state).toBe('refunded');
  });

  test('a refund made in the merchant console is taken into the books', () => {
    const story = follow(paid, [[2 * MINUTE, refundReported('CONSOLE', TOTAL_FEN, 'succeeded')]]);
    expect(refundIn(story.order, 'CONSOLE')).toMatchObject({ reason: 'elsewhere', state: 'succeeded' });
    expect(story.order.state).toBe('refunded');
    expect(eventTypes(story)).toEqual(['refund.succeeded']);
  });

  test('a refund notice that overtakes the payment waits for it in the books', () => {
    const story = follow(newOrder(), [
      [0, placed()],
      [MINUTE, refundReported('CONSOLE', TOTAL_FEN, 'succeeded')],
      [2 * MINUTE, notice()],
    ]);
    expect(story.order.state).toBe('refunded');
    expect(eventTypes(story)).toEqual(['refund.succeeded', 'order.paid']);
  });

  test('answers about a refund that the order does not have change nothing', () => {
    for (const answer of [unknown, notFound, lookUnknown, rejected('ERROR')]) {
      expect(follow(paid, [[MINUTE, answer]]).last).toMatchObject({ order: paid, events: [], duties: [], alarms: [] });
    }
  });
});

describe('the refund table', () => {
  const STATES = [
    'asked',
    'processing',
    'succeeded',
    'closed',
    'abnormal',
    'rejected',
  ] as const satisfies readonly RefundState[];
  /** Written apart from the table: one column per state, `.` where the refund stays. */
  const EXPECTED: Readonly<Record<RefundFact, string>> = {
    'wanted-again': '. . . . . asked',
    processing: 'processing . . . . processing',
    succeeded: 'succeeded succeeded . succeeded succeeded succeeded',
    closed: 'closed closed . . closed closed',
    abnormal: 'abnormal abnormal . . . abnormal',
    rejected: 'rejected . . . . .',
    'come-back-later': '. . . . . .',
    unknown: '. . . . . .',
    'not-found': '. . . . . .',
    'look-unknown': '. . . . . .',
  };

  test('R12, R17: leads where it should from every state, each cell with a reason', () => {
    for (const state of STATES) {
      for (const [fact, { to, why }] of Object.entries(REFUND_NEXT[state])) {
        const column = Object.entries(EXPECTED)
          .find(([name]) => name === fact)?.[1]
          .split(' ')[STATES.indexOf(state)];
        expect(`${state} + ${fact} → ${to === 'stays' ? '.' : to}`).toBe(`${state} + ${fact} → ${column}`);
        expect(why.length).toBeGreaterThan(10);
      }
      expect(Object.keys(REFUND_NEXT[state]).sort()).toEqual(Object.keys(EXPECTED).sort());
    }
  });
});
