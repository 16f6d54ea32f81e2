import { fen, type OutTradeNo } from '@orderkeeper/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLive } from './attempt-transitions.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import type { Observation } from './observation.ts';
import type { AttemptState, Order, OrderState, RefundState } from './order.ts';
import { heldFen, refundedFen } from './refund-sums.ts';
import {
  attemptWanted,
  closeAnswered,
  dutiesLeft,
  FIRST,
  HOUR,
  MINUTE,
  newCharge,
  newOrder,
  OPENED_MS,
  OTHER_APPID,
  outRefundNo,
  outTradeNo,
  placed,
  refund,
  refundId,
  refundReported,
  report,
  RULES,
  SECOND,
  SECOND_NO,
  TOTAL_FEN,
} from './testing/samples.ts';

const THIRD_NO = outTradeNo('A3');
const numbers = fc.constantFrom(FIRST, FIRST, SECOND_NO, THIRD_NO);
const tradeStates = fc.constantFrom(
  'SUCCESS',
  'REFUND',
  'NOTPAY',
  'CLOSED',
  'REVOKED',
  'USERPAYING',
  'PAYERROR',
  'ACCEPT',
);
const refundStates = fc.constantFrom('processing', 'succeeded', 'closed', 'abnormal');
const refundNames = fc.constantFrom('R1', 'R22', 'R333', 'A1-paid-twice', 'A1-paid-after-close', 'A2-paid-twice');
const amounts = fc.constantFrom(fen(1), fen(990), fen(1000), TOTAL_FEN, fen(5000));
const learned = fc.constantFrom('notice', 'query', 'bill', 'answer');

/** Anything that can be said about an order with up to three attempts, true or not. */
const observations: fc.Arbitrary<Observation> = fc.oneof(
  numbers.chain((number) =>
    fc.constantFrom<Observation>(
      attemptWanted(number === FIRST ? SECOND_NO : number),
      placed(number, OPENED_MS + SECOND),
      { kind: 'place-rejected', outTradeNo: number, code: 'NOAUTH', message: 'no' },
      { kind: 'place-doubtful', outTradeNo: number, code: 'ORDERPAID', message: 'paid' },
      { kind: 'place-unknown', outTradeNo: number },
      { kind: 'trade-not-found', outTradeNo: number },
      { kind: 'query-unknown', outTradeNo: number },
      { kind: 'reverse-wanted', outTradeNo: number },
      { kind: 'micropay-answered', outTradeNo: number, answer: 'user-paying' },
      { kind: 'micropay-answered', outTradeNo: number, answer: 'unknown' },
    ),
  ),
  fc.record({
    kind: fc.constant('trade' as const),
    report: fc.oneof(
      { weight: 9, arbitrary: fc.tuple(tradeStates, numbers).map(([state, number]) => report(state, number)) },
      { weight: 1, arbitrary: tradeStates.map((state) => report(state, FIRST, { appid: OTHER_APPID })) },
    ),
    learnedBy: learned,
  }),
  fc
    .tuple(numbers, fc.constantFrom('done', 'order-paid', 'order-closed', 'order-not-exist', 'busy', 'unknown'))
    .map(([number, answer]) => closeAnswered(answer, number)),
  fc
    .tuple(numbers, fc.constantFrom('done', 'again', 'unknown', 'expired'))
    .map(([number, answer]): Observation => ({ kind: 'reverse-answered', outTradeNo: number, answer })),
  fc.constantFrom('expired', 'asked', 'replaced').map((because): Observation => ({ kind: 'close-wanted', because })),
  fc.tuple(refundNames, amounts, numbers).map(
    ([name, amount, number]): Observation => ({
      kind: 'refund-wanted',
      refund: refund(name, amount, { outTradeNo: number }),
    }),
  ),
  fc
    .tuple(refundNames, amounts, refundStates, numbers)
    .map(([name, amount, state, number]) => refundReported(name, amount, state, { outTradeNo: number })),
  refundNames.chain((name) =>
    fc.constantFrom<Observation>(
      { kind: 'refund-rejected', outRefundNo: outRefundNo(name), code: 'NOTENOUGH', message: 'no' },
      { kind: 'refund-postponed', outRefundNo: outRefundNo(name), code: 'FREQUENCY_LIMITED', message: 'no' },
      { kind: 'refund-unknown', outRefundNo: outRefundNo(name) },
      { kind: 'refund-not-found', outRefundNo: outRefundNo(name) },
      { kind: 'refund-look-unknown', outRefundNo: outRefundNo(name) },
    ),
  ),
  fc.constantFrom<Observation>({ kind: 'payer-returned' }, { kind: 'rules-changed' }),
);

const steps = fc.constantFrom(0, 100, SECOND, 10 * SECOND, MINUTE, 5 * MINUTE, HOUR);
const lives = fc.array(fc.tuple(steps, observations), { maxLength: 40, size: 'max' });
const orders = fc.constantFrom(
  newOrder(),
  newOrder({ latePayment: 'reopen' }),
  newOrder({ protocol: 'v3' }),
  newCharge(),
);

/** Lives through a sequence, checking each step from the order before to the decision after. */
function live(
  first: Order,
  told: readonly (readonly [number, Observation])[],
  check: (before: Order, decision: Decision, observation: Observation, nowMs: number) => void,
): readonly Decision[] {
  let order = first;
  let nowMs = OPENED_MS;
  return told.map(([stepMs, observation]) => {
    nowMs += stepMs;
    const decision = decide(order, observation, nowMs, RULES);
    check(order, decision, observation, nowMs);
    ({ order } = decision);
    return decision;
  });
}

const property = (
  check: (before: Order, decision: Decision, observation: Observation, nowMs: number) => void,
  atEnd: (decisions: readonly Decision[], first: Order) => void = () => undefined,
): void =>
  fc.assert(
    fc.property(orders, lives, (first, told) => atEnd(live(first, told, check), first)),
    { numRuns: 300 },
  );

const ATTEMPT_RANK: Readonly<Record<AttemptState, number>> = {
  creating: 0,
  open: 0,
  paying: 0,
  closing: 0,
  reversing: 0,
  rejected: 1,
  failed: 1,
  closed: 1,
  paid: 2,
  reversed: 3,
};

/** Where a final order may go: only where money leads it. */
const ORDER_AFTER: Readonly<Record<OrderState, readonly OrderState[]>> = {
  open: ['open', 'paid', 'closed', 'reversed', 'refunded'],
  paid: ['paid', 'refunded', 'reversed'],
  refunded: ['refunded', 'reversed'],
  closed: ['closed', 'paid', 'refunded'],
  reversed: ['reversed', 'paid', 'refunded'],
};

const REFUND_AFTER: Readonly<Record<RefundState, readonly RefundState[]>> = {
  asked: ['asked', 'processing', 'succeeded', 'closed', 'abnormal', 'rejected'],
  processing: ['processing', 'succeeded', 'closed', 'abnormal'],
  succeeded: ['succeeded'],
  closed: ['closed', 'succeeded'],
  abnormal: ['abnormal', 'succeeded', 'closed'],
  rejected: ['rejected', 'asked', 'processing', 'succeeded', 'closed', 'abnormal'],
};

describe('whatever is observed, in any order and number', () => {
  test('R17: a final state is never left for less, by attempts, orders and refunds', () => {
    property((before, { order }) => {
      for (const [index, attempt] of before.attempts.entries()) {
        const after = order.attempts[index]?.state ?? 'creating';
        if (!isLive(attempt) && after !== attempt.state) {
          expect(ATTEMPT_RANK[after]).toBeGreaterThan(ATTEMPT_RANK[attempt.state]);
        }
      }
      expect(ORDER_AFTER[before.state]).toContain(order.state);
      for (const [index, known] of before.refunds.entries()) {
        expect(REFUND_AFTER[known.state]).toContain(order.refunds[index]?.state);
      }
    });
  });

  test('R5: the same observation again tells nothing and moves no state', () => {
    property((_before, decision, observation, nowMs) => {
      const again = decide(decision.order, observation, nowMs, RULES);
      expect(again.events).toEqual([]);
      expect(again.order.state).toBe(decision.order.state);
      expect(again.order.attempts.map(({ state }) => state)).toEqual(decision.order.attempts.map(({ state }) => state));
      expect(again.order.refunds.map(({ state }) => state)).toEqual(decision.order.refunds.map(({ state }) => state));
    });
  });

  test('money is conserved: of each payment, what has gone back or is on its way is at most what was paid', () => {
    property((_before, { order }) => {
      for (const { outTradeNo: number, payment, content } of order.attempts) {
        const paidFen = payment?.totalFen ?? content.totalFen;
        expect(heldFen(order, number)).toBeLessThanOrEqual(paidFen);
        const keptFen = paidFen - refundedFen(order, number);
        expect(refundedFen(order, number) + keptFen).toBe(paidFen);
        expect(keptFen).toBeGreaterThanOrEqual(0);
      }
    });
  });

  test('every payment is kept by the order, being refunded, or taken back: none is forgotten', () => {
    property((_before, { order }) => {
      for (const { outTradeNo: number, state, payment } of order.attempts) {
        if (state !== 'paid' || payment === undefined || number === order.paidBy) continue;
        const refunds = order.refunds.filter((candidate) => candidate.outTradeNo === number);
        const automatic = refunds.some(({ reason }) => reason === 'paid-twice' || reason === 'paid-after-close');
        expect(automatic || heldFen(order, number) === payment.totalFen || refunds.length > 0).toBe(true);
      }
    });
  });

  test('R9: at most one attempt can be paid by a payer who is given parameters', () => {
    property((_before, { order }) => {
      const payable = order.attempts.filter(
        ({ state }) => state === 'creating' || state === 'open' || state === 'paying',
      );
      expect(payable.length).toBeLessThanOrEqual(1);
    });
  });

  test('R12: a refund number occurs once in an order', () => {
    property((_before, { order }) => {
      expect(new Set(order.refunds.map(({ outRefundNo: number }) => number)).size).toBe(order.refunds.length);
    });
  });

  test('R13: events are numbered without gaps, each state of an order is told once, and each has its delivery', () => {
    property(
      (before, { order, events, duties }) => {
        expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => before.eventCount + index + 1));
        expect(order.eventCount).toBe(before.eventCount + events.length);
        expect(duties.filter(({ kind }) => kind === 'deliver')).toHaveLength(events.length > 0 ? 1 : 0);
        if (before.state !== order.state && order.state !== 'refunded') expect(events.length).toBeGreaterThan(0);
      },
      (decisions) => {
        const types = decisions.flatMap(({ events }) => events.map(({ type }) => type));
        for (const once of ['order.paid', 'order.closed'] as const) {
          expect(types.filter((type) => type === once).length).toBeLessThanOrEqual(1);
        }
      },
    );
  });

  test('no duty is left behind: a final order asks only for refunds, deliveries, looks after a close, and to end the rest', () => {
    property(
      () => undefined,
      (decisions, first) => {
        const order = decisions.at(-1)?.order ?? first;
        if (order.state === 'open') return;
        const states = new Map<string, AttemptState>(
          order.attempts.map(({ outTradeNo: number, state }) => [number, state]),
        );
        for (const { kind, subject } of dutiesLeft(decisions).values()) {
          if (kind === 'deliver' || kind === 'refund' || kind === 'follow-refund') continue;
          const state = states.get(subject) ?? 'creating';
          const isLook = kind === 'query' && state === 'closed' && order.state === 'closed';
          expect(isLook || isLive({ state })).toBe(true);
          expect(kind).not.toBe('place');
        }
      },
    );
  });

  test('R16: an attempt or a refund that is not at its end always has a duty that leads on', () => {
    property(
      () => undefined,
      (decisions, first) => {
        const order = decisions.at(-1)?.order ?? first;
        const left = [...dutiesLeft(decisions).values()].map(({ subject }): string => subject);
        for (const attempt of order.attempts) {
          const isUntouched =
            decisions.every((decision) => decision.order.attempts.includes(attempt)) && attempt.outTradeNo === FIRST;
          if (isLive(attempt) && !isUntouched) expect(left).toContain(attempt.outTradeNo);
        }
        for (const { outRefundNo: number, state } of order.refunds)
          if (state === 'asked') expect(left).toContain(number);
        if (
          order.state === 'open' &&
          order.attempts.length > 0 &&
          decisions.length > 0 &&
          !order.attempts.some(isLive)
        ) {
          expect(left).toContain(order.attempts.at(-1)?.outTradeNo);
        }
      },
    );
  });

  test('an order is the same after a way through JSON, and so is what is decided about it', () => {
    property((before, decision, observation, nowMs) => {
      const restored: Order = JSON.parse(JSON.stringify(decision.order));
      expect(restored).toStrictEqual(decision.order);
      const stored: Order = JSON.parse(JSON.stringify(before));
      expect(decide(stored, observation, nowMs, RULES)).toStrictEqual(decision);
    });
  });
});

/** Events by type and data, whatever their order and moment. */
const toldBy = (decisions: readonly Decision[]): readonly string[] =>
  decisions.flatMap(({ events }) => events.map(({ type, data }) => `${type} ${JSON.stringify(data)}`)).sort();

interface TruthfulWorld {
  readonly first: Order;
  /** Wishes come before what they cause. */
  readonly wishes: readonly Observation[];
  /** What always comes to be known. */
  readonly certain: readonly Observation[];
  /** What may be known besides, once or more often. */
  readonly possible: readonly Observation[];
  readonly untilMs: number;
}

const trade = (
  state: Parameters<typeof report>[0],
  learnedBy: 'query' | 'notice' = 'query',
  number: OutTradeNo = FIRST,
): Observation => ({
  kind: 'trade',
  report: report(state, number),
  learnedBy,
});
const asked: Observation = { kind: 'close-wanted', because: 'asked' };
const unknowns: readonly Observation[] = [
  { kind: 'place-unknown', outTradeNo: FIRST },
  { kind: 'query-unknown', outTradeNo: FIRST },
  { kind: 'trade-not-found', outTradeNo: FIRST },
];
const beforePayment: readonly Observation[] = [placed(), trade('NOTPAY'), trade('USERPAYING'), ...unknowns];
const ofPayment: readonly Observation[] = [
  trade('SUCCESS'),
  trade('REFUND'),
  { kind: 'place-doubtful', outTradeNo: FIRST, code: 'ORDERPAID', message: 'paid' },
  closeAnswered('order-paid'),
  closeAnswered('busy'),
  closeAnswered('unknown'),
];
const part = (state: 'processing' | 'succeeded'): Observation =>
  refundReported('PART', fen(990), state, { refundId: refundId('50001') });
const rest = (state: 'processing' | 'succeeded'): Observation =>
  refundReported('REST', fen(1000), state, { refundId: refundId('50002') });

const WORLDS: Readonly<Record<string, TruthfulWorld>> = {
  'a paid order': {
    first: newOrder(),
    wishes: [],
    certain: [trade('SUCCESS', 'notice')],
    possible: [...beforePayment, ...ofPayment],
    untilMs: HOUR,
  },
  'a payer who was faster than the close': {
    first: newOrder(),
    wishes: [asked],
    certain: [trade('SUCCESS', 'notice')],
    possible: [...beforePayment, ...ofPayment],
    untilMs: HOUR,
  },
  'a paid and partly refunded order': {
    first: newOrder(),
    wishes: [],
    certain: [trade('SUCCESS', 'notice'), part('succeeded')],
    possible: [...beforePayment, ...ofPayment, part('processing')],
    untilMs: HOUR,
  },
  'a paid and refunded order': {
    first: newOrder(),
    wishes: [],
    certain: [trade('REFUND'), part('succeeded'), rest('succeeded')],
    possible: [...beforePayment, ...ofPayment, part('processing'), rest('processing')],
    untilMs: HOUR,
  },
  'a closed order': {
    first: newOrder(),
    wishes: [asked],
    certain: [trade('CLOSED')],
    possible: [
      placed(),
      trade('NOTPAY'),
      ...unknowns,
      closeAnswered('done'),
      closeAnswered('order-closed'),
      closeAnswered('busy'),
      closeAnswered('unknown'),
    ],
    untilMs: HOUR,
  },
  'a rejected attempt': {
    first: newOrder(),
    wishes: [],
    certain: [{ kind: 'place-rejected', outTradeNo: FIRST, code: 'NOAUTH', message: 'no' }],
    possible: unknowns,
    untilMs: 20 * MINUTE,
  },
  'a reversed charge': {
    first: newCharge(),
    wishes: [{ kind: 'reverse-wanted', outTradeNo: FIRST }],
    certain: [trade('REVOKED')],
    possible: [
      trade('USERPAYING'),
      trade('PAYERROR'),
      { kind: 'micropay-answered', outTradeNo: FIRST, answer: 'user-paying' },
      { kind: 'query-unknown', outTradeNo: FIRST },
      { kind: 'reverse-answered', outTradeNo: FIRST, answer: 'done' },
      { kind: 'reverse-answered', outTradeNo: FIRST, answer: 'again' },
      { kind: 'reverse-answered', outTradeNo: FIRST, answer: 'unknown' },
    ],
    untilMs: HOUR,
  },
  'a failed charge': {
    first: newCharge(),
    wishes: [],
    certain: [trade('PAYERROR')],
    possible: [trade('USERPAYING'), { kind: 'micropay-answered', outTradeNo: FIRST, answer: 'unknown' }, ...unknowns],
    untilMs: 40 * SECOND,
  },
};

describe('R5: the same truth, in any order and repetition, ends in the same state with the same events', () => {
  test.each(Object.entries(WORLDS))(
    'R5: %s comes to one end, told once',
    (_name, { first, wishes, certain, possible, untilMs }) => {
      const outcome = (told: readonly Observation[]): unknown => {
        const stepMs = Math.floor(untilMs / (told.length + 1));
        const decisions = live(
          first,
          [...wishes, ...told].map((observation) => [stepMs, observation]),
          () => undefined,
        );
        const order = decisions.at(-1)?.order ?? first;
        const refunds = Object.fromEntries(order.refunds.map(({ outRefundNo: number, state }) => [number, state]));
        return {
          state: order.state,
          attempts: order.attempts.map(({ state }) => state),
          refunds,
          told: toldBy(decisions),
        };
      };
      const plain = outcome(certain);
      fc.assert(
        fc.property(
          fc
            .tuple(fc.subarray([...possible]), fc.array(fc.constantFrom(...certain, ...possible), { maxLength: 8 }))
            .chain(([some, repeated]) =>
              fc.shuffledSubarray([...certain, ...some, ...repeated], {
                minLength: certain.length + some.length + repeated.length,
              }),
            ),
          (told) => {
            expect(outcome(told)).toEqual(plain);
          },
        ),
        { numRuns: 300 },
      );
    },
  );
});
