import { isLive } from './attempt-transitions.ts';
import { closableAtMs } from './close-order.ts';
import type { DutyKey } from './decision.ts';
import { ADVICE, type Advice, REASONS, type Reason } from './explain-texts.ts';
import { isMicropay } from './micropay.ts';
import type { Attempt, Order } from './order.ts';
import type { Moment } from './moment.ts';
import { refundedFen } from './refund-sums.ts';

/** What a person should know about an order: literals to switch on, and the same as text in two languages. */
export interface Explanation {
  readonly state: Order['state'];
  readonly why: Reason;
  /** What the keeper does next, earliest first. */
  readonly next: readonly { readonly duty: string; readonly dueAtMs: number }[];
  readonly whatToDo: Advice;
  readonly text: { readonly en: string; readonly zh: string };
}

/** A duty that is this late has nobody who does it. */
const OVERDUE_MS = 60_000;

/** Says where an order stands, why, what happens next and when, and what to do if that looks wrong. */
export function explain(
  order: Order,
  duties: readonly (DutyKey & { readonly dueAtMs: number })[],
  moment: Moment,
): Explanation {
  const next = duties
    .map(({ kind, subject, dueAtMs }) => ({ duty: `${kind} ${subject}`, dueAtMs }))
    .sort((a, b) => a.dueAtMs - b.dueAtMs);
  const why = reasonOf(order, moment);
  const whatToDo = adviceOf(order, why, next[0]?.dueAtMs, moment);
  const facts = { order, attempt: subjectOf(order), next: next[0], nowMs: moment.nowMs };
  const en = `${REASONS[why].en(facts)} ${ADVICE[whatToDo].en}`;
  const zh = `${REASONS[why].zh(facts)}${ADVICE[whatToDo].zh}`;
  return { state: order.state, why, next, whatToDo, text: { en, zh } };
}

/** The attempt that the order's state hangs on. */
const subjectOf = (order: Order): Attempt | undefined =>
  order.attempts.find(({ outTradeNo }) => outTradeNo === order.paidBy) ??
  order.attempts.find(isLive) ??
  order.attempts.at(-1);

function reasonOf(order: Order, moment: Moment): Reason {
  switch (order.state) {
    case 'open':
      return reasonOfOpen(order, moment);
    case 'paid':
      return reasonOfPaid(order);
    case 'closed':
      return order.attempts.some((attempt) => attempt.payment !== undefined) ? 'closed-late-payment' : 'closed';
    case 'reversed':
      return 'reversed';
    case 'refunded':
      return 'refunded';
  }
}

function reasonOfOpen(order: Order, { nowMs, rules }: Moment): Reason {
  const live = order.attempts.find(isLive);
  if (live === undefined) return order.attempts.length === 0 ? 'no-attempt' : 'between-attempts';
  if (live.quarantined !== undefined) return 'quarantined';
  switch (live.state) {
    case 'creating':
      return isMicropay(live) ? 'charging' : 'placing';
    case 'open':
      if (nowMs >= live.content.expiresAtMs) return 'expired-asking';
      return isMicropay(live) ? 'charging' : 'waiting-for-payer';
    case 'paying':
      return 'payer-is-paying';
    case 'closing':
      return nowMs < closableAtMs(live, rules) ? 'too-young-to-close' : 'closing';
    case 'reversing':
      return 'reversing';
    case 'paid':
    case 'closed':
    case 'reversed':
    case 'rejected':
    case 'failed':
      return 'between-attempts';
  }
}

function reasonOfPaid(order: Order): Reason {
  const states = new Set(order.refunds.map((refund) => refund.state));
  if (states.has('abnormal')) return 'refund-abnormal';
  if (states.has('asked') || states.has('processing')) return 'refund-under-way';
  if (order.refunds.some((refund) => refund.state === 'rejected')) return 'refund-rejected';
  return order.paidBy !== undefined && refundedFen(order, order.paidBy) > 0 ? 'partly-refunded' : 'paid';
}

/** What is expected of a person for each reason, when the duties are on time. */
const USUAL_ADVICE: Readonly<Record<Reason, Advice>> = {
  'no-attempt': 'open-attempt',
  'between-attempts': 'pay-again-or-close',
  quarantined: 'check-report',
  placing: 'wait',
  charging: 'wait',
  'waiting-for-payer': 'ask-now',
  'expired-asking': 'ask-now',
  'payer-is-paying': 'ask-now',
  'too-young-to-close': 'wait',
  closing: 'wait',
  reversing: 'wait',
  paid: 'nothing',
  'partly-refunded': 'nothing',
  'refund-under-way': 'wait-for-refund',
  'refund-abnormal': 'finish-refund',
  'refund-rejected': 'repeat-refund',
  refunded: 'nothing',
  reversed: 'nothing',
  closed: 'nothing',
  'closed-late-payment': 'nothing',
};

function adviceOf(order: Order, why: Reason, dueAtMs: number | undefined, { nowMs, rules }: Moment): Advice {
  if (dueAtMs !== undefined && nowMs - dueAtMs > OVERDUE_MS) return 'check-keeper';
  const isStuck = order.attempts.some(
    (attempt) => isLive(attempt) && (attempt.closing?.triesMade ?? 0) >= rules.closeAgainAfterMs.length,
  );
  return isStuck ? 'check-console' : USUAL_ADVICE[why];
}
