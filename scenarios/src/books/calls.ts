import type { SimOrder } from '@orderkeeper/simulator';
import type { OrderPlan } from '../plan/plan.ts';
import type { WorldEnd } from '../world/world-end.ts';
import { pairsOf, stateAt } from './index-of.ts';
import type { Check, Violation } from './violation.ts';

const MINUTE = 60_000;
const CLOSE_AGE_MS = 5 * MINUTE;
const R6_LIFETIME_MS_MAX = 30 * MINUTE;
const R6_QUERIES_MAX = 10;
/** A charge is polled every five seconds and then reversed, each time by four attempts at most: more is no longer patience. */
const CALLS_PER_MINUTE_MAX = 80;

/** No close before five minutes, by WeChat Pay's own clock (R7); no micropay is closed (R8). */
export const closesAreAllowed: Check = ({ plan, ledger, calls }) => {
  const entries = new Map(ledger.map((entry) => [entry.outTradeNo, entry]));
  const apartMs = Math.max(...plan.clocksAheadMs) - Math.min(...plan.clocksAheadMs);
  return calls
    .filter(({ operation }) => operation === 'closeorder')
    .flatMap(({ outTradeNo: about, atMs }) => {
      const entry = entries.get(about);
      if (entry === undefined || entry.placedAtMs > atMs) return [];
      const ageMs = atMs - entry.placedAtMs;
      if (entry.tradeType === 'MICROPAY') return [{ rule: 'R8', about, message: 'a micropay was to be closed' }];
      if (ageMs + apartMs >= CLOSE_AGE_MS) return [];
      return [{ rule: 'R7', about, message: `was to be closed at an age of ${ageMs} ms` }];
    });
};

/** A code is charged once, whatever dies (R8): only a call that never reached WeChat Pay may be made again. */
export const chargesAreSingle: Check = ({ calls }) => {
  const charges = calls.filter(({ operation, verdict }) => operation === 'micropay' && verdict !== 'fault');
  return [...new Set(charges.map(({ outTradeNo }) => outTradeNo))].flatMap((about) => {
    const made = charges.filter(({ outTradeNo }) => outTradeNo === about).length;
    return made <= 1 ? [] : [{ rule: 'R8', about, message: `was charged ${made} times` }];
  });
};

const MAY_BE_PAID: ReadonlySet<string> = new Set<SimOrder['state']>(['NOTPAY', 'USERPAYING']);

/** A second number opens only when the first cannot be paid any more (R9). */
export const numbersFollowEachOther: Check = (end) => {
  const pairs = pairsOf(end);
  return pairs.flatMap(({ order, attempt, entry }) => {
    if (entry === undefined) return [];
    const earlier = pairs.filter((pair) => pair.order === order && pair.attempt.openedAtMs < attempt.openedAtMs);
    return earlier.flatMap((old): readonly Violation[] => {
      const state = old.entry === undefined ? 'none' : stateAt(old.entry, entry.placedAtMs);
      const isWithPayer = old.isHandedOut || old.attempt.content.tradeType === 'MICROPAY';
      if (!MAY_BE_PAID.has(state) || !isWithPayer) return [];
      const message = `was placed while ${old.attempt.outTradeNo} was ${state} and in a payer's hands`;
      return [{ rule: 'R9', about: attempt.outTradeNo, message }];
    });
  });
};

/** However much is disturbed, WeChat Pay is not hammered: patience grows (R18). */
export const callsAreCalm: Check = ({ calls }) =>
  [...new Set(calls.map(({ outTradeNo }) => outTradeNo))].flatMap((about) => {
    const moments = calls.filter((call) => call.outTradeNo === about).map(({ atMs }) => atMs);
    const crowded = moments.find((atMs, index) => (moments[index + CALLS_PER_MINUTE_MAX] ?? Infinity) < atMs + MINUTE);
    if (crowded === undefined) return [];
    return [{ rule: 'R18', about, message: `had more than ${CALLS_PER_MINUTE_MAX} calls within a minute` }];
  });

/** A 30-minute order that is never paid costs at most ten queries (R6), and one more for each that was disturbed. */
export const queriesAreFew: Check = (end) =>
  end.plan.orders.filter((order) => isQuiet(end, order)).flatMap((order) => queriesOf(end, order));

function isQuiet({ observed }: WorldEnd, { tradeType, lifetimeMs, acts }: OrderPlan): boolean {
  const isAsked = acts.some(({ deed }) => ['return', 'parameters', 'pay-again', 'late-money'].includes(deed.deed));
  const isLosing = observed.some((event) => event.kind === 'notices-measured' && event.notices === 'being-lost');
  return tradeType !== 'MICROPAY' && lifetimeMs <= R6_LIFETIME_MS_MAX && !isAsked && !isLosing;
}

function queriesOf(end: WorldEnd, { id }: OrderPlan): readonly Violation[] {
  const about = `${id}-1`;
  const entry = end.ledger.find(({ outTradeNo }) => outTradeNo === about);
  if (entry?.payment !== undefined) return [];
  const calls = end.calls.filter(({ outTradeNo }) => outTradeNo === about);
  const queries = calls.filter(({ operation }) => operation === 'orderquery');
  const disturbed = queries.filter(({ faults }) => faults.length > 0).length;
  // A query follows each placing call that had no answer, and one is made before the close that then comes later.
  const countOf = (name: string): number => calls.filter(({ operation }) => operation === name).length;
  const placings = countOf('unifiedorder');
  const repeated = (placings > 1 ? placings + 1 : 0) + Math.max(countOf('closeorder') - 1, 0);
  const allowed = R6_QUERIES_MAX + disturbed + end.crashes + end.storeFailures + repeated;
  if (queries.length <= allowed) return [];
  return [{ rule: 'R6', about, message: `was asked about ${queries.length} times, allowed are ${allowed}` }];
}

/** Once a close is wanted, no payer is given anything to pay with (R7). */
export const closingGivesNothingOut: Check = ({ orders, handedOut }) =>
  orders.flatMap(({ orderId, attempts }) =>
    attempts.flatMap(({ outTradeNo, closing }) => {
      if (closing === undefined) return [];
      const late = handedOut.some(
        (given) => given.outTradeNo === outTradeNo && given.askedAtMs > closing.sinceMs + MINUTE,
      );
      return late
        ? [{ rule: 'R7', about: orderId, message: `${outTradeNo} was handed out while it was being closed` }]
        : [];
    }),
  );
