import { describe, expect, test } from 'vitest';
import type { WithStore } from './fixture.ts';
import { changeSample, NOON_MS, orderId, orderSample, outTradeNo } from './samples.ts';

/** The timeline: what happened to an order. */
export function describeTimeline(withStore: WithStore): void {
  describe('the timeline', () => {
    test(
      'has one entry per change, numbered, with the evidence byte for byte and the alarms',
      withStore(async (store) => {
        const evidence = Uint8Array.of(0, 255, 60, 120, 109, 108, 62);
        const alarm = { kind: 'quarantined', message: 'another amount', outTradeNo: outTradeNo('ao1') } as const;
        await store.insert(changeSample(orderSample('o1'), { summary: 'opened' }));
        await store.change(orderId('o1'), (order) =>
          changeSample(order, {
            summary: 'set aside',
            alarms: [alarm],
            entry: { atMs: NOON_MS + 7, source: 'notice', observation: '{"kind":"trade"}', evidence },
          }),
        );
        expect(await store.timeline(orderId('o1'))).toEqual([
          {
            orderId: 'o1',
            position: 1,
            atMs: NOON_MS,
            source: 'merchant',
            summary: 'opened',
            observation: '{"kind":"sample"}',
            alarms: [],
          },
          {
            orderId: 'o1',
            position: 2,
            atMs: NOON_MS + 7,
            source: 'notice',
            summary: 'set aside',
            observation: '{"kind":"trade"}',
            alarms: [alarm],
            evidence,
          },
        ]);
      }),
    );

    test(
      'of an order that does not exist is empty',
      withStore(async (store) => {
        expect(await store.timeline(orderId('o1'))).toEqual([]);
      }),
    );
  });
}
