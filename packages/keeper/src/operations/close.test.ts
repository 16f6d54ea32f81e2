import { describe, expect, test } from 'vitest';
import {
  createKeeperWorld,
  given,
  MINUTE,
  orderId,
  SECOND,
  wishFor,
  type WorldChanges,
} from '../testing/keeper-world.ts';

const A1 = orderId('A1');

/** An order that is old enough to be closed, and a keeper at work. */
async function oldOrder(changes: WorldChanges = {}) {
  const world = createKeeperWorld(changes);
  const keeper = world.keeper();
  keeper.start();
  given(await world.finish(keeper.openOrder(wishFor('A1'))));
  await world.clock.advance(6 * MINUTE);
  const before = world.calls().length;
  return { world, keeper, callsSince: () => world.calls().slice(before) };
}

describe('R7: close is query, close, query', () => {
  test('R7: the order gives out no more parameters from the wish on', async () => {
    const { keeper, world } = await oldOrder();
    given(await keeper.close(A1, 'asked'));
    expect(await keeper.paymentParameters(A1)).toMatchObject({ ok: false, reason: 'not-payable' });
    await world.clock.advance(SECOND);
    await keeper.stop();
  });

  test('R7: the three calls follow each other at once, and the receipt is the proof', async () => {
    const { keeper, world, callsSince } = await oldOrder();
    given(await keeper.close(A1, 'asked'));
    await world.clock.advance(SECOND);
    expect(callsSince()).toEqual(['orderquery', 'closeorder', 'orderquery']);
    const { attempts, state } = await world.order('A1');
    expect(state).toBe('closed');
    expect(attempts[0]?.receipt).toMatchObject({ because: 'asked', proof: 'closed-at-wechat' });
    await keeper.stop();
  });

  test('R7: a payer who was faster than the close is found paid', async () => {
    const { keeper, world, callsSince } = await oldOrder();
    world.simulator.payer.pay({ outTradeNo: 'A1-1' });
    given(await keeper.close(A1, 'asked'));
    await world.clock.advance(SECOND);
    expect(callsSince()).toEqual(['orderquery']);
    expect((await world.order('A1')).state).toBe('paid');
    await keeper.stop();
  });

  test('R7: a payer who pays between the query and the close is found by ORDERPAID', async () => {
    const { keeper, world, callsSince } = await oldOrder({
      http: (http) => async (request) => {
        if (request.url.endsWith('/pay/closeorder')) payer();
        return http(request);
      },
    });
    const payer = () => world.simulator.payer.pay({ outTradeNo: 'A1-1' });
    given(await keeper.close(A1, 'asked'));
    await world.clock.advance(SECOND);
    expect(callsSince()).toEqual(['orderquery', 'closeorder', 'orderquery']);
    expect((await world.order('A1')).state).toBe('paid');
    expect((await world.store.eventsAfter(0, 9)).map(({ type }) => type)).toEqual(['order.paid']);
    await keeper.stop();
  });

  test.each(['before', 'after'] as const)(
    'R7: SYSTEMERROR %s the close took effect means the same again later',
    async (moment) => {
      const { keeper, world } = await oldOrder();
      const effect = { kind: 'code', code: 'SYSTEMERROR' } as const;
      world.simulator.faults.add({ effect, moment, aim: { operation: 'closeorder' }, times: 6 });
      given(await keeper.close(A1, 'asked'));
      await world.clock.advance(5 * MINUTE);
      expect((await world.order('A1')).state).toBe('closed');
      expect(world.truth('A1-1')).toBe('CLOSED');
      await keeper.stop();
    },
  );

  test('R7: a payer at the cashier holds the close back, and may still pay', async () => {
    const { keeper, world } = await oldOrder();
    world.simulator.payer.scan({ outTradeNo: 'A1-1' });
    given(await keeper.close(A1, 'asked'));
    await world.clock.advance(20 * SECOND);
    expect((await world.order('A1')).attempts[0]?.state).toBe('closing');
    world.simulator.payer.pay({ outTradeNo: 'A1-1' });
    await world.clock.advance(MINUTE);
    expect((await world.order('A1')).state).toBe('paid');
    await keeper.stop();
  });

  test('R7: a strict WeChat Pay never sees a close before five minutes, also when the placing was late', async () => {
    const world = createKeeperWorld({ switches: { earlyClose: 'INVALID_REQUEST', closeUnknown: 'ORDERNOTEXIST' } });
    const keeper = world.keeper();
    keeper.start();
    world.simulator.faults.add({
      effect: { kind: 'no-answer' },
      moment: 'before',
      aim: { operation: 'unifiedorder' },
      times: 10,
    });
    await world.finish(keeper.openOrder(wishFor('A1')));
    await world.clock.advance(4 * MINUTE);
    given(await keeper.close(A1, 'asked'));
    await world.clock.advance(20 * MINUTE);
    expect((await world.order('A1')).state).toBe('closed');
    const closes = world.simulator.world.calls.list().filter(({ operation }) => operation === 'closeorder');
    expect(closes.map(({ verdict }) => verdict)).toEqual(['accepted']);
    await keeper.stop();
  });
});

test('a paid order cannot be closed, a closed one is closed already', async () => {
  const { keeper, world } = await oldOrder();
  given(await keeper.close(A1, 'asked'));
  await world.clock.advance(SECOND);
  expect(given(await keeper.close(A1, 'asked')).state).toBe('closed');
  given(await world.finish(keeper.openOrder(wishFor('A2'))));
  world.simulator.payer.pay({ outTradeNo: 'A2-1' });
  await world.clock.advance(MINUTE);
  expect(await keeper.close(orderId('A2'), 'asked')).toMatchObject({ ok: false, reason: 'already-final' });
  await keeper.stop();
});
