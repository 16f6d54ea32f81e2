import { describe, expect, test } from 'vitest';
import { applyFact } from './apply-fact.ts';
import type { AttemptFact, AttemptFactKind } from './attempt-fact.ts';
import { isLive, NEXT } from './attempt-transitions.ts';
import type { Attempt, AttemptState } from './order.ts';
import { attemptIn, newOrder, OPENED_MS, payment, RULES } from './testing/samples.ts';

/** Written apart from the table: one column per state, `.` where the attempt stays. */
const STATES = [
  'creating',
  'open',
  'paying',
  'closing',
  'reversing',
  'paid',
  'closed',
  'reversed',
  'rejected',
  'failed',
] as const satisfies readonly AttemptState[];

const EXPECTED: Readonly<Record<AttemptFactKind, string>> = {
  placed: 'open . . . . . . . . .',
  'place-rejected': 'rejected . . . . . . . . .',
  'place-doubtful': '. . . . . . . . . .',
  'place-unknown': '. . . . . . . . . .',
  paid: 'paid paid paid paid . . paid . paid paid',
  unpaid: 'open . open . . . . . . .',
  paying: 'paying paying . . . . . . . .',
  closed: 'closed closed closed closed closed . . . . .',
  revoked: 'reversed reversed reversed reversed reversed reversed . . reversed reversed',
  failed: 'failed failed failed failed . . . . . .',
  'not-found': '. . . . . . . . . .',
  'never-arrived': '. . . closed failed . . . . .',
  'query-unknown': '. . . . . . . . . .',
  'close-wanted': 'closing closing closing . . . . . . .',
  'close-done': '. . . . . . . . . .',
  'close-order-paid': '. . . . . . . . . .',
  'close-order-closed': 'closed closed closed closed closed . . . . .',
  'close-order-not-exist': '. . . . . . . . . .',
  'close-busy': '. . . . . . . . . .',
  'close-unknown': '. . . . . . . . . .',
  'reverse-wanted': 'reversing reversing reversing . . . . . . .',
  'reverse-done': 'reversed reversed reversed reversed reversed reversed . . reversed reversed',
  'reverse-again': 'reversing reversing reversing . . . . . . .',
  'reverse-unknown': 'reversing reversing reversing . . . . . . .',
  'reverse-expired': '. . . . paying . . . . .',
};

function sampleFact(fact: AttemptFactKind): AttemptFact {
  switch (fact) {
    case 'placed':
      return { fact, prepay: { prepayId: 'wx1', receivedAtMs: OPENED_MS } };
    case 'place-rejected':
    case 'place-doubtful':
      return { fact, code: 'SOME_CODE' };
    case 'paid':
      return { fact, payment: payment(), tradeState: 'SUCCESS', learnedBy: 'query' };
    case 'paying':
      return { fact, tradeState: 'USERPAYING' };
    case 'close-wanted':
      return { fact, because: 'asked' };
    case 'place-unknown':
    case 'unpaid':
    case 'closed':
    case 'revoked':
    case 'failed':
    case 'not-found':
    case 'never-arrived':
    case 'query-unknown':
    case 'close-done':
    case 'close-order-paid':
    case 'close-order-closed':
    case 'close-order-not-exist':
    case 'close-busy':
    case 'close-unknown':
    case 'reverse-wanted':
    case 'reverse-done':
    case 'reverse-again':
    case 'reverse-unknown':
    case 'reverse-expired':
      return { fact };
  }
}

const KINDS = Object.keys(EXPECTED).filter((kind): kind is AttemptFactKind => kind in NEXT.open);
const moment = { nowMs: OPENED_MS + 60_000, rules: RULES };
const inState = (state: AttemptState): Attempt => ({ ...attemptIn(newOrder()), state });

const cells = KINDS.flatMap((kind) =>
  EXPECTED[kind].split(' ').map((target, column): [AttemptState, AttemptFactKind, string] => {
    const state = STATES[column] ?? 'creating';
    return [state, kind, target === '.' ? state : target];
  }),
);

describe('the attempt table', () => {
  test('has a cell for each of its states and facts, and this test one expectation for each cell', () => {
    expect(Object.keys(NEXT).sort()).toEqual([...STATES].sort());
    expect(cells).toHaveLength(10 * 25);
    for (const row of Object.values(NEXT)) expect(Object.keys(row).sort()).toEqual([...KINDS].sort());
  });

  test.each(cells)('%s + %s → %s', (state, kind, target) => {
    expect(applyFact(inState(state), sampleFact(kind), moment).attempt.state).toBe(target);
  });

  test('gives a reason in every cell', () => {
    for (const row of Object.values(NEXT))
      for (const { why } of Object.values(row)) expect(why.length).toBeGreaterThan(10);
  });

  test('R17: a final state is left only for money that came in or money that went back', () => {
    const rank: Partial<Record<AttemptState, number>> = { rejected: 1, failed: 1, closed: 1, paid: 2, reversed: 3 };
    for (const [state, , target] of cells) {
      if (isLive({ state }) || target === state) continue;
      const after = STATES.find((candidate) => candidate === target) ?? state;
      expect(rank[after] ?? 0).toBeGreaterThan(rank[state] ?? 0);
    }
  });

  test('R17: an unknown answer changes no state, except that a sent reverse is brought to its end', () => {
    for (const kind of ['place-unknown', 'query-unknown', 'close-unknown'] as const) {
      for (const state of STATES) expect(applyFact(inState(state), { fact: kind }, moment).attempt.state).toBe(state);
    }
  });
});
