import { isLive } from './attempt-transitions.ts';
import { askBeforeCloseAtMs, nextLookAfterCloseAtMs } from './close-order.ts';
import type { DutyChange, DutyKind, DutyPriority } from './decision.ts';
import { giveUpAtMs, isMicropay, isPastReversing, nextPollAtMs, nextReverseAtMs } from './micropay.ts';
import type { Attempt, AttemptState, Closing, Order } from './order.ts';
import { askAtMs, endQueryAtMs, nextQueryAtMs } from './query-schedule.ts';
import type { Rules } from './rules.ts';

/** A duty as planned: when, and how urgent. */
export interface PlannedDuty {
  readonly kind: DutyKind;
  readonly dueAtMs: number;
  readonly priority: DutyPriority;
}

/** The kinds that an attempt can have in a state. What is possible and not planned is cancelled: nothing is left behind. */
const POSSIBLE: Readonly<Record<AttemptState, readonly DutyKind[]>> = {
  creating: ['place', 'query'],
  open: ['place', 'query'],
  paying: ['query'],
  paid: [],
  closing: ['query', 'close'],
  closed: ['query'],
  reversing: ['query', 'reverse'],
  reversed: [],
  rejected: ['query'],
  failed: ['query'],
};

/** A payer probably still looks at the screen during the first minute. */
const PAYER_LOOKS_MS = 60_000;

/** What an attempt asks of the keeper next, from what is written on it alone: any worker comes to the same plan. */
export function planAttempt(order: Order, attempt: Attempt, rules: Rules): readonly PlannedDuty[] {
  if (!isLive(attempt)) return planFinal(order, attempt, rules);
  if (isMicropay(attempt)) return planMicropay(attempt, rules);
  return attempt.closing === undefined ? planOpen(attempt, rules) : planClosing(attempt, attempt.closing, rules);
}

/** The changes from one plan to the next. `before` is absent for a new attempt. */
export function attemptDuties(
  order: Order,
  attempt: Attempt,
  before: Attempt | undefined,
  rules: Rules,
): readonly DutyChange[] {
  const subject = attempt.outTradeNo;
  const planned = planAttempt(order, attempt, rules);
  const isPlanned = (kind: DutyKind): boolean => planned.some((duty) => duty.kind === kind);
  const possible = new Set(before === undefined ? [] : [...POSSIBLE[before.state], ...POSSIBLE[attempt.state]]);
  return [
    ...planned.map((duty): DutyChange => ({ change: 'schedule', subject, ...duty })),
    ...[...possible]
      .filter((kind) => !isPlanned(kind))
      .map((kind): DutyChange => ({ change: 'cancel', subject, kind })),
  ];
}

function planOpen(attempt: Attempt, rules: Rules): readonly PlannedDuty[] {
  const endMs = attempt.content.expiresAtMs;
  const place = planPlace(attempt);
  const asked = planAsk(attempt, rules);
  if (asked !== undefined) return [asked, ...place];
  // Before the placing call is answered there is nothing to ask about: the call itself is repeated.
  const dueAtMs = (attempt.state === 'creating' ? endQueryAtMs : nextQueryAtMs)(attempt, { endMs }, rules);
  const isPayerLooking = dueAtMs - attempt.openedAtMs <= PAYER_LOOKS_MS;
  return [{ kind: 'query', dueAtMs, priority: isPayerLooking ? 'payer-waits' : 'sweep' }, ...place];
}

/** The placing call leaves once, and again while its answer is missing: a query first, the same content, not past the end. */
function planPlace(attempt: Attempt): readonly PlannedDuty[] {
  const isPlaced = attempt.prepay !== undefined || attempt.state === 'paying' || attempt.failureCode !== undefined;
  const isQueryFirst = attempt.ask?.because === 'doubt';
  const dueAtMs = attempt.placing?.notBeforeMs ?? attempt.openedAtMs;
  if (isPlaced || isQueryFirst || dueAtMs >= attempt.content.expiresAtMs) return [];
  return [{ kind: 'place', dueAtMs, priority: 'payer-waits' }];
}

function planClosing(attempt: Attempt, closing: Closing, rules: Rules): readonly PlannedDuty[] {
  const asked = planAsk(attempt, rules);
  const readyMs = askBeforeCloseAtMs(attempt, closing, rules);
  const query = (dueAtMs: number): PlannedDuty => asked ?? { kind: 'query', dueAtMs, priority: 'close' };
  switch (closing.step) {
    case 'ask': {
      const isReady = (attempt.lastQueryAtMs ?? attempt.openedAtMs) >= readyMs;
      return [query(isReady ? readyMs : nextQueryAtMs(attempt, { endMs: readyMs }, rules))];
    }
    case 'close':
      return [{ kind: 'close', dueAtMs: readyMs, priority: 'close' }, ...(asked === undefined ? [] : [asked])];
    case 'prove':
    case 'fetch':
      return [query(closing.notBeforeMs)];
  }
}

function planMicropay(attempt: Attempt, rules: Rules): readonly PlannedDuty[] {
  const asked = planAsk(attempt, rules);
  if (attempt.state === 'reversing') {
    const reverse: PlannedDuty = { kind: 'reverse', dueAtMs: nextReverseAtMs(attempt, rules), priority: 'payer-waits' };
    return asked === undefined ? [reverse] : [asked, reverse];
  }
  const pollAtMs = isPastReversing(attempt)
    ? endQueryAtMs(attempt, { endMs: giveUpAtMs(attempt, rules) }, rules)
    : nextPollAtMs(attempt, rules);
  const query: PlannedDuty = asked ?? { kind: 'query', dueAtMs: pollAtMs, priority: 'payer-waits' };
  const isCharged = attempt.state !== 'creating' || attempt.placing !== undefined;
  return isCharged ? [query] : [query, { kind: 'place', dueAtMs: attempt.openedAtMs, priority: 'payer-waits' }];
}

/** After its end: looks at a closed attempt, and one at the order's expiry while the order could still be paid again. */
function planFinal(order: Order, attempt: Attempt, rules: Rules): readonly PlannedDuty[] {
  const dueAtMs = [expiryLookAtMs(order, attempt), closedLookAtMs(order, attempt, rules)].filter(
    (at) => at !== undefined,
  );
  return dueAtMs.length === 0 ? [] : [{ kind: 'query', dueAtMs: Math.min(...dueAtMs), priority: 'sweep' }];
}

/** An open order without a live attempt ends at its expiry, when its last attempt is asked about once more. */
function expiryLookAtMs(order: Order, attempt: Attempt): number | undefined {
  const isWaiting = order.state === 'open' && order.attempts.at(-1)?.outTradeNo === attempt.outTradeNo;
  return isWaiting && attempt.state !== 'paid' && attempt.state !== 'reversed' ? order.expiresAtMs : undefined;
}

function closedLookAtMs(order: Order, attempt: Attempt, rules: Rules): number | undefined {
  const isWorthALook = attempt.state === 'closed' && (order.state === 'closed' || order.state === 'open');
  return isWorthALook ? nextLookAfterCloseAtMs(attempt, rules) : undefined;
}

function planAsk(attempt: Attempt, rules: Rules): PlannedDuty | undefined {
  const dueAtMs = askAtMs(attempt, rules);
  if (dueAtMs === undefined) return undefined;
  return { kind: 'query', dueAtMs, priority: attempt.ask?.because === 'payer-returned' ? 'payer-waits' : 'close' };
}
