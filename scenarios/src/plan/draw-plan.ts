import { createSeededRandom } from '@orderkeeper/ports';
import { type Settings, SWITCHES, type Switches } from '@orderkeeper/simulator';
import { type Chooser, createChooser } from './chooser.ts';
import { drawKeys } from './draw-keys.ts';
import { drawMishaps } from './draw-mishaps.ts';
import { drawOrder } from './draw-order.ts';
import type { WorldPlan } from './plan.ts';
import { unsignedRefusals } from './unsigned-refusals.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Longer than the keeper's own default: a virtual day is long. */
const POLL_EVERY_MS = 20 * SECOND;

/** Draws a world: the same seed and the same number of orders give the same world. */
export function drawPlan(seed: number, orderCount: number): WorldPlan {
  const chooser = createChooser(createSeededRandom(seed));
  const settings = drawSettings(chooser);
  const orders = Array.from({ length: orderCount }, (_, index) => drawOrder(chooser, index + 1, settings.refundEnd));
  const clocksAheadMs = drawClocks(chooser);
  const switches = drawSwitches(chooser);
  const keys = drawKeys(chooser);
  return {
    seed,
    clocksAheadMs,
    pollEveryMs: POLL_EVERY_MS,
    switches,
    settings,
    keys,
    orders,
    mishaps: drawMishaps(chooser, { orders, clocksAheadMs, keys, unsigned: unsignedRefusals(switches) }),
  };
}

/** One keeper or two; those of one shop are a little apart, and all of them up to a minute from WeChat Pay. */
function drawClocks({ whole, pick, sometimes }: Chooser): readonly number[] {
  const aheadMs = sometimes(50, 0, whole(-30, 30) * SECOND);
  return sometimes(50, [aheadMs], [aheadMs, aheadMs + pick([0, whole(-500, 500)])]);
}

/** Where WeChat Pay's pages and its behaviour differ, either may be true. */
function drawSwitches({ pick, sometimes }: Chooser): Switches {
  const drawn: Record<string, string> = {};
  for (const [name, { choices }] of Object.entries(SWITCHES)) drawn[name] = sometimes(55, choices[0], pick(choices));
  if (!areSwitches(drawn)) throw new Error('every switch has one of its own choices');
  return drawn;
}

const areSwitches = (drawn: Readonly<Record<string, string>>): drawn is Switches =>
  Object.entries(SWITCHES).every(([name, { choices }]) => choices.some((choice) => choice === drawn[name]));

function drawSettings({ pick, sometimes }: Chooser): Partial<Settings> {
  return {
    refundDelayMs: pick([3 * SECOND, 3 * SECOND, 5 * MINUTE, 2 * HOUR, 30 * HOUR]),
    refundEnd: sometimes(75, 'SUCCESS', pick(['CHANGE', 'REFUNDCLOSE'])),
    cashierBusyMs: pick([MINUTE, 0, 5 * MINUTE]),
    publicKeyNoticeShare: pick([0.5, 0, 1]),
    newCertificateShare: pick([0, 0.5, 1]),
  };
}
