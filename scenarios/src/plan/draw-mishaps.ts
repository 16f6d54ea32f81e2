import type { AnyEffect, FaultMoment, FaultPlan } from '@orderkeeper/simulator';
import type { Chooser } from './chooser.ts';
import type { Mishap, OrderPlan } from './plan.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Unnamed = Mishap extends infer Each ? (Each extends Mishap ? Omit<Each, 'id'> : never) : never;

const OPERATIONS = [
  'unifiedorder',
  'unifiedorder',
  'orderquery',
  'orderquery',
  'closeorder',
  'closeorder',
  'micropay',
  'micropay',
  'reverse',
  'refund',
  'refund',
  'refundquery',
] as const;

/** Draws what goes wrong: calls, notices, processes, the store, strangers, and the merchant's own systems. */
export function drawMishaps(chooser: Chooser, orders: readonly OrderPlan[], keeperCount: number): readonly Mishap[] {
  const { sometimes } = chooser;
  // A third of the worlds is nearly in order: what fails there is not hidden by noise.
  const busyness = sometimes(33, 0.2, 1);
  const count = (perOrder: number): number => Math.ceil(orders.length * perOrder * busyness);
  const keeper = (): number => chooser.whole(0, keeperCount - 1);
  const drawn: readonly Unnamed[] = [
    ...chooser.some(60, count(2), () => callFault(chooser, orders)),
    ...chooser.some(60, count(1), () => noticeFault(chooser, orders)),
    ...chooser.some(15, 1, () => outage(chooser)),
    ...chooser.some(50, count(1), () => crash(chooser, keeper(), orders)),
    ...chooser.some(25, count(1), () => ({
      kind: 'store-failure' as const,
      keeper: keeper(),
      step: chooser.whole(1, 60 * orders.length),
    })),
    ...chooser.some(15, 2, () => ({
      kind: 'restart' as const,
      keeper: keeper(),
      atMs: chooser.whole(0, HOUR),
      downMs: chooser.whole(SECOND, 2 * MINUTE),
    })),
    ...chooser.some(20, count(1), () => strangeNotice(chooser, orders)),
    ...chooser.some(20, count(1), () => deafReceiver(chooser, orders)),
  ];
  return drawn.map((mishap, index) => ({ id: `M${index + 1}`, ...mishap }));
}

const aimedAt = ({ pick, sometimes }: Chooser, orders: readonly OrderPlan[]) => {
  const [first, ...others] = orders.map(({ id }) => `${id}-1`);
  return first === undefined ? {} : sometimes(60, { outTradeNo: pick([first, ...others]) }, {});
};

function callFault(chooser: Chooser, orders: readonly OrderPlan[]): Unnamed {
  const { whole, pick } = chooser;
  const aim = { operation: pick(OPERATIONS), ...aimedAt(chooser, orders) };
  const [moment, effect] = pick<readonly [FaultMoment, AnyEffect]>([
    ['before', { kind: 'connection-refused' }],
    ['before', { kind: 'no-answer' }],
    ['after', { kind: 'no-answer' }],
    ['after', { kind: 'no-answer' }],
    ['before', { kind: 'reset' }],
    ['after', { kind: 'reset' }],
    ['after', { kind: 'reset' }],
    ['before', { kind: 'status', status: pick([500, 502, 503, 404]) }],
    ['after', { kind: 'status', status: 502 }],
    ['before', { kind: 'html' }],
    ['after', { kind: 'html' }],
    ['before', { kind: 'code', code: 'SYSTEMERROR' }],
    ['after', { kind: 'code', code: 'SYSTEMERROR' }],
    ['before', { kind: 'code', code: 'FREQUENCY_LIMITED' }],
    ['before', { kind: 'code', code: 'BANKERROR' }],
    ['after', { kind: 'wrong-sign' }],
    ['after', { kind: 'missing-sign' }],
    ['after', { kind: 'truncated' }],
    ['before', { kind: 'slow', delayMs: whole(SECOND, 90 * SECOND) }],
    ['after', { kind: 'slow', delayMs: whole(SECOND, 40 * SECOND) }],
  ]);
  // The client makes four attempts: more are needed to be felt as an unknown outcome.
  return { kind: 'fault', fromMs: 0, untilMs: 6 * HOUR, fault: { effect, moment, aim, times: pick([1, 2, 4, 5, 9]) } };
}

function noticeFault(chooser: Chooser, orders: readonly OrderPlan[]): Unnamed {
  const { whole, pick } = chooser;
  const aim = { operation: pick(['pay-notice', 'pay-notice', 'refund-notice']), ...aimedAt(chooser, orders) };
  const effect = pick<AnyEffect>([
    { kind: 'notice-dropped' },
    { kind: 'notice-dropped' },
    { kind: 'notice-delayed', delayMs: whole(SECOND, 10 * MINUTE) },
    { kind: 'notice-doubled' },
    { kind: 'notice-forged' },
    { kind: 'notice-other-amount' },
    { kind: 'notice-other-merchant' },
  ]);
  const times = pick([1, 2, 3, 6]);
  return { kind: 'fault', fromMs: 0, untilMs: 12 * HOUR, fault: { effect, moment: 'notice', aim, times } };
}

/** Nothing arrives for a while, or no answer comes back, or one host is down; or every notice is lost. */
function outage({ whole, pick }: Chooser): Unnamed {
  const fromMs = whole(0, 40 * MINUTE);
  const untilMs = fromMs + whole(10 * SECOND, 50 * MINUTE);
  const fault = pick<FaultPlan>([
    { effect: { kind: 'no-answer' }, moment: 'before', aim: {} },
    { effect: { kind: 'no-answer' }, moment: 'after', aim: {} },
    { effect: { kind: 'connection-refused' }, moment: 'before', aim: { host: 'api.mch.weixin.qq.com' } },
    { effect: { kind: 'status', status: 502 }, moment: 'before', aim: {}, probability: 0.5 },
    { effect: { kind: 'notice-dropped' }, moment: 'notice', aim: {} },
    { effect: { kind: 'notice-dropped' }, moment: 'notice', aim: {} },
  ]);
  return { kind: 'fault', fromMs, untilMs, fault };
}

function crash({ whole, pick }: Chooser, keeper: number, orders: readonly OrderPlan[]): Unnamed {
  const downMs = pick([whole(SECOND, MINUTE), whole(SECOND, MINUTE), whole(MINUTE, 3 * HOUR)]);
  return { kind: 'crash', keeper, step: whole(1, 60 * orders.length), moment: pick(['before', 'after']), downMs };
}

function strangeNotice({ whole, pick }: Chooser, orders: readonly OrderPlan[]): Unnamed {
  const orderId = orders[whole(0, orders.length - 1)]?.id ?? 'O1';
  return { kind: 'strange-notice', atMs: whole(0, HOUR), orderId, how: pick(['probe', 'forged', 'garbage']) };
}

function deafReceiver({ whole, pick }: Chooser, orders: readonly OrderPlan[]): Unnamed {
  const nth = whole(1, 2 * orders.length);
  return { kind: 'deaf-receiver', nth, times: whole(1, 4), understood: pick(['yes', 'no']) };
}
