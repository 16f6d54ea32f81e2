import { createVirtualClock } from '@orderkeeper/ports';
import { describe, expect, test } from 'vitest';
import { OPENED_MS } from '../core/testing/samples.ts';
import { LEASE_MS } from '../work/work-context.ts';
import { createHandlers } from './handlers.ts';
import { eventOf, storedEvent } from './testing/samples.ts';

const createWorld = () => {
  const clock = createVirtualClock({ startMs: OPENED_MS });
  return { clock, handlers: createHandlers(clock) };
};

describe('a handler', () => {
  test('is a destination by its name, told of its type only', () => {
    const { handlers } = createWorld();
    handlers.on('order.paid', 'fulfil', () => {});
    handlers.on('*', 'audit', () => {});
    const [fulfil, audit] = handlers.destinations();
    expect([fulfil?.name, audit?.name]).toEqual(['handler:fulfil', 'handler:audit']);
    const wants = (type: Parameters<typeof eventOf>[0]) => [fulfil?.wants(eventOf(type)), audit?.wants(eventOf(type))];
    expect(wants('order.paid')).toEqual([true, true]);
    expect(wants('order.closed')).toEqual([false, true]);
  });

  test('that resolves has the event', async () => {
    const { handlers } = createWorld();
    const seen: string[] = [];
    handlers.on('*', 'audit', async ({ type }) => {
      await Promise.resolve();
      seen.push(type);
    });
    expect(await handlers.destinations()[0]?.send(storedEvent())).toEqual({ sent: 'done' });
    expect(seen).toEqual(['order.closed']);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no stock');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no stock'))],
  ])('that %s is called again later', async (_, handler) => {
    const { handlers } = createWorld();
    handlers.on('*', 'fulfil', handler);
    expect(await handlers.destinations()[0]?.send(storedEvent())).toEqual({ sent: 'again', message: 'no stock' });
  });

  test('that never ends is given up within half a lease and called again later', async () => {
    const { clock, handlers } = createWorld();
    handlers.on('*', 'stuck', () => new Promise(() => {}));
    const sent = handlers.destinations()[0]?.send(storedEvent());
    await clock.advance(LEASE_MS / 2);
    expect(await sent).toMatchObject({ sent: 'again' });
  });

  test('that ends leaves no timer behind', async () => {
    const { clock, handlers } = createWorld();
    handlers.on('*', 'quick', () => {});
    await handlers.destinations()[0]?.send(storedEvent());
    expect(clock.nextAtMs()).toBeUndefined();
  });

  test('has a name that nobody else has', () => {
    const { handlers } = createWorld();
    handlers.on('order.paid', 'fulfil', () => {});
    expect(() => handlers.on('order.closed', 'fulfil', () => {})).toThrow('fulfil is registered already');
    expect(() => handlers.on('order.closed', '', () => {})).toThrow('has a name');
  });
});
