import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Observation } from './observation.ts';
import { openOrder } from './open-order.ts';
import {
  attemptIn,
  closeAnswered,
  EXPIRES_MS,
  FIRST,
  HOUR,
  MINUTE,
  OPENED_MS,
  orderWish,
  placed,
  reverseAnswered,
  RULES,
  SECOND,
  type Told,
  trade,
} from './testing/samples.ts';
import { type Call, type Life, liveThrough, momentsOf, type World } from './testing/tiny-world.ts';

/** What becomes of a call: it goes through, or its answer, or the call itself, is lost. */
type Fate = 'answered' | 'answer-lost' | 'call-lost';

const fates = fc.array(fc.constantFrom<Fate>('answered', 'answer-lost', 'call-lost'), { maxLength: 30, size: 'max' });
const payMoments = fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 0, max: 32 * MINUTE }));
const wishes: fc.Arbitrary<readonly Told[]> = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 40 * MINUTE }),
    fc.constantFrom<Observation>(
      { kind: 'payer-returned' },
      { kind: 'payer-returned' },
      { kind: 'close-wanted', because: 'asked' },
      { kind: 'rules-changed' },
    ),
  ),
  { maxLength: 6 },
);

const UNANSWERED: Readonly<Record<string, Observation>> = {
  place: { kind: 'place-unknown', outTradeNo: FIRST },
  query: { kind: 'query-unknown', outTradeNo: FIRST },
  close: closeAnswered('unknown'),
  reverse: reverseAnswered('unknown'),
};

/** Loses answers and calls as told, then none any more. */
function unreliable(world: World, told: readonly Fate[]): World {
  const left = [...told];
  return (call) => {
    const fate = left.shift() ?? 'answered';
    const lost = UNANSWERED[call.kind] ?? UNANSWERED['query'];
    if (fate === 'call-lost' && lost !== undefined) return lost;
    const answer = world(call);
    return fate === 'answer-lost' && lost !== undefined ? lost : answer;
  };
}

interface Ledger {
  state: 'absent' | 'NOTPAY' | 'SUCCESS' | 'CLOSED' | 'REVOKED' | 'USERPAYING' | 'PAYERROR';
}

/** An order of a payer who pays at a moment, if anything can be paid then. No notice ever arrives. */
function shop(ledger: Ledger, payAtMs: number): World {
  return ({ kind, atMs }: Call) => {
    if (ledger.state === 'NOTPAY' && payAtMs <= atMs) ledger.state = 'SUCCESS';
    if (kind === 'place') {
      if (ledger.state === 'SUCCESS') {
        return { kind: 'place-doubtful', outTradeNo: FIRST, code: 'ORDERPAID', message: 'paid' };
      }
      if (ledger.state === 'absent') ledger.state = 'NOTPAY';
      return placed(FIRST, OPENED_MS + atMs);
    }
    if (kind === 'close') {
      if (ledger.state === 'SUCCESS') return closeAnswered('order-paid');
      if (ledger.state === 'NOTPAY') ledger.state = 'CLOSED';
      return closeAnswered(ledger.state === 'CLOSED' ? 'done' : 'order-not-exist');
    }
    return ledger.state === 'absent' ? { kind: 'trade-not-found', outTradeNo: FIRST } : trade(ledger.state);
  };
}

/** A charge whose payer enters the password at a moment, or gives up after half a minute. */
function till(ledger: Ledger, payAtMs: number): World {
  return ({ kind, atMs }: Call) => {
    if (kind === 'place' && ledger.state === 'absent') ledger.state = 'USERPAYING';
    if (ledger.state === 'USERPAYING' && payAtMs <= Math.min(atMs, 30 * SECOND)) ledger.state = 'SUCCESS';
    if (ledger.state === 'USERPAYING' && atMs > 30 * SECOND && payAtMs < HOUR) ledger.state = 'PAYERROR';
    if (kind === 'place') return { kind: 'micropay-answered', outTradeNo: FIRST, answer: 'user-paying' };
    if (kind === 'reverse') {
      if (ledger.state === 'absent') return reverseAnswered('unknown');
      ledger.state = 'REVOKED';
      return reverseAnswered('done');
    }
    return ledger.state === 'absent' ? { kind: 'trade-not-found', outTradeNo: FIRST } : trade(ledger.state);
  };
}

function lifeOf(world: World, wish: Parameters<typeof orderWish>[0], told: readonly Told[] = []): Life {
  const opened = openOrder(orderWish(wish), { nowMs: OPENED_MS, rules: RULES });
  if (!opened.ok) throw new Error(opened.message);
  return liveThrough(world, { first: opened.value, untilMs: 30 * 24 * HOUR, told });
}

const eventsOf = ({ decisions }: Life): readonly string[] =>
  decisions.flatMap(({ events }) => events.map(({ type }) => type));

describe('a whole life, every notice lost', () => {
  test('R2, R6, R7: whatever answers and calls are lost, the order ends as WeChat Pay says, and is told once', () => {
    fc.assert(
      fc.property(payMoments, fates, wishes, (payAtMs, told, story) => {
        const ledger: Ledger = { state: 'absent' };
        const life = lifeOf(unreliable(shop(ledger, payAtMs), told), {}, story);
        expect(life.order.state).toBe(ledger.state === 'SUCCESS' ? 'paid' : 'closed');
        expect(['absent', 'SUCCESS', 'CLOSED']).toContain(ledger.state);
        expect(eventsOf(life)).toEqual([ledger.state === 'SUCCESS' ? 'order.paid' : 'order.closed']);
        for (const atMs of momentsOf(life, 'close')) expect(atMs).toBeGreaterThanOrEqual(5 * MINUTE);
      }),
      { numRuns: 500 },
    );
  });

  test('R6, R7: when nothing is lost, the order ends right after its expiry at the latest', () => {
    fc.assert(
      fc.property(payMoments, (payAtMs) => {
        const ledger: Ledger = { state: 'absent' };
        const life = lifeOf(shop(ledger, payAtMs), {});
        expect(momentsOf(life, 'query').length).toBeLessThanOrEqual(10);
        if (ledger.state === 'CLOSED') {
          expect(attemptIn(life.order).receipt?.closedAtMs).toBe(EXPIRES_MS);
        } else {
          expect(attemptIn(life.order).payment?.learnedAtMs).toBeLessThanOrEqual(EXPIRES_MS);
        }
      }),
    );
  });

  test('R8: a charge ends paid, reversed or failed, as WeChat Pay says, and is never closed', () => {
    fc.assert(
      fc.property(payMoments, fates, (payAtMs, told) => {
        const ledger: Ledger = { state: 'absent' };
        const attempt = { tradeType: 'MICROPAY', payerIp: '203.0.113.7', authCode: '134579504321098765' } as const;
        const life = lifeOf(unreliable(till(ledger, payAtMs / 60), told), { attempt });
        const ends = { SUCCESS: 'paid', REVOKED: 'reversed', PAYERROR: 'failed', absent: 'failed' };
        expect(Object.keys(ends)).toContain(ledger.state);
        expect(Object.entries(ends)).toContainEqual([ledger.state, attemptIn(life.order).state]);
        expect(momentsOf(life, 'close')).toEqual([]);
        expect(momentsOf(life, 'place').length).toBe(1);
        for (const atMs of momentsOf(life, 'reverse')) expect(atMs).toBeGreaterThanOrEqual(15 * SECOND);
      }),
      { numRuns: 500 },
    );
  });
});
