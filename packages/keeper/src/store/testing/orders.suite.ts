import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { Order } from '../../core/order.ts';
import type { WithStore } from './fixture.ts';
import {
  attemptSample,
  changeSample,
  countQuery,
  MERCHANT,
  mchid,
  NOON_MS,
  orderId,
  orderSample,
  outRefundNo,
  outTradeNo,
  paid,
  withAttempt,
  withRefund,
} from './samples.ts';

const queriesOf = (order: Order | undefined): number | undefined => order?.attempts[0]?.queriesMade;

/** Opening, changing and finding orders. */
export function describeOrders(withStore: WithStore): void {
  describe('opening an order', () => {
    test(
      'keeps it exactly as decided',
      withStore(async (store) => {
        const order = orderSample('o1', { description: '一只水壶 "5 L" \u{1F375}' });
        expect(await store.insert(changeSample(order))).toEqual({ result: 'inserted', order });
        expect(await store.find(orderId('o1'))).toEqual(order);
      }),
    );

    test(
      'keeps the attempts of either protocol as they are, side by side',
      withStore(async (store) => {
        const order = orderSample('o1');
        await store.insert(changeSample(order));
        const codeUrl = 'weixin://wxpay/bizpayurl/up?pr=NwY5Mz9&groupid=00';
        const inV3 = attemptSample('ao1-002', { protocol: 'v3', prepay: { codeUrl, receivedAtMs: NOON_MS } });
        const mixed = { ...withAttempt(order, 'closed'), attempts: [...order.attempts, inV3] };
        const refunded = withRefund(paid(mixed), 'r1', fen(10));
        await store.change(orderId('o1'), () => changeSample(refunded));
        expect((await store.find(orderId('o1')))?.attempts.map(({ protocol }) => protocol)).toEqual(['v2', 'v3']);
        expect(await store.find(orderId('o1'))).toEqual(refunded);
      }),
    );

    test(
      'again in another protocol is the same order',
      withStore(async (store) => {
        const order = orderSample('o1');
        await store.insert(changeSample(order));
        const again = withAttempt(order, 'open', { protocol: 'v3', outTradeNo: outTradeNo('ao1-001') });
        expect(await store.insert(changeSample(again))).toEqual({ result: 'exists', order });
      }),
    );

    test(
      'again with the same content answers the order as it is now',
      withStore(async (store) => {
        const order = orderSample('o1');
        await store.insert(changeSample(order));
        await store.change(orderId('o1'), (stored) => changeSample(paid(stored)));
        const later = orderSample('o1', { createdAtMs: NOON_MS + 5000, expiresAtMs: order.expiresAtMs + 5000 });
        const repeated = withAttempt(later, 'creating', { outTradeNo: outTradeNo('another-number') });
        expect(await store.insert(changeSample(repeated))).toEqual({ result: 'exists', order: paid(order) });
        expect(await store.timeline(orderId('o1'))).toHaveLength(2);
      }),
    );

    test(
      'again with other content changes nothing and names the fields that differ',
      withStore(async (store) => {
        const order = orderSample('o1');
        await store.insert(changeSample(order));
        const other = orderSample('o1', { totalFen: fen(1), description: 'a cup', expiresAtMs: NOON_MS + 1 });
        expect(await store.insert(changeSample(other))).toEqual({
          result: 'exists-different',
          fields: ['totalFen', 'description', 'expiresAtMs'],
        });
        expect(await store.find(orderId('o1'))).toEqual(order);
      }),
    );

    test(
      'by many callers at once opens it once',
      withStore(async (store) => {
        const attempts = Array.from({ length: 20 }, () => store.insert(changeSample(orderSample('o1'))));
        const results = (await Promise.all(attempts)).map(({ result }) => result);
        expect(results.filter((result) => result === 'inserted')).toHaveLength(1);
        expect(results.filter((result) => result === 'exists')).toHaveLength(19);
      }),
    );
  });

  describe('changing an order', () => {
    test(
      'gives the stored order to the decision and answers what was committed',
      withStore(async (store) => {
        await store.insert(changeSample(orderSample('o1')));
        const change = await store.change(orderId('o1'), countQuery);
        expect(change).toEqual(countQuery(orderSample('o1')));
        expect(queriesOf(await store.find(orderId('o1')))).toBe(1);
      }),
    );

    test(
      'by many callers at once lets each see the one before',
      withStore(async (store) => {
        await store.insert(changeSample(orderSample('o1')));
        const changes = Array.from({ length: 300 }, () => store.change(orderId('o1'), countQuery));
        await Promise.all(changes);
        expect(queriesOf(await store.find(orderId('o1')))).toBe(300);
        const summaries = (await store.timeline(orderId('o1'))).slice(1).map(({ summary }) => summary);
        expect(summaries).toEqual(Array.from({ length: 300 }, (_, index) => `query ${index + 1}`));
      }),
    );

    test(
      'to nothing commits nothing',
      withStore(async (store) => {
        await store.insert(changeSample(orderSample('o1')));
        expect(await store.change(orderId('o1'), () => undefined)).toBe('unchanged');
        expect(await store.timeline(orderId('o1'))).toHaveLength(1);
      }),
    );

    test(
      'that does not exist says so and asks for no decision',
      withStore(async (store) => {
        const never = (): never => {
          throw new Error('a decision was asked for');
        };
        expect(await store.change(orderId('o1'), never)).toBe('no-such-order');
      }),
    );

    test(
      'by a decision that throws changes nothing and leaves its neighbours unharmed',
      withStore(async (store) => {
        await store.insert(changeSample(orderSample('o1')));
        const results = await Promise.allSettled([
          store.change(orderId('o1'), countQuery),
          store.change(orderId('o1'), () => {
            throw new Error('the decision is broken');
          }),
          store.change(orderId('o1'), countQuery),
        ]);
        expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        expect(results[1]).toEqual({ status: 'rejected', reason: new Error('the decision is broken') });
        expect(queriesOf(await store.find(orderId('o1')))).toBe(2);
      }),
    );
  });

  describe('finding an order', () => {
    test(
      'by the number of any of its attempts needs the merchant too',
      withStore(async (store) => {
        const failed = attemptSample('first', { state: 'failed' });
        const order = orderSample('o1', { attempts: [failed, attemptSample('second')] });
        await store.insert(changeSample(order));
        expect(await store.findByOutTradeNo(MERCHANT, outTradeNo('first'))).toEqual(order);
        expect(await store.findByOutTradeNo(MERCHANT, outTradeNo('second'))).toEqual(order);
        expect(await store.findByOutTradeNo(mchid('1900000110'), outTradeNo('first'))).toBeUndefined();
      }),
    );

    test(
      'by the number of a refund needs the merchant too',
      withStore(async (store) => {
        const order = withRefund(paid(orderSample('o1')), 'r1', fen(990));
        await store.insert(changeSample(order));
        expect(await store.findByOutRefundNo(MERCHANT, outRefundNo('r1'))).toEqual(order);
        expect(await store.findByOutRefundNo(mchid('1900000110'), outRefundNo('r1'))).toBeUndefined();
      }),
    );

    test(
      'that does not exist answers undefined',
      withStore(async (store) => {
        expect(await store.find(orderId('o1'))).toBeUndefined();
        expect(await store.findByOutRefundNo(MERCHANT, outRefundNo('r1'))).toBeUndefined();
        expect(await store.findByOutTradeNo(MERCHANT, outTradeNo('first'))).toBeUndefined();
      }),
    );

    test(
      'shows what is committed while a change is waiting',
      withStore(async (store) => {
        await store.insert(changeSample(orderSample('o1')));
        const change = store.change(orderId('o1'), countQuery);
        const seenMeanwhile = queriesOf(await store.find(orderId('o1')));
        await change;
        expect([0, 1]).toContain(seenMeanwhile);
        expect(queriesOf(await store.find(orderId('o1')))).toBe(1);
      }),
    );
  });
}
