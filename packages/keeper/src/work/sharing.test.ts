import { expect, test } from 'vitest';
import {
  createKeeperWorld,
  given,
  HOUR,
  type KeeperWorld,
  MINUTE,
  orderId,
  SECOND,
  wishFor,
} from '../testing/keeper-world.ts';

const IDS = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8'];

/** Two keepers on one store, as two processes would be, and some orders that one of them has opened. */
async function openByTwo(world: KeeperWorld) {
  const keepers = [world.keeper(), world.keeper()] as const;
  for (const id of IDS) given(await world.finish(keepers[0].openOrder(wishFor(id))));
  return keepers;
}

test('R6, R16: two keepers on one store ask as often as one would, and close each order once', async () => {
  const counts = [];
  for (const crew of ['one', 'two'] as const) {
    const world = createKeeperWorld();
    const [first, second] = await openByTwo(world);
    first.start();
    if (crew === 'two') second.start();
    await world.clock.advance(HOUR);
    counts.push([
      world.calls('unifiedorder').length,
      world.calls('orderquery').length,
      world.calls('closeorder').length,
    ]);
    for (const id of IDS) expect((await world.order(id)).state).toBe('closed');
    await Promise.all([first.stop(), second.stop()]);
  }
  expect(counts[1]).toEqual(counts[0]);
  expect(counts[0]?.[2]).toBe(IDS.length);
  expect(counts[0]?.[1]).toBeLessThanOrEqual(10 * IDS.length);
});

test('R16: what two keepers do at the same moment is done once', async () => {
  const world = createKeeperWorld();
  const [first, second] = await openByTwo(world);
  for (const id of IDS) world.simulator.payer.pay({ outTradeNo: `${id}-1` });
  await world.clock.advance(10 * SECOND);
  const done = await world.finish(Promise.all([first.runDue(), second.runDue()]));
  // A query and a delivery for each.
  expect(done[0] + done[1]).toBe(2 * IDS.length);
  expect(world.calls('orderquery')).toHaveLength(IDS.length);
  expect((await world.store.eventsAfter(0, 100)).map(({ type }) => type)).toEqual(IDS.map(() => 'order.paid'));
});

test('R16: the same order opened by two keepers at once is placed once, and both payers get parameters', async () => {
  const world = createKeeperWorld();
  const keepers = [world.keeper(), world.keeper()];
  const opened = await world.finish(Promise.all(keepers.map((keeper) => keeper.openOrder(wishFor('A1')))));
  expect(opened.map((answer) => given(answer).parameters?.tradeType)).toEqual(['NATIVE', 'NATIVE']);
  expect(world.calls('unifiedorder')).toHaveLength(1);
});

test('R16: what a process held when it died is taken over when its lease ends', async () => {
  const world = createKeeperWorld();
  given(await world.finish(world.keeper().openOrder(wishFor('A1'))));
  world.simulator.payer.pay({ outTradeNo: 'A1-1' });
  await world.clock.advance(10 * SECOND);
  const nowMs = world.clock.nowMs();
  expect(await world.store.claim({ nowMs, leaseMs: MINUTE, leaseOwner: 'dead', limit: 9 })).toHaveLength(1);
  const heir = world.keeper();
  expect(await world.finish(heir.runDue())).toBe(0);
  await world.clock.advance(MINUTE);
  expect(await world.finish(heir.runDue())).toBe(2);
  expect((await world.order('A1')).state).toBe('paid');
});

test('what another process has scheduled is noticed by looking at the store', async () => {
  const world = createKeeperWorld();
  const [worker, other] = [world.keeper(), world.keeper()];
  worker.start();
  given(await world.finish(other.openOrder(wishFor('A1'))));
  world.simulator.payer.pay({ outTradeNo: 'A1-1' });
  await world.clock.advance(20 * SECOND);
  expect((await world.order('A1')).state).toBe('paid');
  await worker.stop();
});

test('a duty of a merchant that this process does not know is left to others', async () => {
  const world = createKeeperWorld();
  given(await world.finish(world.keeper().openOrder(wishFor('A1'))));
  await world.clock.advance(10 * SECOND);
  const stranger = world.keeper({ merchants: [] });
  expect(await world.finish(stranger.runDue())).toBe(0);
  expect(await stranger.show(orderId('A1'))).toMatchObject({ ok: false, reason: 'no-such-merchant' });
  await world.clock.advance(MINUTE);
  expect(await world.finish(world.keeper().runDue())).toBe(1);
});
