import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import {
  createKeeperWorld,
  given,
  HOUR,
  KEPT,
  MERCHANT,
  MINUTE,
  orderId,
  outRefundNo,
  SECOND,
  wishFor,
  type WorldChanges,
} from '../testing/keeper-world.ts';

const A1 = orderId('A1');
const wanted = (number: string, refundFen = fen(500)) => ({ orderId: A1, outRefundNo: outRefundNo(number), refundFen });

/** An order that is paid, and a keeper at work. */
async function paidOrder(
  changes: WorldChanges = {},
  settings: Parameters<ReturnType<typeof createKeeperWorld>['keeper']>[0] = {},
) {
  const world = createKeeperWorld(changes);
  const keeper = world.keeper(settings);
  keeper.start();
  given(await world.finish(keeper.openOrder(wishFor('A1'))));
  world.simulator.payer.pay({ outTradeNo: 'A1-1' });
  await world.clock.advance(10 * SECOND);
  return { world, keeper, states: async () => (await world.order('A1')).refunds.map(({ state }) => state) };
}

describe('R12: refunds', () => {
  test('R1, R12: a refund is durable before its call leaves, and is followed until it has succeeded', async () => {
    const { world, keeper, states } = await paidOrder();
    expect(given(await keeper.refund(wanted('R1'))).refunds).toMatchObject([{ state: 'asked', refundFen: 500 }]);
    await world.clock.advance(SECOND);
    expect(await states()).toEqual(['processing']);
    await world.clock.advance(10 * SECOND);
    expect(await states()).toEqual(['succeeded']);
    expect((await world.store.eventsAfter(0, 9)).map(({ type }) => type)).toEqual(['order.paid', 'refund.succeeded']);
    await keeper.stop();
  });

  test('R12: parts leave a minute apart and sum to the payment; then the order is refunded', async () => {
    const { world, keeper } = await paidOrder({ switches: { refundInterval: 'FREQUENCY_LIMITED' } });
    given(await keeper.refund(wanted('R1')));
    given(await keeper.refund(wanted('R2', fen(1490))));
    expect(await keeper.refund(wanted('R3', fen(1)))).toMatchObject({ ok: false, reason: 'refund-too-large' });
    await world.clock.advance(5 * MINUTE);
    expect((await world.order('A1')).state).toBe('refunded');
    expect(world.calls('refund')).toHaveLength(2);
    await keeper.stop();
  });

  test('R12: the same number again is the same refund, another amount under it is refused', async () => {
    const { keeper } = await paidOrder();
    given(await keeper.refund(wanted('R1')));
    expect(given(await keeper.refund(wanted('R1'))).refunds).toHaveLength(1);
    expect(await keeper.refund(wanted('R1', fen(501)))).toMatchObject({ ok: false, reason: 'refund-exists-different' });
    await keeper.stop();
  });

  test('R12: a number that another order has used is refused', async () => {
    const { world, keeper } = await paidOrder();
    given(await keeper.refund(wanted('R1')));
    given(await world.finish(keeper.openOrder(wishFor('A2'))));
    world.simulator.payer.pay({ outTradeNo: 'A2-1' });
    await world.clock.advance(10 * SECOND);
    const answer = await keeper.refund({ ...wanted('R1'), orderId: orderId('A2') });
    expect(answer).toMatchObject({
      ok: false,
      reason: 'refund-exists-different',
      message: expect.stringContaining('A1'),
    });
    await keeper.stop();
  });

  test.each(['before', 'after'] as const)(
    'R2, R12: a call lost %s it took effect is repeated under the same number, after a look',
    async (moment) => {
      const { world, keeper, states } = await paidOrder();
      world.simulator.faults.add({ effect: { kind: 'no-answer' }, moment, aim: { operation: 'refund' }, times: 4 });
      given(await keeper.refund(wanted('R1')));
      await world.clock.advance(10 * MINUTE);
      expect(await states()).toEqual(['succeeded']);
      const { ledger } = world.simulator.world;
      const order = ledger.ordersNamed('A1-1')[0];
      expect(order && ledger.refundsOf(order)).toHaveLength(1);
      await keeper.stop();
    },
  );

  test('R12: an empty account is a refusal, and the same number may be asked for again', async () => {
    const { world, keeper, states } = await paidOrder({ settings: { refundableFen: 0 } });
    given(await keeper.refund(wanted('R1')));
    await world.clock.advance(MINUTE);
    expect(await states()).toEqual(['rejected']);
    world.simulator.world.settings.refundableFen = 10_000;
    given(await keeper.refund(wanted('R1')));
    await world.clock.advance(HOUR);
    expect(await states()).toEqual(['succeeded']);
    await keeper.stop();
  });

  test('R12: a refund that WeChat Pay could not bring to the payer is told and alarmed', async () => {
    const { world, keeper, states } = await paidOrder({ settings: { refundEnd: 'CHANGE' } });
    given(await keeper.refund(wanted('R1')));
    await world.clock.advance(MINUTE);
    expect(await states()).toEqual(['abnormal']);
    expect(world.told.filter(({ kind }) => kind === 'alarm')).toMatchObject([{ alarm: { kind: 'refund-abnormal' } }]);
    await keeper.stop();
  });

  test('R12: without the merchant certificate the refund is refused with the reason, and nothing was sent', async () => {
    const { identity: _none, ...v2 } = MERCHANT;
    const { world, keeper } = await paidOrder({}, { merchants: [{ ...KEPT, speaks: { v2 } }] });
    given(await keeper.refund(wanted('R1')));
    await world.clock.advance(SECOND);
    expect((await world.order('A1')).refunds).toMatchObject([
      { state: 'rejected', failureCode: 'CLIENT_CERTIFICATE_MISSING' },
    ]);
    await keeper.stop();
  });

  test('an unpaid order has nothing to refund', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    given(await world.finish(keeper.openOrder(wishFor('A1'))));
    expect(await keeper.refund(wanted('R1'))).toMatchObject({ ok: false, reason: 'not-paid' });
  });

  test.each([
    ['退'.repeat(27), 'refund_desc'],
    ['\u{1f6d2}', 'character'],
  ])('a note that cannot be sent is refused before it is committed: %s', async (note, named) => {
    const { world, keeper } = await paidOrder();
    const answer = await keeper.refund({ ...wanted('R1'), note });
    expect(answer).toMatchObject({ reason: 'invalid-request', message: expect.stringContaining(named) });
    expect((await world.order('A1')).refunds).toEqual([]);
    await keeper.stop();
  });

  test('an amount that is nothing or too much is refused with its own reason', async () => {
    const { keeper } = await paidOrder();
    expect(await keeper.refund(wanted('R1', fen(1991)))).toMatchObject({ reason: 'refund-too-large' });
    expect(await keeper.refund(wanted('R1', fen(0)))).toMatchObject({ reason: 'invalid-request' });
    await keeper.stop();
  });
});
