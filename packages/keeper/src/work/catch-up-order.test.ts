import { expect, test } from 'vitest';
import type { DutyPriority } from '../core/decision.ts';
import { MERCHANT, orderId } from '../testing/keeper-world.ts';
import { catchUpOrder, type WeighedDuty } from './catch-up-order.ts';

const NOW_MS = 1_000_000;

const weighed = (
  subject: string,
  totalFen: number,
  waitedMs: number,
  priority: DutyPriority = 'sweep',
): WeighedDuty => ({
  duty: {
    kind: 'query',
    subject,
    orderId: orderId(subject),
    mchid: MERCHANT.mchid,
    dueAtMs: NOW_MS - waitedMs,
    priority,
    claims: 1,
    leaseOwner: 'one',
    leaseUntilMs: NOW_MS + 60_000,
  },
  totalFen,
});

const order = (...duties: WeighedDuty[]) => catchUpOrder(duties, NOW_MS).map(({ subject }) => subject);

test('R18: a waiting payer comes before a close, and a close before a sweep, whatever the amounts', () => {
  expect(
    order(
      weighed('sweep', 900_000, 60_000),
      weighed('close', 500, 1_000, 'close'),
      weighed('payer', 1, 0, 'payer-waits'),
    ),
  ).toEqual(['payer', 'close', 'sweep']);
});

test('R18: within a priority the larger amount goes first when both have waited as long', () => {
  expect(order(weighed('small', 100, 60_000), weighed('large', 100_000, 60_000))).toEqual(['large', 'small']);
});

test('R18: a small amount that has waited long enough overtakes a large one', () => {
  expect(order(weighed('large', 1_000, 1_000), weighed('small', 100, 60_000))).toEqual(['small', 'large']);
});

test('duties that weigh the same keep the order in which they were claimed', () => {
  expect(order(weighed('first', 100, 5), weighed('second', 100, 5))).toEqual(['first', 'second']);
});
