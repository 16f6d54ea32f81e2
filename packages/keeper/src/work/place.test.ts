import { expect, test } from 'vitest';
import { createKeeperWorld, HOUR, MINUTE, orderId, SECOND, wishFor } from '../testing/keeper-world.ts';

test('R7: an attempt whose placing was held up beyond its time is not placed any more, and is closed without a trace', async () => {
  const { keeper, clock, calls, order } = createKeeperWorld();
  const dead = keeper({ http: () => new Promise(() => {}) });
  void dead.openOrder(wishFor('A1'));
  await clock.advance(31 * MINUTE);
  const next = keeper();
  next.start();
  await clock.advance(10 * SECOND);
  expect(calls()).toEqual(['orderquery']);
  await clock.advance(HOUR);
  expect(calls()).not.toContain('unifiedorder');
  expect(await order('A1')).toMatchObject({ orderId: orderId('A1'), state: 'closed' });
  expect((await order('A1')).attempts[0]?.receipt).toMatchObject({ proof: 'never-arrived' });
  await next.stop();
});
