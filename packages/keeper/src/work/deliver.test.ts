import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../store/store.ts';
import {
  createKeeperWorld,
  given,
  HOUR,
  type KeeperWorld,
  MINUTE,
  orderId,
  outRefundNo,
  SECOND,
  wishFor,
} from '../testing/keeper-world.ts';
import { fen } from '@orderkeeper/protocol';

type TestKeeper = ReturnType<KeeperWorld['keeper']>;

/** An order that is paid and whose payment is known; nobody has been told yet. */
async function sell(world: KeeperWorld, keeper: TestKeeper, id = 'A1'): Promise<void> {
  given(await world.finish(keeper.openOrder(wishFor(id))));
  world.simulator.payer.pay({ outTradeNo: `${id}-1` });
  given(await world.finish(keeper.ask(orderId(id))));
}

describe('R13: events are told', () => {
  test('R13: a handler gets each event once when it confirms, in the order of the order', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    const told: string[] = [];
    keeper.on('*', 'stock', ({ sequence, type }) => void told.push(`${sequence} ${type}`));
    keeper.start();
    await sell(world, keeper);
    await world.clock.advance(SECOND);
    given(await keeper.refund({ orderId: orderId('A1'), outRefundNo: outRefundNo('R1'), refundFen: fen(1990) }));
    await world.clock.advance(MINUTE);
    expect(told).toEqual(['1 order.paid', '2 refund.succeeded']);
    await keeper.stop();
  });

  test('R13: a handler that fails is called again until it succeeds, with the same event id', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    const told: string[] = [];
    keeper.on('order.paid', 'stock', ({ eventId }) => {
      told.push(eventId);
      if (told.length < 3) throw new Error('not now');
    });
    keeper.start();
    await sell(world, keeper);
    await world.clock.advance(HOUR);
    expect(told).toHaveLength(3);
    expect(new Set(told).size).toBe(1);
    await keeper.stop();
  });

  test('R13: one that fails holds back its own later events, and nobody else’s', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    const [slow, quick]: [string[], string[]] = [[], []];
    let answers: 'no' | 'yes' = 'no';
    keeper.on('*', 'slow', ({ type }) => {
      if (answers === 'no') throw new Error('not now');
      slow.push(type);
    });
    keeper.on('*', 'quick', ({ type }) => void quick.push(type));
    keeper.start();
    await sell(world, keeper);
    given(await keeper.refund({ orderId: orderId('A1'), outRefundNo: outRefundNo('R1'), refundFen: fen(1990) }));
    await world.clock.advance(MINUTE);
    expect([slow, quick]).toEqual([[], ['order.paid', 'refund.succeeded']]);
    answers = 'yes';
    await world.clock.advance(HOUR);
    expect([slow, quick]).toEqual([quick, quick]);
    await keeper.stop();
  });

  test('R13: what a handler has not confirmed it gets after a restart', async () => {
    const world = createKeeperWorld();
    const first = world.keeper();
    first.on('order.paid', 'stock', () => new Promise<void>(() => {}));
    await sell(world, first);
    void first.runDue();
    await world.clock.advance(0);
    const second = world.keeper();
    const told: StoredEvent[] = [];
    second.on('order.paid', 'stock', (event) => void told.push(event));
    second.start();
    await world.clock.advance(2 * MINUTE);
    expect(told).toMatchObject([{ type: 'order.paid', orderId: 'A1' }]);
    await second.stop();
  });

  test('R13: what a handler does not want is not told to it and does not wait for it', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    const told: string[] = [];
    keeper.on('order.closed', 'ledger', ({ type }) => void told.push(type));
    await sell(world, keeper);
    expect(await world.finish(keeper.runDue())).toBe(1);
    expect(told).toEqual([]);
    expect(await world.store.undelivered(orderId('A1'), 'handler:ledger', 9)).toEqual([]);
    expect(await world.store.dutiesOf(orderId('A1'))).toEqual([]);
  });

  test('R13: a hundred events of one order are told in order', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    const told: number[] = [];
    keeper.on('*', 'stock', ({ sequence }) => void told.push(sequence));
    await sell(world, keeper);
    for (let part = 0; part < 49; part += 1) {
      given(await keeper.refund({ orderId: orderId('A1'), outRefundNo: outRefundNo(`R${part}`), refundFen: fen(10) }));
    }
    for (let minute = 0; minute < 60; minute += 1) {
      await world.finish(keeper.runDue());
      await world.clock.advance(MINUTE);
    }
    expect(told).toEqual(told.map((_, index) => index + 1));
    expect(told).toHaveLength(50);
  });
});
