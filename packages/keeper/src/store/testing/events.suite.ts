import { describe, expect, test } from 'vitest';
import type { WithStore } from './fixture.ts';
import { changeSample, MERCHANT, NOON_MS, orderId, orderSample, paid } from './samples.ts';

/** Events and their deliveries (R13). */
export function describeEvents(withStore: WithStore): void {
  describe('events', () => {
    test(
      'are stored with the change that caused them, with ids that stay the same',
      withStore(async (store, reopen) => {
        await store.insert(changeSample(orderSample('o1')));
        await store.change(orderId('o1'), (order) => changeSample(paid(order), { events: ['order.paid'] }));
        const before = await store.eventsAfter(0, 10);
        expect(before).toEqual([
          {
            position: 1,
            eventId: expect.stringMatching(/^evt_[0-9a-f]{32}$/),
            orderId: 'o1',
            mchid: MERCHANT,
            sequence: 1,
            type: 'order.paid',
            atMs: NOON_MS,
            data: '{"orderId":"o1","totalFen":1990}',
          },
        ]);
        expect(await (await reopen()).eventsAfter(0, 10)).toEqual(before);
      }),
    );

    test(
      'of all orders come in the order of committing, from any position on',
      withStore(async (store) => {
        await store.insert(changeSample(orderSample('o1'), { events: ['attempt.failed', 'order.closed'] }));
        await store.insert(changeSample(orderSample('o2'), { events: ['order.closed'] }));
        const all = await store.eventsAfter(0, 10);
        expect(all.map(({ orderId: id, sequence }) => `${id} ${sequence}`)).toEqual(['o1 1', 'o1 2', 'o2 1']);
        expect(await store.eventsAfter(all[0]?.position ?? 0, 1)).toEqual([all[1]]);
        expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(3);
      }),
    );

    test(
      'of one order wait for each destination until it confirms them, in order',
      withStore(async (store) => {
        await store.insert(changeSample(orderSample('o1'), { events: ['attempt.failed', 'order.paid'] }));
        await store.insert(changeSample(orderSample('o2'), { events: ['order.closed'] }));
        const waiting = await store.undelivered(orderId('o1'), 'shop', 10);
        expect(waiting.map(({ type }) => type)).toEqual(['attempt.failed', 'order.paid']);
        expect(await store.undelivered(orderId('o1'), 'shop', 1)).toEqual(waiting.slice(0, 1));

        const [first] = waiting;
        await store.confirmDelivered(first?.eventId ?? '', 'shop', NOON_MS);
        await store.confirmDelivered(first?.eventId ?? '', 'shop', NOON_MS + 1);
        expect(await store.undelivered(orderId('o1'), 'shop', 10)).toEqual(waiting.slice(1));
        expect(await store.undelivered(orderId('o1'), 'ledger', 10)).toEqual(waiting);
      }),
    );

    test(
      'that do not exist cannot be confirmed',
      withStore(async (store) => {
        await expect(store.confirmDelivered('evt_0', 'shop', NOON_MS)).rejects.toThrow('there is no event evt_0');
      }),
    );

    test(
      'that leave a gap, or that the order does not count, are refused with their change',
      withStore(async (store) => {
        const order = orderSample('o1');
        const { decision, entry } = changeSample(order, { events: ['order.paid'] });
        const gap = { ...decision, events: decision.events.map((event) => ({ ...event, sequence: 2 })) };
        const uncounted = { ...decision, order };
        await expect(store.insert({ decision: gap, entry })).rejects.toThrow('without a gap');
        await expect(store.insert({ decision: uncounted, entry })).rejects.toThrow('counts 0 events');
        expect(await store.find(orderId('o1'))).toBeUndefined();
        expect(await store.eventsAfter(0, 10)).toEqual([]);
      }),
    );
  });
}
