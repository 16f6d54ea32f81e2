import type { SimOrder } from '@orderkeeper/simulator';
import { isOfKind, meaningOf } from '../call-kinds.ts';
import { firstNumberOf } from '../plan/first-number.ts';
import type { Mishap, OrderPlan } from '../plan/plan.ts';
import type { WorldEnd } from '../world/world-end.ts';
import { pairsOf, stateAt } from './index-of.ts';
import type { Check, Violation } from './violation.ts';

const MINUTE = 60_000;
const CLOSE_AGE_MS = 5 * MINUTE;
const R6_LIFETIME_MS_MAX = 30 * MINUTE;
const R6_QUERIES_MAX = 10;
/** A charge is polled every five seconds and then reversed, each time by four attempts at most: more is no longer patience. */
const CALLS_PER_MINUTE_MAX = 80;

/**
 * No close of the classic API before five minutes, by WeChat Pay's own clock (R7); APIv3 knows no such wait. No micropay
 * is closed (R8).
 */
export const closesAreAllowed: Check = ({ plan, ledger, calls }) => {
  const entries = new Map(ledger.map((entry) => [entry.outTradeNo, entry]));
  const apartMs = Math.max(...plan.clocksAheadMs) - Math.min(...plan.clocksAheadMs);
  return calls.filter(isOfKind('close')).flatMap(({ outTradeNo: about, atMs }) => {
    const entry = entries.get(about);
    if (entry === undefined || entry.placedAtMs > atMs) return [];
    const ageMs = atMs - entry.placedAtMs;
    if (entry.tradeType === 'MICROPAY') return [{ rule: 'R8', about, message: 'a micropay was to be closed' }];
    if (entry.apiVersion === 'v3' || ageMs + apartMs >= CLOSE_AGE_MS) return [];
    return [{ rule: 'R7', about, message: `was to be closed at an age of ${ageMs} ms` }];
  });
};

/** A code is charged once, whatever dies (R8): only a call that never reached WeChat Pay may be made again. */
export const chargesAreSingle: Check = ({ calls }) => {
  const charges = calls.filter(isOfKind('charge')).filter(({ verdict }) => verdict !== 'fault');
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

/** An attempt is spoken of in the protocol in which it was opened, and in no other. */
export const attemptsSpeakOneProtocol: Check = (end) =>
  pairsOf(end).flatMap(({ attempt: { outTradeNo: about, protocol }, entry }) => {
    const spoken = end.calls.filter((call) => call.outTradeNo === about).map(({ operation }) => meaningOf(operation));
    const others = spoken.flatMap((meaning) => {
      if (meaning === undefined || meaning.kind === 'send-refund-on' || meaning.protocol === protocol) return [];
      return [meaning.kind];
    });
    const isOther = entry !== undefined && entry.apiVersion !== protocol;
    if (others.length === 0 && !isOther) return [];
    const message = `speaks ${protocol}, and the other protocol was spoken about it: ${others.join(', ')}`;
    return [{ rule: 'protocol', about, message }];
  });

/** One fetch is made of so many attempts at most. */
const ATTEMPTS_MAX = 4;

/**
 * Certificates are fetched once a minute at most, whatever serials strangers invent; each process has a minute of its own
 * when it starts. Where no answer came the next call that needs them tries again, as it would try anything else.
 */
export const certificatesAreFetchedCalmly: Check = ({ plan, calls, crashes }) => {
  const answered = calls.filter(isOfKind('fetch-certificates')).filter(({ answerStatus }) => answerStatus > 0);
  const moments = answered.map(({ atMs }) => atMs);
  const stops = plan.mishaps.filter(({ kind }) => kind === 'restart' || kind === 'key-switch').length;
  const people = plan.orders.flatMap(({ acts }) => acts.filter(({ deed }) => deed.deed === 'send-on')).length;
  const allowed = ATTEMPTS_MAX * (plan.clocksAheadMs.length + crashes + stops + people);
  const isCrowded = moments.some((atMs, index) => (moments[index + allowed] ?? Infinity) < atMs + MINUTE);
  const message = `certificates were fetched more than ${allowed} times within a minute`;
  return isCrowded ? [{ rule: 'R18', about: `seed ${plan.seed}`, message }] : [];
};

/** A 30-minute order that is never paid costs at most ten queries (R6), and one more for each that was disturbed. */
export const queriesAreFew: Check = (end) =>
  end.plan.orders.filter((order) => isQuiet(end, order)).flatMap((order) => queriesOf(end, order));

function isQuiet({ observed, plan }: WorldEnd, { tradeType, lifetimeMs, acts }: OrderPlan): boolean {
  const isAsked = acts.some(({ deed }) => ['return', 'parameters', 'pay-again', 'late-money'].includes(deed.deed));
  const isLosing = observed.some((event) => event.kind === 'notices-measured' && event.notices === 'being-lost');
  const isPrepaid = tradeType !== 'MICROPAY' && lifetimeMs <= R6_LIFETIME_MS_MAX;
  return isPrepaid && !isAsked && !isLosing && !plan.mishaps.some(leavesShopWithoutKey);
}

/** WeChat Pay signs with a public key that the shop does not have yet: no answer is worth anything, so each is asked for again. */
const leavesShopWithoutKey = (mishap: Mishap): boolean =>
  mishap.kind === 'key-switch' && mishap.publicKeyOnlyAtMs < mishap.configuredAtMs;

function queriesOf(end: WorldEnd, order: OrderPlan): readonly Violation[] {
  const about = firstNumberOf(order);
  const entry = end.ledger.find(({ outTradeNo }) => outTradeNo === about);
  if (entry?.payment !== undefined) return [];
  const calls = end.calls.filter(({ outTradeNo }) => outTradeNo === about);
  const queries = calls.filter(isOfKind('query'));
  const disturbed = queries.filter(({ faults }) => faults.length > 0).length;
  // A query follows each placing call that had no answer, and one is made before the close that then comes later.
  const placings = calls.filter(isOfKind('place')).length;
  const closes = calls.filter(isOfKind('close')).length;
  const repeated = (placings > 1 ? placings + 1 : 0) + Math.max(closes - 1, 0);
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
