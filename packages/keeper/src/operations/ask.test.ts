import { expect, test } from 'vitest';
import { createKeeperWorld, given, orderId, SECOND, wishFor } from '../testing/keeper-world.ts';

const A1 = orderId('A1');

async function openWorld() {
  const world = createKeeperWorld();
  const keeper = world.keeper();
  given(await world.finish(keeper.openOrder(wishFor('A1'))));
  return { world, keeper };
}

test('R6: the payer who comes back is answered with what WeChat Pay says now', async () => {
  const { world, keeper } = await openWorld();
  expect(given(await world.finish(keeper.ask(A1))).state).toBe('open');
  world.simulator.payer.pay({ outTradeNo: 'A1-1' });
  await world.clock.advance(2 * SECOND);
  expect(given(await world.finish(keeper.ask(A1))).state).toBe('paid');
});

test('R6: however many ask at once, WeChat Pay is asked once per two seconds and order', async () => {
  const { world, keeper } = await openWorld();
  for (let second = 0; second < 10; second += 1) {
    await world.finish(Promise.all([keeper.ask(A1), keeper.ask(A1), keeper.ask(A1)]));
    await world.clock.advance(SECOND);
  }
  expect(world.calls('orderquery')).toHaveLength(5);
});

test('R3: an attempt that is paid is asked about by its transaction_id, and a paid order not at all', async () => {
  const { world, keeper } = await openWorld();
  world.simulator.payer.pay({ outTradeNo: 'A1-1' });
  given(await world.finish(keeper.ask(A1)));
  await world.clock.advance(10 * SECOND);
  given(await world.finish(keeper.ask(A1)));
  expect(world.calls('orderquery')).toHaveLength(1);
});

test('R2: a query without an answer changes nothing, and the payer is answered in a few seconds', async () => {
  const { world, keeper } = await openWorld();
  world.simulator.payer.pay({ outTradeNo: 'A1-1' });
  world.simulator.faults.add({ effect: { kind: 'no-answer' }, moment: 'before', aim: { operation: 'orderquery' } });
  const startMs = world.clock.nowMs();
  expect(given(await world.finish(keeper.ask(A1))).state).toBe('open');
  expect(world.clock.nowMs() - startMs).toBeLessThanOrEqual(5 * SECOND);
});

test('an order that nobody knows cannot be asked about', async () => {
  const { keeper } = await openWorld();
  expect(await keeper.ask(orderId('A2'))).toMatchObject({ ok: false, reason: 'no-such-order' });
});
