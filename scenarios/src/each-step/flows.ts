import type { Act, Deed, Mishap, OrderPlan, WorldPlan } from '../plan/plan.ts';

/** A flow of work, as a world with one order, and the ends it may come to. */
export interface Flow {
  readonly name: string;
  readonly plan: WorldPlan;
  /**
   * What may be written in both books in the end, the ordinary end first. There is more than one only where a step that
   * was not done may never be repeated: a payer's code is charged once.
   */
  readonly ends: readonly [string, ...string[]];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Longer than any flow: what a process finds by looking around is no step of the flow. */
const POLL_EVERY_MS = HOUR;

interface World {
  readonly order?: Partial<OrderPlan>;
  readonly deeds?: readonly (readonly [afterMs: number, deed: Deed])[];
  readonly mishaps?: readonly Mishap[];
  readonly switches?: WorldPlan['switches'];
}

function planOf({ order = {}, deeds = [], mishaps = [], switches = {} }: World): WorldPlan {
  const acts = deeds.map(([afterMs, deed], index): Act => ({ id: `O1.${index + 1}`, afterMs, deed }));
  const ordinary: OrderPlan = {
    id: 'O1',
    wantedAtMs: SECOND,
    tradeType: 'NATIVE',
    totalFen: 1990,
    lifetimeMs: 30 * MINUTE,
    latePayment: 'refund',
    codeEnding: '0001',
    acts,
  };
  const orders = [{ ...ordinary, ...order }];
  const settings = { refundDelayMs: 3 * SECOND };
  return { seed: 1, clocksAheadMs: [0], pollEveryMs: POLL_EVERY_MS, switches, settings, orders, mishaps };
}

const PAY: Deed = { deed: 'pay', phone: 'newest' };

const NO_NOTICES: Mishap = {
  id: 'M1',
  kind: 'fault',
  fromMs: 0,
  untilMs: 48 * HOUR,
  fault: { effect: { kind: 'notice-dropped' }, moment: 'notice', aim: {} },
};

/** Open, notice, query, close, micropay and reverse, pay again, refund; each of them tells events. */
export const FLOWS: readonly Flow[] = [
  {
    name: 'an order that is opened, paid, and learned by its notice',
    plan: planOf({ deeds: [[4 * MINUTE, PAY]] }),
    ends: ['O1 paid (O1-1 paid/SUCCESS) told order.paid'],
  },
  {
    name: 'an order whose notices are lost, and which queries find paid',
    plan: planOf({ deeds: [[4 * MINUTE, PAY]], mishaps: [NO_NOTICES] }),
    ends: ['O1 paid (O1-1 paid/SUCCESS) told order.paid'],
  },
  {
    name: 'an order that is never paid and closed at its expiry',
    plan: planOf({}),
    ends: ['O1 closed (O1-1 closed/CLOSED) told order.closed'],
  },
  {
    name: 'an order that is closed when the merchant asks',
    plan: planOf({ deeds: [[6 * MINUTE, { deed: 'close' }]] }),
    ends: ['O1 closed (O1-1 closed/CLOSED) told order.closed'],
  },
  {
    name: 'an order that is paid again in another way',
    plan: planOf({
      deeds: [
        [7 * MINUTE, { deed: 'pay-again', tradeType: 'JSAPI' }],
        [8 * MINUTE, { deed: 'pay-again', tradeType: 'JSAPI' }],
        [12 * MINUTE, PAY],
      ],
    }),
    ends: ['O1 paid (O1-1 closed/CLOSED, O1-2 paid/SUCCESS) told order.paid'],
  },
  {
    name: 'a charge by code that is paid at once',
    plan: planOf({ order: { tradeType: 'MICROPAY' } }),
    ends: [
      'O1 paid (O1-1 paid/SUCCESS) told order.paid',
      'O1 closed (O1-1 failed/none) told attempt.failed order.closed',
    ],
  },
  {
    name: 'a charge by code that comes to no end and is reversed',
    plan: planOf({ order: { tradeType: 'MICROPAY', codeEnding: '9001' }, switches: { micropayTimeout: 'never' } }),
    ends: [
      'O1 reversed (O1-1 reversed/REVOKED) told order.reversed',
      'O1 closed (O1-1 failed/none) told attempt.failed order.closed',
    ],
  },
  {
    name: 'a payment that is refunded in two parts',
    plan: planOf({
      deeds: [
        [4 * MINUTE, PAY],
        [6 * MINUTE, { deed: 'refund', part: 1, share: 0.5 }],
        [6 * MINUTE, { deed: 'refund', part: 2, share: 0.5 }],
      ],
    }),
    ends: [
      'O1 refunded (O1-1 paid/REFUND) back R-O1-1 succeeded/SUCCESS, R-O1-2 succeeded/SUCCESS told order.paid refund.succeeded refund.succeeded',
    ],
  },
  {
    name: 'money that comes after a close and goes back',
    plan: planOf({ deeds: [[40 * MINUTE, { deed: 'late-money' }]] }),
    ends: [
      'O1 closed (O1-1 paid/REFUND) back O1-1-paid-after-close succeeded/SUCCESS told order.closed order.paid_after_close refund.succeeded',
    ],
  },
];
