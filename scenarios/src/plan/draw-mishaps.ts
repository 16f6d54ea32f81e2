import type { Chooser } from './chooser.ts';
import { drawCallFault, drawNoticeFault, drawOutage } from './draw-faults.ts';
import { drawKeyChanges } from './draw-keys.ts';
import type { Mishap, OrderPlan, Protocol, StrangeNotice, WorldPlan } from './plan.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Unnamed = Mishap extends infer Each ? (Each extends Mishap ? Omit<Each, 'id'> : never) : never;

/** What mishaps are drawn for. */
export interface Surroundings extends Pick<WorldPlan, 'orders' | 'clocksAheadMs' | 'keys'> {
  /** Whether the shop believes refusals that nobody has signed. */
  readonly unsigned: 'doubted' | 'believed';
}

/** Draws what goes wrong: calls, notices, keys, processes, the store, strangers, and the merchant's own systems. */
export function drawMishaps(
  chooser: Chooser,
  { orders, clocksAheadMs, keys, unsigned }: Surroundings,
): readonly Mishap[] {
  const { sometimes } = chooser;
  // A third of the worlds is nearly in order: what fails there is not hidden by noise.
  const busyness = sometimes(33, 0.2, 1);
  const count = (perOrder: number): number => Math.ceil(orders.length * perOrder * busyness);
  const keeper = (): number => chooser.whole(0, clocksAheadMs.length - 1);
  const [first, ...others] = orders;
  if (first === undefined) return [];
  const anOrder = (): OrderPlan => chooser.pick([first, ...others]);
  const drawn: readonly Unnamed[] = [
    ...chooser.some(60, count(2), () => drawCallFault(chooser, anOrder(), unsigned)),
    ...chooser.some(60, count(1), () => drawNoticeFault(chooser, anOrder())),
    ...chooser.some(15, 1, () => drawOutage(chooser)),
    ...drawKeyChanges(chooser, keys),
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
    ...chooser.some(20, count(1), () => strangeNotice(chooser, anOrder())),
    ...chooser.some(20, count(1), () => deafReceiver(chooser, orders)),
  ];
  return drawn.map((mishap, index) => ({ id: `M${index + 1}`, ...mishap }));
}

function crash({ whole, pick }: Chooser, keeper: number, orders: readonly OrderPlan[]): Unnamed {
  const downMs = pick([whole(SECOND, MINUTE), whole(SECOND, MINUTE), whole(MINUTE, 3 * HOUR)]);
  return { kind: 'crash', keeper, step: whole(1, 60 * orders.length), moment: pick(['before', 'after']), downMs };
}

function strangeNotice({ whole, pick }: Chooser, { id: orderId }: OrderPlan): Unnamed {
  const [protocol, how] = pick<readonly [Protocol, StrangeNotice]>([
    ['v2', 'probe'],
    ['v2', 'forged'],
    ['v2', 'garbage'],
    ['v2', 'replayed'],
    ['v3', 'probe'],
    ['v3', 'forged'],
    ['v3', 'garbage'],
    ['v3', 'replayed'],
    ['v3', 'unknown-certificate'],
    ['v3', 'sealed-for-another'],
  ]);
  return { kind: 'strange-notice', atMs: whole(0, HOUR), orderId, protocol, how, times: pick([1, 1, 2, 25]) };
}

function deafReceiver({ whole, pick }: Chooser, orders: readonly OrderPlan[]): Unnamed {
  const nth = whole(1, 2 * orders.length);
  return { kind: 'deaf-receiver', nth, times: whole(1, 4), understood: pick(['yes', 'no']) };
}
