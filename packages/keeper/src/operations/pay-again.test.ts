import { describe, expect, test } from 'vitest';
import { createKeeperWorld, given, MINUTE, orderId, SECOND, wishFor } from '../testing/keeper-world.ts';

const A1 = orderId('A1');

async function openWorld() {
  const world = createKeeperWorld();
  const keeper = world.keeper();
  const opened = given(await world.finish(keeper.openOrder(wishFor('A1'))));
  return { world, keeper, opened };
}

describe('R9: paying again', () => {
  test('R9: an attempt that can still be paid is reused', async () => {
    const { world, keeper, opened } = await openWorld();
    const again = given(await world.finish(keeper.payAgain(A1)));
    expect(again.parameters).toEqual(opened.parameters);
    expect(again.order.attempts).toHaveLength(1);
  });

  test('R9: another way to pay is refused while the old attempt is too young to be closed, with the moment', async () => {
    const { world, keeper } = await openWorld();
    await world.clock.advance(MINUTE);
    const answer = await keeper.payAgain(A1, { tradeType: 'APP' });
    expect(answer).toMatchObject({
      ok: false,
      reason: 'not-closable-yet',
      message: expect.stringContaining('2026-11-24T07:05'),
    });
    expect((await world.order('A1')).attempts).toMatchObject([{ state: 'open' }]);
  });

  test('R9: another way to pay opens a second attempt once the old one is closed, in one call', async () => {
    const { world, keeper } = await openWorld();
    await world.clock.advance(5 * MINUTE + SECOND);
    const again = given(await world.finish(keeper.payAgain(A1, { tradeType: 'APP' })));
    expect(again.parameters).toMatchObject({ tradeType: 'APP' });
    expect(again.order.attempts.map(({ outTradeNo, state }) => `${outTradeNo} ${state}`)).toEqual([
      'A1-1 closed',
      'A1-2 open',
    ]);
    expect(world.truth('A1-1')).toBe('CLOSED');
    world.simulator.payer.pay({ outTradeNo: 'A1-2' });
    await world.clock.advance(2 * SECOND);
    expect(given(await world.finish(keeper.ask(A1)))).toMatchObject({ state: 'paid', paidBy: 'A1-2' });
  });

  test('R9: when the payer was faster than the change of mind, the order is paid and no second attempt opens', async () => {
    const { world, keeper } = await openWorld();
    await world.clock.advance(6 * MINUTE);
    world.simulator.payer.pay({ outTradeNo: 'A1-1' });
    expect(await world.finish(keeper.payAgain(A1, { tradeType: 'APP' }))).toMatchObject({ ok: false });
    expect(await world.order('A1')).toMatchObject({ state: 'paid', attempts: [{ state: 'paid' }] });
  });

  test('R9: while the close is not answered no second attempt opens', async () => {
    const { world, keeper } = await openWorld();
    await world.clock.advance(6 * MINUTE);
    world.simulator.faults.add({ effect: { kind: 'no-answer' }, moment: 'before', aim: { operation: 'closeorder' } });
    const answer = await world.finish(keeper.payAgain(A1, { tradeType: 'APP' }));
    expect(answer).toMatchObject({ ok: false, reason: 'not-payable' });
    expect((await world.order('A1')).attempts).toMatchObject([{ state: 'closing' }]);
  });

  test('R9: a paid order is not paid again', async () => {
    const { world, keeper } = await openWorld();
    world.simulator.payer.pay({ outTradeNo: 'A1-1' });
    given(await world.finish(keeper.ask(A1)));
    expect(await keeper.payAgain(A1)).toMatchObject({ ok: false, reason: 'already-final' });
  });

  test('R9: after a refusal by WeChat Pay the next attempt has a number of its own', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    const [merchant] = world.simulator.world.merchants.values();
    if (merchant === undefined) throw new Error('there is no merchant');
    world.simulator.world.merchants.set(merchant.mchid, { ...merchant, disabledProducts: new Set(['NATIVE']) });
    expect(await world.finish(keeper.openOrder(wishFor('A1')))).toMatchObject({ reason: 'rejected-by-wechat-pay' });
    world.simulator.world.merchants.set(merchant.mchid, merchant);
    const again = given(await world.finish(keeper.payAgain(A1)));
    expect(again.order.attempts.map(({ outTradeNo, state }) => `${outTradeNo} ${state}`)).toEqual([
      'A1-1 rejected',
      'A1-2 open',
    ]);
  });

  test('R9: an order whose time is over is not paid again', async () => {
    const { world, keeper } = await openWorld();
    await world.clock.advance(31 * MINUTE);
    expect(await keeper.payAgain(A1)).toMatchObject({ ok: false, reason: 'not-payable' });
  });

  test('R9: a new attempt may be given more time, and the order lives as long', async () => {
    const { world, keeper } = await openWorld();
    await world.clock.advance(6 * MINUTE);
    const expiresAtMs = world.clock.nowMs() + 60 * MINUTE;
    const again = given(await world.finish(keeper.payAgain(A1, { tradeType: 'APP', expiresAtMs })));
    expect(again.order.expiresAtMs).toBe(expiresAtMs);
  });

  test('content that cannot be sent is refused before the old attempt is touched', async () => {
    const { world, keeper } = await openWorld();
    await world.clock.advance(6 * MINUTE);
    const answer = await world.finish(keeper.payAgain(A1, { tradeType: 'JSAPI' }));
    expect(answer).toMatchObject({ ok: false, reason: 'invalid-request', message: expect.stringContaining('openid') });
    expect((await world.order('A1')).attempts).toMatchObject([{ state: 'open' }]);
  });
});
