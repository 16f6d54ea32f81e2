import { expect, test } from 'vitest';
import { createKeeperWorld, given, MINUTE, orderId, SECOND, START_MS, wishFor } from '../testing/keeper-world.ts';

const WRONG = [
  ['has parts of a millisecond', START_MS + MINUTE + 0.5, 'whole number'],
  ['is no number', Number.NaN, 'whole number'],
  ['is past', START_MS - SECOND, 'in the future'],
  ['is more than seven days ahead', START_MS + 7 * 24 * 60 * MINUTE + SECOND, 'seven days ahead'],
] as const;

test.each(WRONG)(
  'an order whose expiry %s is refused, and nothing is stored or sent',
  async (_, expiresAtMs, words) => {
    const world = createKeeperWorld();
    const answer = await world.keeper().openOrder(wishFor('A1', { expiresAtMs }));
    expect(answer).toMatchObject({ ok: false, reason: 'invalid-request', message: expect.stringContaining(words) });
    expect(await world.store.list({ limit: 1 })).toMatchObject({ orders: [] });
    expect(world.calls()).toEqual([]);
  },
);

test.each(WRONG)(
  'paying again is refused when the new expiry %s, and changes nothing',
  async (_, expiresAtMs, words) => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    const { order } = given(await world.finish(keeper.openOrder(wishFor('A1'))));
    const answer = await keeper.payAgain(orderId('A1'), { tradeType: 'APP', expiresAtMs });
    expect(answer).toMatchObject({ ok: false, reason: 'invalid-request', message: expect.stringContaining(words) });
    expect(await world.order('A1')).toEqual(order);
    expect(world.calls()).toEqual(['unifiedorder']);
  },
);

test('an order may expire a moment before seven days are over', async () => {
  const world = createKeeperWorld();
  const expiresAtMs = START_MS + 7 * 24 * 60 * MINUTE - SECOND;
  given(await world.finish(world.keeper().openOrder(wishFor('A1', { expiresAtMs }))));
  expect((await world.order('A1')).expiresAtMs).toBe(expiresAtMs);
});
