import type { Cell, Row } from './attempt-cell.ts';
import type { AttemptFactKind } from './attempt-fact.ts';
import { CLOSED, FAILED, PAID, REJECTED, REVERSED } from './attempt-transitions-final.ts';
import { CLOSING, CREATING, OPEN, PAYING, REVERSING } from './attempt-transitions-live.ts';
import type { AttemptState } from './order.ts';

/**
 * Where every fact leads an attempt from every state, each with its reason.
 *
 * `creating` → `open` ⇄ `paying` → `paid`; `open` → `closing` → `closed`; `open`/`paying` → `reversing` → `reversed`;
 * `creating` → `rejected`; `open`/`paying` → `failed`. A final state is left only for more (R17):
 * `closed`, `rejected` and `failed` for money that came in, those and `paid` for money that went back.
 */
export const NEXT: Readonly<Record<AttemptState, Row>> = {
  creating: CREATING,
  open: OPEN,
  paying: PAYING,
  paid: PAID,
  closing: CLOSING,
  closed: CLOSED,
  reversing: REVERSING,
  reversed: REVERSED,
  rejected: REJECTED,
  failed: FAILED,
};

/** Whether an attempt may still be paid, as far as we know. */
const LIVENESS: Readonly<Record<AttemptState, 'live' | 'final'>> = {
  creating: 'live',
  open: 'live',
  paying: 'live',
  paid: 'final',
  closing: 'live',
  closed: 'final',
  reversing: 'live',
  reversed: 'final',
  rejected: 'final',
  failed: 'final',
};

/** Looks up the cell. */
export const cellOf = (state: AttemptState, fact: AttemptFactKind): Cell => NEXT[state][fact];

/** A live attempt can still be paid, or is being brought to its end. */
export const isLive = (attempt: { readonly state: AttemptState }): boolean => LIVENESS[attempt.state] === 'live';
