import { describe, expect, test } from 'vitest';
import { FIRST, newCharge, newOrder, report } from '../core/testing/samples.ts';
import type { Attempt, Order, Refund } from '../core/order.ts';
import { chargeObservation } from './charge.ts';
import { closeObservation } from './close.ts';
import { lookObservation } from './follow-refund.ts';
import { placeObservation } from './place.ts';
import { queryObservation } from './query.ts';
import { refundObservation } from './refund.ts';
import { reverseObservation } from './reverse.ts';
import { fen } from '@orderkeeper/protocol';
import { outRefundNo } from '../testing/keeper-world.ts';

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

const rejected = (code: string) => ({ outcome: 'rejected', code, message: 'no' }) as const;
const unknown = (code: string) => ({ outcome: 'unknown', code, message: 'who knows' }) as const;

describe('what the answer of a call says', () => {
  test.each([
    ['ORDERPAID', 'place-rejected'],
    ['NOAUTH', 'place-rejected'],
    ['FREQUENCY_LIMITED', 'place-unknown'],
    ['ABORTED_BEFORE_SENDING', 'place-unknown'],
    ['NO_TIME_LEFT', 'place-unknown'],
  ])('R2: a placing that is rejected with %s is %s', (code, kind) => {
    expect(placeObservation(ATTEMPT, rejected(code)).kind).toBe(kind);
  });

  test('R2: a placing without an answer is unknown, whatever the reason', () => {
    expect(placeObservation(ATTEMPT, unknown('answer-timeout'))).toEqual({ kind: 'place-unknown', outTradeNo: FIRST });
  });

  test.each([
    ['USERPAYING', 'user-paying'],
    ['SYSTEMERROR', 'unknown'],
    ['connection-lost', 'unknown'],
  ])('R8: a charge that ends unknown with %s is %s', (code, answer) => {
    expect(chargeObservation(CHARGE, unknown(code))).toMatchObject({ kind: 'micropay-answered', answer });
  });

  test('R8: a charge that is refused is refused for certain, and one that is done is a verified report', () => {
    expect(chargeObservation(CHARGE, rejected('NOTENOUGH'))).toMatchObject({
      kind: 'place-rejected',
      code: 'NOTENOUGH',
    });
    const answer = report('SUCCESS');
    expect(chargeObservation(CHARGE, { outcome: 'done', answer })).toEqual({
      kind: 'trade',
      report: answer,
      learnedBy: 'answer',
    });
  });

  test('R2: a query that is refused or not answered is no knowledge', () => {
    for (const outcome of [rejected('SIGNERROR'), rejected('NOAUTH'), unknown('html')]) {
      expect(queryObservation(ATTEMPT, outcome)).toEqual({ kind: 'query-unknown', outTradeNo: FIRST });
    }
    expect(queryObservation(ATTEMPT, { outcome: 'done', answer: 'not-found' }).kind).toBe('trade-not-found');
  });

  test.each([
    ['ORDERPAID', 'order-paid'],
    ['ORDERCLOSED', 'order-closed'],
    ['ORDERNOTEXIST', 'order-not-exist'],
    ['FREQUENCY_LIMITED', 'busy'],
    ['TRADE_STATE_ERROR', 'busy'],
    ['INVALID_REQUEST', 'busy'],
    ['CLOSE_TOO_EARLY', 'busy'],
    ['SIGNERROR', 'unknown'],
    ['toString', 'unknown'],
  ])('R7: a close that is refused with %s is answered %s', (code, answer) => {
    expect(closeObservation(ATTEMPT, rejected(code))).toEqual({ kind: 'close-answered', outTradeNo: FIRST, answer });
  });

  test('R7: a close that is done is not yet proof, and one without an answer is unknown', () => {
    expect(closeObservation(ATTEMPT, { outcome: 'done', answer: 'closed' })).toMatchObject({ answer: 'done' });
    expect(closeObservation(ATTEMPT, unknown('SYSTEMERROR'))).toMatchObject({ answer: 'unknown' });
  });

  test.each([
    [{ outcome: 'done', answer: 'reversed' }, 'done'],
    [{ outcome: 'done', answer: 'again' }, 'again'],
    [rejected('REVERSE_EXPIRE'), 'expired'],
    [rejected('ORDERNOTEXIST'), 'unknown'],
    [rejected('INVALID_REQUEST'), 'unknown'],
    [unknown('SYSTEMERROR'), 'unknown'],
  ] as const)('R8: a reverse that ended %o is answered %s', (outcome, answer) => {
    expect(reverseObservation(CHARGE, outcome)).toMatchObject({ kind: 'reverse-answered', answer });
  });

  test('R12: a refund call that is not answered is unknown, one that is refused has its code', () => {
    expect(refundObservation(REFUND, unknown('SYSTEMERROR'))).toMatchObject({ kind: 'refund-unknown' });
    expect(refundObservation(REFUND, rejected('NOTENOUGH'))).toMatchObject({
      kind: 'refund-rejected',
      code: 'NOTENOUGH',
    });
  });

  test('R12: a look at a refund that is refused or not answered is no knowledge', () => {
    for (const outcome of [rejected('SIGNERROR'), unknown('html')]) {
      expect(lookObservation(REFUND, outcome)).toMatchObject({ kind: 'refund-look-unknown' });
    }
    expect(lookObservation(REFUND, { outcome: 'done', answer: 'not-found' })).toMatchObject({
      kind: 'refund-not-found',
    });
  });
});
