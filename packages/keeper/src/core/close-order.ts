import type { AttemptFactKind } from './attempt-fact.ts';
import type { Moment } from './moment.ts';
import type { Attempt, CloseReason, CloseReceipt, CloseStep, Closing } from './order.ts';
import type { Rules } from './rules.ts';
import { tryAgain, waitAfterTryMs } from './tries.ts';

/** What the age of an attempt at WeChat Pay is reckoned from. */
type Placed = Pick<Attempt, 'openedAtMs' | 'protocol' | 'prepay' | 'placing' | 'closing'>;

/** A placing call has arrived, or never will, this long after it left; longer than a gateway is given for a call. */
const PLACING_CALL_MS_MAX = 30_000;

/**
 * From when on an attempt may be closed (R7): classic orders at five minutes of age, APIv3 knows no such wait.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_3
 */
export function closableAtMs(attempt: Placed, rules: Rules): number {
  return attempt.protocol === 'v2' ? placedByMs(attempt, rules) + rules.closeAgeMs : attempt.openedAtMs;
}

/**
 * By when it was placed at the latest: a call that was repeated, or that a crash held up, left after the opening. While
 * none was answered, the last may have left at the moment when the closing began, which ended the placing.
 */
function placedByMs({ openedAtMs, prepay, placing, closing }: Placed, rules: Rules): number {
  if (prepay !== undefined) return Math.max(openedAtMs, prepay.receivedAtMs);
  if (closing !== undefined) return Math.max(openedAtMs, closing.sinceMs + PLACING_CALL_MS_MAX);
  if (placing === undefined) return openedAtMs;
  return Math.max(openedAtMs, placing.notBeforeMs - waitAfterTryMs(rules.placeAgainAfterMs, placing.triesMade));
}

/** From when on the query that comes before the close counts as such. */
export function askBeforeCloseAtMs(attempt: Attempt, closing: Closing, rules: Rules): number {
  return Math.max(closing.notBeforeMs, closableAtMs(attempt, rules));
}

/** What a fact does to the closing: a step, now or after a wait. `if-due` waits for the age of R7. */
type StepMove =
  | 'same'
  | 'close-if-due'
  | 'ask-again-if-due'
  | 'ask-later'
  | 'close-later'
  | 'prove-now'
  | 'prove-later'
  | 'fetch-now'
  | 'fetch-later';

type ClosingFact = Extract<
  AttemptFactKind,
  | 'unpaid'
  | 'paying'
  | 'not-found'
  | 'query-unknown'
  | 'close-done'
  | 'close-order-paid'
  | 'close-order-not-exist'
  | 'close-busy'
  | 'close-unknown'
>;

/** The close's own answer leads the same way from each step before its proof: a late one was sent for the same purpose. */
const CLOSE_ANSWERED = {
  'close-done': 'prove-now',
  'close-order-paid': 'fetch-now',
  'close-order-not-exist': 'prove-now',
  'close-busy': 'ask-later',
  'close-unknown': 'close-later',
} as const satisfies Partial<Record<ClosingFact, StepMove>>;

/** Query, close, query as a table. */
const STEP_MOVES: Readonly<Record<CloseStep, Readonly<Record<ClosingFact, StepMove>>>> = {
  ask: {
    ...CLOSE_ANSWERED,
    unpaid: 'close-if-due',
    paying: 'close-if-due',
    'not-found': 'close-if-due',
    'query-unknown': 'ask-again-if-due',
  },
  close: { ...CLOSE_ANSWERED, unpaid: 'same', paying: 'same', 'not-found': 'same', 'query-unknown': 'same' },
  prove: {
    ...CLOSE_ANSWERED,
    unpaid: 'close-later',
    paying: 'close-later',
    'not-found': 'close-later',
    'query-unknown': 'prove-later',
  },
  // ORDERPAID says more than anything that says unpaid: older answers change nothing, the payment is asked for again.
  fetch: {
    unpaid: 'fetch-later',
    paying: 'fetch-later',
    'not-found': 'fetch-later',
    'query-unknown': 'fetch-later',
    'close-done': 'same',
    'close-order-paid': 'same',
    'close-order-not-exist': 'same',
    'close-busy': 'same',
    'close-unknown': 'same',
  },
};

const isClosingFact = (fact: AttemptFactKind): fact is ClosingFact => fact in STEP_MOVES.ask;

/** Begins query, close, query. */
export function beginClosing(attempt: Attempt, because: CloseReason, { nowMs }: Moment): Attempt {
  return {
    ...attempt,
    state: 'closing',
    closing: { because, sinceMs: nowMs, step: 'ask', triesMade: 0, notBeforeMs: nowMs },
  };
}

/** Takes the closing one step further; facts that say nothing about it leave it as it is. */
export function moveClosing(attempt: Attempt, fact: AttemptFactKind, { nowMs, rules }: Moment): Attempt {
  const { closing } = attempt;
  if (closing === undefined || !isClosingFact(fact)) return attempt;
  const isDue = nowMs >= askBeforeCloseAtMs(attempt, closing, rules);
  const now = (step: CloseStep): Attempt =>
    closing.step === step ? attempt : { ...attempt, closing: { ...closing, step, notBeforeMs: nowMs } };
  const later = (step: CloseStep): Attempt => ({
    ...attempt,
    closing: { ...closing, step, ...tryAgain(closing, rules.closeAgainAfterMs, nowMs) },
  });
  switch (STEP_MOVES[closing.step][fact]) {
    case 'same':
      return attempt;
    case 'close-if-due':
      return isDue ? now('close') : attempt;
    case 'ask-again-if-due':
      return isDue ? later('ask') : attempt;
    case 'ask-later':
      return later('ask');
    case 'close-later':
      return later('close');
    case 'prove-now':
      return now('prove');
    case 'prove-later':
      return later('prove');
    case 'fetch-now':
      return now('fetch');
    case 'fetch-later':
      return later('fetch');
  }
}

/**
 * The first word about an attempt that came while it was being closed: its placing call was held up on the way, so it is
 * younger than it seemed. The closing begins anew when it is old enough for certain.
 */
export function closeFromFirstSight(attempt: Attempt, { nowMs, rules }: Moment): Attempt | undefined {
  const { closing, prepay, tradeState, protocol } = attempt;
  const isFirstSight = prepay === undefined && tradeState === undefined;
  if (closing === undefined || closing.step === 'fetch' || !isFirstSight || protocol !== 'v2') return undefined;
  return { ...attempt, closing: { ...closing, step: 'ask', notBeforeMs: nowMs + rules.closeAgeMs } };
}

/** Ends the closing with its proof. An attempt that nobody here was closing was closed `elsewhere`. */
export function closed(attempt: Attempt, proof: CloseReceipt['proof'], { nowMs }: Moment): Attempt {
  const because = attempt.closing?.because ?? 'elsewhere';
  return { ...attempt, state: 'closed', receipt: { closedAtMs: nowMs, because, proof } };
}

/** Looks at a closed attempt, while its share of queries (R6) is not used up; then the bill has the last word. */
export function nextLookAfterCloseAtMs(attempt: Attempt, rules: Rules): number | undefined {
  const { receipt, queriesMade, lastQueryAtMs } = attempt;
  if (receipt === undefined || queriesMade >= rules.queriesMax) return undefined;
  const sinceMs = Math.max(receipt.closedAtMs, lastQueryAtMs ?? 0);
  return rules.lookAfterCloseMs.map((afterMs) => receipt.closedAtMs + afterMs).find((atMs) => atMs > sinceMs);
}
