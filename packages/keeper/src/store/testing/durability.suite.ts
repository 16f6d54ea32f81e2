import { describe, expect, test } from 'vitest';
import type { WithStore } from './fixture.ts';
import { changeSample, countQuery, NOON_MS, noticeSample, orderId, orderSample, schedule } from './samples.ts';

/** What is left after closing, and after a failed neighbour. */
export function describeDurability(withStore: WithStore): void {
  describe('closing and opening again', () => {
    test(
      'keeps orders, timelines, duties and leases',
      withStore(async (store, reopen) => {
        const order = orderSample('o1');
        await store.insert(
          changeSample(order, { duties: [schedule(order, 'query', NOON_MS), schedule(order, 'close', NOON_MS + 9)] }),
        );
        await store.change(orderId('o1'), countQuery);
        await store.keepNotice(noticeSample('n1'));
        await store.claim({ nowMs: NOON_MS, leaseMs: 1000, leaseOwner: 'first', limit: 1 });

        const again = await reopen();
        expect(await again.find(orderId('o1'))).toEqual(countQuery(order).decision.order);
        expect(await again.timeline(orderId('o1'))).toHaveLength(2);
        expect(await again.keepNotice(noticeSample('n1'))).toBe('seen-before');
        expect(await again.dutiesOf(orderId('o1'))).toHaveLength(2);
        const claimed = await again.claim({ nowMs: NOON_MS + 999, leaseMs: 1000, leaseOwner: 'second', limit: 9 });
        expect(claimed.map(({ kind }) => kind)).toEqual(['close']);
      }),
    );

    test(
      'commits what was asked for before',
      withStore(async (store, reopen) => {
        const inserts = ['o1', 'o2', 'o3'].map((id) => store.insert(changeSample(orderSample(id))));
        const again = await reopen();
        expect((await Promise.all(inserts)).map(({ result }) => result)).toEqual(['inserted', 'inserted', 'inserted']);
        expect((await again.list({ limit: 9 })).orders).toHaveLength(3);
      }),
    );

    test(
      'leaves the closed store answering nothing',
      withStore(async (store, reopen) => {
        await reopen();
        await expect(store.insert(changeSample(orderSample('o1')))).rejects.toThrow('closed');
        await expect(store.find(orderId('o1'))).rejects.toThrow('closed');
        await expect(store.close()).resolves.toBeUndefined();
      }),
    );
  });
}
