import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openOrder } from './open-order.ts';
import type { Decision } from './decision.ts';
import { scheduledQueriesAtMs } from './query-schedule.ts';
import type { Rules } from './rules.ts';
import {
  attemptIn,
  dueAfterMs,
  EXPIRES_MS,
  FIRST,
  follow,
  MINUTE,
  newOrder,
  notice,
  OPENED_MS,
  orderWish,
  outTradeNo,
  placed,
  RULES,
  SECOND,
  trade,
} from './testing/samples.ts';
import { type Call, liveThrough, momentsOf, type World } from './testing/tiny-world.ts';

const firstOf = (changes: Parameters<typeof orderWish>[0] = {}): Decision => {
  const opened = openOrder(orderWish(changes), { nowMs: OPENED_MS, rules: RULES });
  if (!opened.ok) throw new Error(opened.message);
  return opened.value;
};

/** Nobody pays: NOTPAY until the close, CLOSED after it. */
const neverPaid = (): World => {
  let isClosed = false;
  return ({ kind }: Call) => {
    if (kind === 'place') return placed();
    if (kind !== 'close') return trade(isClosed ? 'CLOSED' : 'NOTPAY');
    isClosed = true;
    return { kind: 'close-answered', outTradeNo: FIRST, answer: 'done' };
  };
};

describe('R6: lost notices are found by asking', () => {
  test('R6: an open attempt is asked about after 5 s, 15 s, 30 s, 1 m, 3 m, 5 m, 10 m and 20 m, ±20 %', () => {
    const life = liveThrough(neverPaid(), { first: firstOf(), untilMs: 25 * MINUTE });
    const asked = momentsOf(life, 'query');
    expect(asked).toHaveLength(8);
    for (const [index, afterMs] of RULES.queryAfterMs.entries()) {
      expect(asked[index]).toBeGreaterThanOrEqual(afterMs * 0.8);
      expect(asked[index]).toBeLessThanOrEqual(afterMs * 1.2);
    }
  });

  test('R6: a 30-minute order that is never paid costs ten queries, and ends closed', () => {
    const life = liveThrough(neverPaid(), { first: firstOf(), untilMs: 7 * 24 * 60 * MINUTE });
    expect(momentsOf(life, 'query')).toHaveLength(10);
    expect(momentsOf(life, 'close')).toEqual([30 * MINUTE]);
    expect(life.order.state).toBe('closed');
  });

  test('R6: for any number and any time to pay, an order that is never paid costs at most ten queries', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Za-z]{6,32}$/), fc.integer({ min: 1, max: 24 * 60 }), (number, minutes) => {
        const wish = { outTradeNo: outTradeNo(number), expiresAtMs: OPENED_MS + minutes * MINUTE };
        const first = firstOf(wish);
        const world = neverPaid();
        const renamed: World = (call) => {
          const answer = world(call);
          if (answer.kind === 'trade') return { ...answer, report: { ...answer.report, outTradeNo: wish.outTradeNo } };
          return answer.kind === 'placed' || answer.kind === 'close-answered'
            ? { ...answer, outTradeNo: wish.outTradeNo }
            : answer;
        };
        const life = liveThrough(renamed, { first, untilMs: 10 * 24 * 60 * MINUTE });
        // An order shorter than the five minutes of R7 is asked about at its expiry and again before its close.
        expect(momentsOf(life, 'query').length).toBeLessThanOrEqual(RULES.queriesMax);
        expect(life.order.state).toBe('closed');
      }),
      { numRuns: 200 },
    );
  });

  test('R6: no query of the schedule lies past the expiry; the last one is at the expiry itself', () => {
    const life = liveThrough(neverPaid(), {
      first: firstOf({ expiresAtMs: OPENED_MS + 6 * MINUTE }),
      untilMs: 6 * MINUTE,
    });
    expect(momentsOf(life, 'query').at(-2)).toBe(6 * MINUTE);
    expect(momentsOf(life, 'query').filter((atMs) => atMs > 6 * MINUTE)).toEqual([]);
  });

  test('R6: the jitter of a number is the same for every worker, and differs between numbers', () => {
    const queries = (number: string): readonly number[] =>
      scheduledQueriesAtMs({ outTradeNo: outTradeNo(number), openedAtMs: OPENED_MS }, RULES);
    expect(queries('A1')).toEqual(queries('A1'));
    const firsts = new Set(Array.from({ length: 1000 }, (_, index) => queries(`N${index}`)[7]));
    expect(firsts.size).toBeGreaterThan(900);
    for (const atMs of firsts) expect(Math.abs((atMs ?? 0) - OPENED_MS - 20 * MINUTE)).toBeLessThanOrEqual(4 * MINUTE);
  });

  test('R6: the payer who comes back is asked for at once', () => {
    const { last } = follow(newOrder(), [
      [0, placed()],
      [8 * MINUTE, { kind: 'payer-returned' }],
    ]);
    expect(dueAfterMs(last, 'query')).toBe(8 * MINUTE);
    expect(last.duties).toContainEqual(expect.objectContaining({ kind: 'query', priority: 'payer-waits' }));
  });

  test('R6: a payer who comes back again and again is asked for at most once per 2 s', () => {
    const returns = Array.from(
      { length: 100 },
      (_, index) => [7 * MINUTE + index * 100, { kind: 'payer-returned' }] as const,
    );
    const life = liveThrough(neverPaid(), { first: firstOf(), untilMs: 7 * MINUTE + 30 * SECOND, told: returns });
    const asked = momentsOf(life, 'query').filter((atMs) => atMs >= 7 * MINUTE);
    expect(asked.length).toBeLessThanOrEqual(6);
    for (const [index, atMs] of asked.entries()) {
      const before = asked[index - 1];
      if (before !== undefined) expect(atMs - before).toBeGreaterThanOrEqual(2 * SECOND);
    }
  });

  test('R6: the return of a payer changes nothing while a query for an earlier return is waiting', () => {
    const { order } = follow(newOrder(), [
      [0, placed()],
      [8 * MINUTE, { kind: 'payer-returned' }],
    ]);
    const { last } = follow(order, [[8 * MINUTE + 500, { kind: 'payer-returned' }]]);
    expect(last.order).toBe(order);
    expect(last.duties).toEqual([]);
  });

  test('R6: while notices are being lost, an open attempt is asked about every 30 s until its expiry', () => {
    const rules: Rules = { ...RULES, notices: 'being-lost' };
    const life = liveThrough(neverPaid(), { first: firstOf(), untilMs: 30 * MINUTE, rules });
    const gaps = momentsOf(life, 'query').map((atMs, index, all) => atMs - (all[index - 1] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30 * SECOND);
  });

  test('R6: also while notices are being lost, the last query before the close is at the expiry itself', () => {
    const { last } = follow(
      newOrder(),
      [
        [0, placed()],
        [30 * MINUTE - 10 * SECOND, trade('NOTPAY')],
      ],
      { ...RULES, notices: 'being-lost' },
    );
    expect(dueAfterMs(last, 'query')).toBe(30 * MINUTE);
  });

  test('R6: when notices begin to be lost, the next query moves up; when they arrive again, it moves back', () => {
    const { order } = follow(newOrder(), [
      [0, placed()],
      [5 * MINUTE + 59 * SECOND, trade('NOTPAY')],
    ]);
    const losing = follow(order, [[6 * MINUTE, { kind: 'rules-changed' }]], { ...RULES, notices: 'being-lost' });
    expect(dueAfterMs(losing.last, 'query')).toBe(6 * MINUTE + 29 * SECOND);
    const well = follow(losing.order, [[6 * MINUTE, { kind: 'rules-changed' }]]);
    expect(dueAfterMs(well.last, 'query')).toBeGreaterThanOrEqual(8 * MINUTE);
  });

  test('R6: after an outage one query makes up for all that were missed', () => {
    const { order, last } = follow(newOrder(), [[0, placed()]]);
    expect(dueAfterMs(last, 'query')).toBeLessThanOrEqual(6 * SECOND);
    const after = follow(order, [[9 * MINUTE - 1, trade('NOTPAY')]]);
    expect(dueAfterMs(after.last, 'query')).toBeGreaterThanOrEqual(9 * MINUTE - 1);
    expect(attemptIn(after.order).queriesMade).toBe(1);
  });

  test('R6: the query at the expiry is repeated until it is answered, less and less often', () => {
    const world: World = ({ kind }) => (kind === 'place' ? placed() : { kind: 'query-unknown', outTradeNo: FIRST });
    const life = liveThrough(world, { first: firstOf(), untilMs: 50 * MINUTE });
    const late = momentsOf(life, 'query').filter((atMs) => atMs >= 30 * MINUTE);
    expect(late.slice(0, 4)).toEqual([0, 5, 10, 20].map((seconds) => 30 * MINUTE + seconds * SECOND));
    expect((late.at(-1) ?? 0) - (late.at(-2) ?? 0)).toBe(5 * MINUTE);
    expect(life.order.state).toBe('open');
  });

  test('R6: nothing is asked any more once the order is paid', () => {
    const { decisions } = follow(newOrder(), [
      [0, placed()],
      [3 * SECOND, notice()],
    ]);
    expect(decisions.at(-1)?.duties).toContainEqual({ change: 'cancel', kind: 'query', subject: FIRST });
    expect(EXPIRES_MS).toBeGreaterThan(OPENED_MS);
  });
});
