import { describe, expect, test } from 'vitest';
import type { RememberedAnswer } from '../store.ts';
import type { WithStore } from './fixture.ts';
import { changeSample, NOON_MS, noticeSample, orderId, orderSample, paid } from './samples.ts';

const ANSWER: RememberedAnswer = {
  key: 'b1946ac9',
  requestDigest: '591785b7',
  status: 201,
  body: '{"orderId":"o1"}',
  atMs: NOON_MS,
};

/** Messages from WeChat Pay, and answers to the merchant's own requests. */
export function describeNoticesAndAnswers(withStore: WithStore): void {
  describe('a notice', () => {
    test(
      'is kept once, however often and together it comes',
      withStore(async (store) => {
        const results = await Promise.all(Array.from({ length: 5 }, () => store.keepNotice(noticeSample('n1'))));
        expect(results.toSorted()).toEqual(['kept', 'seen-before', 'seen-before', 'seen-before', 'seen-before']);
        expect(await store.keepNotice(noticeSample('n2'))).toBe('kept');
      }),
    );

    test(
      'that comes with a change is kept when, and only when, the change is',
      withStore(async (store) => {
        await store.insert(changeSample(orderSample('o1')));
        const applied = noticeSample('n1', { verdict: 'applied' });
        await store.change(orderId('o1'), (order) => changeSample(paid(order), { notice: applied }));
        expect(await store.keepNotice(noticeSample('n1'))).toBe('seen-before');

        const refused = store.change(orderId('o1'), (order) => {
          const { decision, ...rest } = changeSample(order, { events: ['order.paid'], notice: noticeSample('n2') });
          const events = decision.events.map((event) => ({ ...event, sequence: 7 }));
          return { ...rest, decision: { ...decision, events } };
        });
        await expect(refused).rejects.toThrow('without a gap');
        expect(await store.keepNotice(noticeSample('n2'))).toBe('kept');
      }),
    );

    test(
      'that was set aside before may come again with a change',
      withStore(async (store) => {
        await store.keepNotice(noticeSample('n1'));
        await store.insert(changeSample(orderSample('o1'), { notice: noticeSample('n1', { verdict: 'applied' }) }));
        expect(await store.find(orderId('o1'))).toBeDefined();
      }),
    );
  });

  describe('an answer under an Idempotency-Key', () => {
    test(
      'is recalled as it was given',
      withStore(async (store) => {
        expect(await store.recall(ANSWER.key)).toBeUndefined();
        expect(await store.remember(ANSWER)).toBe('remembered');
        expect(await store.recall(ANSWER.key)).toEqual(ANSWER);
      }),
    );

    test(
      'is never replaced',
      withStore(async (store) => {
        await store.remember(ANSWER);
        expect(await store.remember({ ...ANSWER, requestDigest: 'another', status: 409 })).toBe('taken');
        expect(await store.recall(ANSWER.key)).toEqual(ANSWER);
      }),
    );

    test(
      'is forgotten by age, and its key is free again',
      withStore(async (store) => {
        await store.remember(ANSWER);
        await store.remember({ ...ANSWER, key: 'younger', atMs: NOON_MS + 1 });
        await store.forgetBefore(NOON_MS + 1);
        expect(await store.recall(ANSWER.key)).toBeUndefined();
        expect(await store.recall('younger')).toMatchObject({ atMs: NOON_MS + 1 });
        expect(await store.remember(ANSWER)).toBe('remembered');
      }),
    );
  });
}
