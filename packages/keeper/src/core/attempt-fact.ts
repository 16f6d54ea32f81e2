import type { TradeState } from '@orderkeeper/protocol';
import { isMicropay, mayStillArrive } from './micropay.ts';
import type { Moment } from './moment.ts';
import type { Observation, TradeReport } from './observation.ts';
import type { Attempt, CloseReason, LearnedBy, Prepay } from './order.ts';

/** What an observation says about one attempt, whatever call or notice it came by. */
export type AttemptFact =
  | { readonly fact: 'placed'; readonly prepay: Prepay }
  | { readonly fact: 'place-rejected'; readonly code: string }
  /** The refusal says that the number is known at WeChat Pay: only a query can tell what became of it. */
  | { readonly fact: 'place-doubtful'; readonly code: string }
  | { readonly fact: 'place-unknown' }
  /** SUCCESS or REFUND: money was received. */
  | {
      readonly fact: 'paid';
      readonly payment: PaymentReport;
      readonly tradeState: TradeState;
      readonly learnedBy: LearnedBy;
    }
  /** NOTPAY. */
  | { readonly fact: 'unpaid' }
  /** USERPAYING or ACCEPT. */
  | { readonly fact: 'paying'; readonly tradeState: TradeState }
  /** CLOSED. */
  | { readonly fact: 'closed' }
  /** REVOKED. */
  | { readonly fact: 'revoked' }
  /** PAYERROR. */
  | { readonly fact: 'failed' }
  | { readonly fact: 'not-found' }
  /** Not found although everything that could have brought it there is over: it will never be. */
  | { readonly fact: 'never-arrived' }
  | { readonly fact: 'query-unknown' }
  | { readonly fact: 'close-wanted'; readonly because: CloseReason }
  | { readonly fact: 'close-done' }
  | { readonly fact: 'close-order-paid' }
  | { readonly fact: 'close-order-closed' }
  | { readonly fact: 'close-order-not-exist' }
  | { readonly fact: 'close-busy' }
  | { readonly fact: 'close-unknown' }
  | { readonly fact: 'reverse-wanted' }
  | { readonly fact: 'reverse-done' }
  | { readonly fact: 'reverse-again' }
  | { readonly fact: 'reverse-unknown' }
  | { readonly fact: 'reverse-expired' };

/** The columns of the transition table. */
export type AttemptFactKind = AttemptFact['fact'];

/** A payment as reported. */
export type PaymentReport = NonNullable<TradeReport['payment']>;

/** A trade report that has passed quarantine, read by its trade state. Without its payment a paid state says nothing. */
export function factOfReport({ tradeState, payment }: TradeReport, learnedBy: LearnedBy): AttemptFact {
  switch (tradeState) {
    case 'SUCCESS':
    case 'REFUND':
      return payment === undefined ? { fact: 'query-unknown' } : { fact: 'paid', payment, tradeState, learnedBy };
    case 'NOTPAY':
      return { fact: 'unpaid' };
    case 'USERPAYING':
    case 'ACCEPT':
      return { fact: 'paying', tradeState };
    case 'CLOSED':
      return { fact: 'closed' };
    case 'REVOKED':
      return { fact: 'revoked' };
    case 'PAYERROR':
      return { fact: 'failed' };
  }
}

/**
 * A query that found nothing. It is final only when WeChat Pay has never spoken of the number, no payer was ever given
 * anything to pay with, and the call that ends the attempt was answered: what turns up later can be paid by nobody. A
 * charge is paid by arriving, so it must be too old to arrive as well.
 */
export function notFound(attempt: Attempt, { nowMs }: Moment): AttemptFact {
  const isNeverSeen = attempt.prepay === undefined && attempt.tradeState === undefined;
  const isReversed = (attempt.reversing?.triesMade ?? 0) > 0 && !mayStillArrive(attempt, nowMs);
  const isEnded = attempt.closing?.step === 'prove' || isReversed;
  return { fact: isNeverSeen && isEnded ? 'never-arrived' : 'not-found' };
}

type CloseAnswer = Extract<Observation, { kind: 'close-answered' }>['answer'];
type ReverseAnswer = Extract<Observation, { kind: 'reverse-answered' }>['answer'];

/** The answer to a close, as a fact. */
export const CLOSE_FACTS: Readonly<Record<CloseAnswer, AttemptFact>> = {
  done: { fact: 'close-done' },
  'order-paid': { fact: 'close-order-paid' },
  'order-closed': { fact: 'close-order-closed' },
  'order-not-exist': { fact: 'close-order-not-exist' },
  busy: { fact: 'close-busy' },
  unknown: { fact: 'close-unknown' },
};

/** The answer to a reverse, as a fact; about anything but micropay it says nothing, whoever sent it. */
export function reverseFact(attempt: Attempt, answer: ReverseAnswer): AttemptFact {
  return isMicropay(attempt) ? REVERSE_FACTS[answer] : { fact: 'query-unknown' };
}

const REVERSE_FACTS: Readonly<Record<ReverseAnswer, AttemptFact>> = {
  done: { fact: 'reverse-done' },
  again: { fact: 'reverse-again' },
  unknown: { fact: 'reverse-unknown' },
  expired: { fact: 'reverse-expired' },
};
