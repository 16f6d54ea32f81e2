import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { Attempt, Order, Refund } from '../core/order.ts';
import { FIRST, newCharge, newOrder, OPENED_MS, report } from '../core/testing/samples.ts';
import type { Doubt, Refusal } from '../gateway/refusal.ts';
import { outRefundNo } from '../testing/keeper-world.ts';
import { chargeObservation } from './charge.ts';
import { closeObservation } from './close.ts';
import { lookObservation } from './follow-refund.ts';
import { placeObservation } from './place.ts';
import { queryObservation } from './query.ts';
import { refundObservation } from './refund.ts';
import { REVERSE_AGE_MS_MAX, reverseObservation } from './reverse.ts';

const firstOf = ({ attempts: [attempt] }: Order): Attempt => {
  if (attempt === undefined) throw new Error('the order has no attempt');
  return attempt;
};

const ATTEMPT = firstOf(newOrder());
const CHARGE = firstOf(newCharge());
const REFUND: Refund = {
  outRefundNo: outRefundNo('R1'),
  outTradeNo: FIRST,
  refundFen: fen(1),
  reason: 'asked',
  state: 'asked',
  askedAtMs: 0,
  looksMade: 0,
};

const rejected = (says: Refusal) => ({ outcome: 'rejected', says, code: 'CODE', message: 'no' }) as const;
const unknown = (says: Doubt = 'nothing') =>
  ({ outcome: 'unknown', says, code: 'CODE', message: 'who knows' }) as const;

describe('what the answer of a call says', () => {
  test.each<[Refusal, string]>([
    ['refused', 'place-rejected'],
    ['not-found', 'place-rejected'],
    ['too-old', 'place-rejected'],
    ['order-paid', 'place-doubtful'],
    ['order-closed', 'place-doubtful'],
    ['ask', 'place-doubtful'],
    ['later', 'place-unknown'],
  ])('R2: a placing that is rejected as %s is %s', (says, kind) => {
    expect(placeObservation(ATTEMPT, rejected(says)).kind).toBe(kind);
  });

  test('R2: a placing without an answer is unknown, whatever the reason', () => {
    expect(placeObservation(ATTEMPT, unknown())).toEqual({ kind: 'place-unknown', outTradeNo: FIRST });
  });

  test.each<[Doubt, string]>([
    ['user-paying', 'user-paying'],
    ['nothing', 'unknown'],
  ])('R8: a charge that ends unknown and says %s is %s', (says, answer) => {
    expect(chargeObservation(CHARGE, unknown(says))).toMatchObject({ kind: 'micropay-answered', answer });
  });

  test.each<[Refusal, string]>([
    ['refused', 'place-rejected'],
    ['later', 'place-rejected'],
    ['not-found', 'place-rejected'],
    ['too-old', 'place-rejected'],
    ['ask', 'place-doubtful'],
    ['order-paid', 'place-doubtful'],
    ['order-closed', 'place-doubtful'],
  ])('R8: a charge that is rejected as %s is %s, because it is never sent again', (says, kind) => {
    expect(chargeObservation(CHARGE, rejected(says))).toMatchObject({ kind, code: 'CODE' });
  });

  test('R8: a charge that is done is a verified report', () => {
    const answer = report('SUCCESS');
    expect(chargeObservation(CHARGE, { outcome: 'done', answer })).toEqual({
      kind: 'trade',
      report: answer,
      learnedBy: 'answer',
    });
  });

  test('R2: a query that is refused or not answered is no knowledge', () => {
    for (const outcome of [rejected('refused'), rejected('not-found'), unknown()]) {
      expect(queryObservation(ATTEMPT, outcome)).toEqual({ kind: 'query-unknown', outTradeNo: FIRST });
    }
    expect(queryObservation(ATTEMPT, { outcome: 'done', answer: 'not-found' }).kind).toBe('trade-not-found');
  });

  test.each<[Refusal, string]>([
    ['order-paid', 'order-paid'],
    ['order-closed', 'order-closed'],
    ['not-found', 'order-not-exist'],
    ['later', 'busy'],
    ['ask', 'busy'],
    ['refused', 'unknown'],
    ['too-old', 'unknown'],
  ])('R7: a close that is rejected as %s is answered %s', (says, answer) => {
    expect(closeObservation(ATTEMPT, rejected(says))).toEqual({ kind: 'close-answered', outTradeNo: FIRST, answer });
  });

  test('R7: a close that is done is not yet proof, and one without an answer is unknown', () => {
    expect(closeObservation(ATTEMPT, { outcome: 'done', answer: 'closed' })).toMatchObject({ answer: 'done' });
    expect(closeObservation(ATTEMPT, unknown())).toMatchObject({ answer: 'unknown' });
  });

  test.each([
    [{ outcome: 'done', answer: 'reversed' }, 'done'],
    [{ outcome: 'done', answer: 'again' }, 'again'],
    [rejected('too-old'), 'expired'],
    [rejected('not-found'), 'unknown'],
    [rejected('ask'), 'unknown'],
    [unknown(), 'unknown'],
  ] as const)('R8: a reverse that ended %o is answered %s', (outcome, answer) => {
    expect(reverseObservation(CHARGE, outcome, OPENED_MS)).toMatchObject({ kind: 'reverse-answered', answer });
  });

  test('R8: a reverse that is rejected more than seven days after the charge came too late, whatever the code', () => {
    const answerAt = (nowMs: number) => reverseObservation(CHARGE, rejected('ask'), nowMs);
    expect(answerAt(OPENED_MS + REVERSE_AGE_MS_MAX)).toMatchObject({ answer: 'unknown' });
    expect(answerAt(OPENED_MS + REVERSE_AGE_MS_MAX + 1)).toMatchObject({ answer: 'expired' });
  });

  test.each<[Refusal, string]>([
    ['refused', 'refund-rejected'],
    ['ask', 'refund-rejected'],
    ['not-found', 'refund-rejected'],
    ['later', 'refund-postponed'],
  ])('R12: a refund call that is rejected as %s is %s, and keeps its code', (says, kind) => {
    expect(refundObservation(REFUND, rejected(says))).toMatchObject({ kind, code: 'CODE' });
  });

  test('R12: a refund call that is not answered is unknown', () => {
    expect(refundObservation(REFUND, unknown())).toMatchObject({ kind: 'refund-unknown' });
  });

  test('R12: a look at a refund that is refused or not answered is no knowledge', () => {
    for (const outcome of [rejected('refused'), unknown()]) {
      expect(lookObservation(REFUND, outcome)).toMatchObject({ kind: 'refund-look-unknown' });
    }
    expect(lookObservation(REFUND, { outcome: 'done', answer: 'not-found' })).toMatchObject({
      kind: 'refund-not-found',
    });
  });
});
