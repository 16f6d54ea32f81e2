import type { Settings } from '@orderkeeper/simulator';
import type { Chooser } from './chooser.ts';
import type { Act, Deed, OrderPlan, PlannedTradeType, Protocol } from './plan.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const PREPAID_TYPES = ['NATIVE', 'NATIVE', 'JSAPI', 'JSAPI', 'APP', 'MWEB'] as const;

/** Pays at once; asks for the password, which comes, is cancelled, or never comes; trouble with and without money; refusals. */
const CODE_ENDINGS = [
  '0001',
  '0001',
  '0001',
  '9001',
  '9001',
  '9002',
  '9002',
  '9003',
  '9004',
  '9101',
  '9102',
  '9201',
  '9202',
  '9203',
  '9301',
  '9302',
] as const;

/** Draws an order with everything that its payer and its shop do. */
export function drawOrder(chooser: Chooser, number: number, refundEnd: RefundEnd): OrderPlan {
  const { whole, pick, sometimes } = chooser;
  const id = `O${number}`;
  const protocol = pick<Protocol>(['v2', 'v3']);
  const tradeType: PlannedTradeType = sometimes(22, 'MICROPAY', pick(PREPAID_TYPES));
  const lifetimeMs = pick([30 * MINUTE, 30 * MINUTE, 10 * MINUTE, 3 * MINUTE, 6 * MINUTE, 45 * MINUTE, 3 * HOUR]);
  const deeds = [
    ...(tradeType === 'MICROPAY' ? [] : payerDeeds(chooser, lifetimeMs)),
    ...(tradeType === 'MICROPAY' ? microDeeds(chooser) : shopDeeds(chooser, lifetimeMs)),
    ...refundDeeds(chooser, lifetimeMs, refundEnd),
  ];
  return {
    id,
    wantedAtMs: whole(0, 20 * MINUTE),
    tradeType,
    protocol,
    totalFen: pick([1, 100, 1990, 8_000, 250_000]),
    lifetimeMs,
    latePayment: pick(['refund', 'reopen']),
    codeEnding: pick(CODE_ENDINGS),
    acts: deeds.map((act, index) => ({ id: `${id}.${index + 1}`, ...act })),
  };
}

type RefundEnd = Settings['refundEnd'] | undefined;

type Moment = Omit<Act, 'id'>;

const at = (afterMs: number, deed: Deed): Moment => ({ afterMs, deed });

type Habit = 'at-once' | 'late' | 'last-moment' | 'never' | 'second-try' | 'two-phones';

/** Pays at once, late, at the last moment, never; cancels and tries again; two phones; comes back to the shop and asks. */
function payerDeeds({ whole, pick, some, sometimes }: Chooser, lifetimeMs: number): readonly Moment[] {
  const returns = some(25, 4, () => at(whole(SECOND, lifetimeMs), { deed: 'return' }));
  const habit = pick<Habit>([
    'at-once',
    'at-once',
    'at-once',
    'late',
    'last-moment',
    'never',
    'never',
    'second-try',
    'two-phones',
  ]);
  switch (habit) {
    case 'at-once':
      return [at(whole(5 * SECOND, MINUTE), { deed: 'pay', phone: 'newest' }), ...returns];
    case 'late':
      return [at(whole(MINUTE, lifetimeMs), { deed: 'pay', phone: 'newest' }), ...returns];
    case 'last-moment': {
      const scanMs = lifetimeMs - whole(SECOND, MINUTE);
      return [
        at(scanMs, { deed: 'scan', phone: 'first' }),
        at(scanMs + whole(SECOND, 3 * MINUTE), { deed: 'pay', phone: 'first' }),
        ...returns,
      ];
    }
    case 'never':
      return returns;
    case 'second-try': {
      const firstMs = whole(5 * SECOND, lifetimeMs / 2);
      const deed = sometimes(50, 'cancel', 'fail') satisfies 'cancel' | 'fail';
      return [
        at(firstMs, { deed: 'scan', phone: 'newest' }),
        at(firstMs + whole(SECOND, MINUTE), { deed, phone: 'newest' }),
        at(firstMs + whole(MINUTE, 2 * MINUTE), { deed: 'pay', phone: 'newest' }),
        ...returns,
      ];
    }
    case 'two-phones':
      return [
        at(whole(5 * SECOND, lifetimeMs), { deed: 'pay', phone: 'first' }),
        at(whole(5 * SECOND, lifetimeMs), { deed: 'pay', phone: 'newest' }),
        ...returns,
      ];
  }
}

/** Asks for parameters again, pays again in the same or another way, closes at any moment; and banks that are slow. */
function shopDeeds(chooser: Chooser, lifetimeMs: number): readonly Moment[] {
  const { whole, pick, some } = chooser;
  return [
    ...some(20, 2, () => at(whole(0, lifetimeMs + MINUTE), { deed: 'parameters' })),
    ...some(25, 2, () => at(whole(0, lifetimeMs + MINUTE), payAgain(chooser, pick(PREPAID_TYPES)))),
    ...some(25, 1, () => at(whole(0, lifetimeMs + MINUTE), { deed: 'close' })),
    ...some(6, 1, () => at(lifetimeMs + whole(MINUTE, 40 * MINUTE), { deed: 'late-money' })),
    ...some(8, 1, () => tooLate(chooser, lifetimeMs)).flat(),
  ];
}

/** In the same protocol or the other one, or as the shop has chosen for all. */
function payAgain({ pick }: Chooser, tradeType: PlannedTradeType): Deed {
  const protocol = pick<Protocol | 'default'>(['v2', 'v3', 'default']);
  return protocol === 'default' ? { deed: 'pay-again', tradeType } : { deed: 'pay-again', tradeType, protocol };
}

/** The payer goes over to another way and pays; then the money of the first way, which was closed for it, comes too. */
function tooLate(chooser: Chooser, lifetimeMs: number): readonly Moment[] {
  const { whole } = chooser;
  const changedMs = whole(5 * MINUTE, Math.max(6 * MINUTE, lifetimeMs - 3 * MINUTE));
  return [
    at(changedMs, payAgain(chooser, 'APP')),
    at(changedMs, payAgain(chooser, 'JSAPI')),
    at(changedMs + MINUTE, { deed: 'pay', phone: 'newest' }),
    at(changedMs + whole(30 * SECOND, 20 * MINUTE), { deed: 'late-money' }),
  ];
}

function microDeeds(chooser: Chooser): readonly Moment[] {
  const { whole, some } = chooser;
  return [
    ...some(20, 2, () => at(whole(SECOND, MINUTE), { deed: 'return' })),
    ...some(20, 1, () => at(whole(0, 2 * MINUTE), { deed: 'close' })),
    ...some(20, 1, () => at(whole(MINUTE, 5 * MINUTE), payAgain(chooser, 'MICROPAY'))),
  ];
}

/** Where refunds fail, a person sends some of them on. */
function refundDeeds({ whole, pick, some }: Chooser, lifetimeMs: number, refundEnd: RefundEnd): readonly Moment[] {
  return [
    ...some(18, 3, () => {
      const afterMs = whole(10 * SECOND, 2 * lifetimeMs);
      return at(afterMs, { deed: 'refund', part: whole(1, 3), share: pick([1, 0.5, 0.3]) });
    }),
    ...(refundEnd === 'CHANGE'
      ? some(50, 1, () => at(lifetimeMs + whole(MINUTE, 50 * HOUR), { deed: 'send-on' }))
      : []),
  ];
}
