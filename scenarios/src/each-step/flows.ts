import { firstNumberOf } from '../plan/first-number.ts';
import type { Act, Deed, Mishap, OrderPlan, Protocol, WorldPlan } from '../plan/plan.ts';

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
  readonly settings?: WorldPlan['settings'];
}

function planOf(protocol: Protocol, world: World): WorldPlan {
  const { order = {}, deeds = [], mishaps = [], switches = {} } = world;
  // The shop's default would be APIv3.
  const spoken = (deed: Deed): Deed => (deed.deed === 'pay-again' ? { protocol, ...deed } : deed);
  const acts = deeds.map(([afterMs, deed], index): Act => ({ id: `O1.${index + 1}`, afterMs, deed: spoken(deed) }));
  const ordinary: OrderPlan = {
    id: 'O1',
    wantedAtMs: SECOND,
    tradeType: 'NATIVE',
    protocol,
    totalFen: 1990,
    lifetimeMs: 30 * MINUTE,
    latePayment: 'refund',
    codeEnding: '0001',
    acts,
  };
  const orders = [{ ...ordinary, ...order }];
  const settings = { refundDelayMs: 3 * SECOND, ...world.settings };
  const keys = { mode: 'certificate', shopHas: 'certificates' } as const;
  return { seed: 1, clocksAheadMs: [0], pollEveryMs: POLL_EVERY_MS, switches, settings, keys, orders, mishaps };
}

const PAY: Deed = { deed: 'pay', phone: 'newest' };

const NO_NOTICES: Mishap = {
  id: 'M1',
  kind: 'fault',
  fromMs: 0,
  untilMs: 48 * HOUR,
  fault: { effect: { kind: 'notice-dropped' }, moment: 'notice', aim: {} },
};

/** The ends are told with `#1` and `#2` for the numbers of the attempts. */
type Told = Omit<Flow, 'plan'> & { readonly world: World };

const PAID = 'O1 paid (#1 paid/SUCCESS) told order.paid';
const CLOSED = 'O1 closed (#1 closed/CLOSED) told order.closed';
/** The charge was not made, and could not be made again. */
const NOT_CHARGED = 'O1 closed (#1 failed/none) told attempt.failed order.closed';

/** Open, notice, query, close, micropay and reverse, pay again, refund; each of them tells events. */
const IN_BOTH: readonly Told[] = [
  {
    name: 'an order that is opened, paid, and learned by its notice',
    world: { deeds: [[4 * MINUTE, PAY]] },
    ends: [PAID],
  },
  {
    name: 'an order whose notices are lost, and which queries find paid',
    world: { deeds: [[4 * MINUTE, PAY]], mishaps: [NO_NOTICES] },
    ends: [PAID],
  },
  {
    name: 'an order that is never paid and closed at its expiry',
    world: {},
    ends: [CLOSED],
  },
  {
    name: 'an order that is closed when the merchant asks',
    world: { deeds: [[6 * MINUTE, { deed: 'close' }]] },
    ends: [CLOSED],
  },
  {
    name: 'an order that is paid again in another way',
    world: {
      deeds: [
        [7 * MINUTE, { deed: 'pay-again', tradeType: 'JSAPI' }],
        [8 * MINUTE, { deed: 'pay-again', tradeType: 'JSAPI' }],
        [12 * MINUTE, PAY],
      ],
    },
    ends: ['O1 paid (#1 closed/CLOSED, #2 paid/SUCCESS) told order.paid'],
  },
  {
    name: 'a charge by code that is paid at once',
    world: { order: { tradeType: 'MICROPAY' } },
    ends: [PAID, NOT_CHARGED],
  },
  {
    name: 'a charge by code that comes to no end and is reversed',
    world: { order: { tradeType: 'MICROPAY', codeEnding: '9001' }, switches: { micropayTimeout: 'never' } },
    ends: ['O1 reversed (#1 reversed/REVOKED) told order.reversed', NOT_CHARGED],
  },
  {
    name: 'a payment that is refunded in two parts',
    world: {
      deeds: [
        [4 * MINUTE, PAY],
        [6 * MINUTE, { deed: 'refund', part: 1, share: 0.5 }],
        [6 * MINUTE, { deed: 'refund', part: 2, share: 0.5 }],
      ],
    },
    ends: [
      'O1 refunded (#1 paid/REFUND) back R-O1-1 succeeded/SUCCESS, R-O1-2 succeeded/SUCCESS told order.paid refund.succeeded refund.succeeded',
    ],
  },
  {
    name: 'money that comes after a close and goes back',
    world: { deeds: [[40 * MINUTE, { deed: 'late-money' }]] },
    ends: [
      'O1 closed (#1 paid/REFUND) back #1-paid-after-close succeeded/SUCCESS told order.closed order.paid_after_close refund.succeeded',
    ],
  },
];

/** What only APIv3 knows, or both protocols together. */
const IN_V3: readonly Told[] = [
  {
    name: 'an order that is closed a minute after it was opened',
    world: { deeds: [[MINUTE, { deed: 'close' }]] },
    ends: [CLOSED],
  },
  {
    name: 'an order that is paid again in the classic API',
    world: {
      deeds: [
        [2 * MINUTE, { deed: 'pay-again', tradeType: 'JSAPI', protocol: 'v2' }],
        [3 * MINUTE, { deed: 'pay-again', tradeType: 'JSAPI', protocol: 'v2' }],
        [7 * MINUTE, PAY],
      ],
    },
    ends: ['O1 paid (#1 closed/CLOSED, O1-2 paid/SUCCESS) told order.paid'],
  },
  {
    name: 'an order that is paid after WeChat Pay has changed its certificate',
    world: {
      deeds: [[4 * MINUTE, PAY]],
      mishaps: [{ id: 'M1', kind: 'key-rotation', issuedAtMs: 2 * MINUTE, retiredAtMs: 2 * MINUTE }],
    },
    ends: [PAID],
  },
  {
    name: 'a refund that cannot be given back and is sent on by a person',
    world: {
      deeds: [
        [4 * MINUTE, PAY],
        [6 * MINUTE, { deed: 'refund', part: 1, share: 1 }],
        [8 * MINUTE, { deed: 'send-on' }],
      ],
      settings: { refundEnd: 'CHANGE' },
    },
    ends: [
      'O1 refunded (#1 paid/REFUND) back R-O1-1 succeeded/SUCCESS told order.paid refund.abnormal refund.succeeded',
    ],
  },
];

/** Every flow, in each protocol that knows it. */
export const FLOWS: readonly Flow[] = [
  ...IN_BOTH.map((told) => flowOf('v2', told)),
  ...[...IN_BOTH, ...IN_V3].map((told) => flowOf('v3', told)),
];

function flowOf(protocol: Protocol, { name, world, ends: [end, ...others] }: Told): Flow {
  const first = firstNumberOf({ id: 'O1', protocol });
  const named = (text: string): string => text.replaceAll('#1', first).replaceAll('#2', first.replace(/1$/, '2'));
  return { name: `${protocol}: ${name}`, plan: planOf(protocol, world), ends: [named(end), ...others.map(named)] };
}
