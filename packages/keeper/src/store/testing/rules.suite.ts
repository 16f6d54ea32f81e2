import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { Order } from '../../core/order.ts';
import type { WithStore } from './fixture.ts';
import {
  attemptSample,
  changeSample,
  mchid,
  NOON_MS,
  orderId,
  orderSample,
  paid,
  withAttempt,
  withRefund,
} from './samples.ts';

interface BrokenRule {
  readonly title: string;
  readonly broken: (order: Order) => Order;
  /** The rule's name or sentence, the same in every database. */
  readonly rule: string;
}

const BROKEN_BY_OPENING: readonly BrokenRule[] = [
  {
    title: 'paid without a payment',
    broken: (order) => ({ ...order, state: 'paid' }),
    rule: 'order_is_paid_exactly_when_it_has_a_payment',
  },
  {
    title: 'with a payment, but not paid',
    broken: (order) => ({ ...paid(order), state: 'open' }),
    rule: 'order_is_paid_exactly_when_it_has_a_payment',
  },
  {
    title: 'with a paid attempt that has no payment',
    broken: (order) => withAttempt(order, 'paid'),
    rule: 'attempt_paid_has_a_payment',
  },
  { title: 'without an amount', broken: (order) => ({ ...order, totalFen: fen(0) }), rule: 'order_has_an_amount' },
  {
    title: 'that expires before it was created',
    broken: (order) => ({ ...order, expiresAtMs: NOON_MS - 1 }),
    rule: 'order_expires_after_its_creation',
  },
  {
    title: 'with a refund above what it costs',
    broken: (order) => withRefund(order, 'r1', fen(1991)),
    rule: 'attempt_refunds_are_within_the_payment',
  },
  {
    title: 'with refunds above the payment',
    broken: (order) => withRefund(withRefund(paid(order), 'r1', fen(1000)), 'r2', fen(991)),
    rule: 'attempt_refunds_are_within_the_payment',
  },
  {
    title: 'with a refund of nothing',
    broken: (order) => withRefund(paid(order), 'r1', fen(0)),
    rule: 'refund_has_an_amount',
  },
  {
    title: 'with two attempts that can be paid',
    broken: (order) => ({ ...order, attempts: [...order.attempts, attemptSample('second')] }),
    rule: 'attempts',
  },
];

const BROKEN_BY_CHANGING: readonly BrokenRule[] = [
  {
    title: 'another id',
    broken: (order) => ({ ...order, orderId: orderId('o2') }),
    rule: 'an order keeps its id and its merchant',
  },
  {
    title: 'another merchant',
    broken: (order) => ({ ...order, mchid: mchid('1900000110') }),
    rule: 'an order keeps its id and its merchant',
  },
  {
    title: 'a state as if it had never been paid',
    broken: ({ paidBy: _forgotten, ...order }) => withAttempt({ ...order, state: 'open' }, 'open'),
    rule: 'an order that was paid is never open or closed again',
  },
];

/** The rules that the database repeats. */
export function describeRules(withStore: WithStore): void {
  describe('the database refuses', () => {
    for (const { title, broken, rule } of BROKEN_BY_OPENING) {
      test(
        `an order ${title}`,
        withStore(async (store) => {
          await expect(store.insert(changeSample(broken(orderSample('o1'))))).rejects.toThrow(rule);
          expect(await store.find(orderId('o1'))).toBeUndefined();
          expect(await store.insert(changeSample(orderSample('o1')))).toMatchObject({ result: 'inserted' });
        }),
      );
    }

    for (const { title, broken, rule } of BROKEN_BY_CHANGING) {
      test(
        `to give a paid order ${title}`,
        withStore(async (store) => {
          await store.insert(changeSample(paid(orderSample('o1'))));
          await expect(store.change(orderId('o1'), (order) => changeSample(broken(order)))).rejects.toThrow(rule);
          expect(await store.find(orderId('o1'))).toEqual(paid(orderSample('o1')));
        }),
      );
    }

    test(
      'the number of an attempt or a refund that another order of the merchant has',
      withStore(async (store) => {
        await store.insert(changeSample(withRefund(paid(orderSample('o1')), 'r1', fen(1))));
        const sameAttempt = orderSample('o2', { attempts: [attemptSample('ao1')] });
        await expect(store.insert(changeSample(sameAttempt))).rejects.toThrow('attempts');
        const sameRefund = withRefund(paid(orderSample('o2')), 'r1', fen(1));
        await expect(store.insert(changeSample(sameRefund))).rejects.toThrow('refunds');
        expect(await store.find(orderId('o2'))).toBeUndefined();
        const otherMerchant = orderSample('o3', { mchid: mchid('1900000110'), attempts: [attemptSample('ao1')] });
        expect(await store.insert(changeSample(otherMerchant))).toMatchObject({ result: 'inserted' });
      }),
    );

    test(
      'no refund that takes the place of one that was closed',
      withStore(async (store) => {
        const refunded = withRefund(paid(orderSample('o1')), 'r1', fen(1990));
        await store.insert(changeSample(refunded));
        await store.change(orderId('o1'), (order) => {
          const refunds = order.refunds.map((refund) => ({ ...refund, state: 'closed' as const }));
          return changeSample(withRefund({ ...order, refunds }, 'r2', fen(1990)));
        });
        expect((await store.find(orderId('o1')))?.refunds.map(({ state }) => state)).toEqual(['closed', 'processing']);
      }),
    );
  });
}
