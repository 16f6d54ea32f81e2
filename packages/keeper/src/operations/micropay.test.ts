import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import { chargeOf, createKeeperWorld, given, MINUTE, orderId, SECOND } from '../testing/keeper-world.ts';

async function chargeWorld(ending: string, changes: Parameters<typeof createKeeperWorld>[0] = {}) {
  const world = createKeeperWorld(changes);
  const keeper = world.keeper();
  keeper.start();
  const answer = await world.finish(keeper.micropay(chargeOf('A1', ending)));
  return { world, keeper, answer };
}

describe('R8: micropay', () => {
  test('R8: a code that pays at once is answered paid', async () => {
    const { answer, keeper } = await chargeWorld('0001');
    expect(given(answer).order).toMatchObject({ state: 'paid', attempts: [{ payment: { learnedBy: 'answer' } }] });
    await keeper.stop();
  });

  test('R8: while the payer enters the password the order is polled every five seconds until it is paid', async () => {
    const { world, keeper, answer } = await chargeWorld('9002');
    expect(given(answer).order.attempts).toMatchObject([{ state: 'paying' }]);
    await world.clock.advance(16 * SECOND);
    expect((await world.order('A1')).state).toBe('paid');
    expect(world.calls().length).toBeLessThanOrEqual(4);
    await keeper.stop();
  });

  test('R8: without an end after 45 seconds it is reversed, never closed, and the code never submitted again', async () => {
    const { world, keeper } = await chargeWorld('9001', { switches: { micropayTimeout: 'never' } });
    await world.clock.advance(44 * SECOND);
    expect(world.calls('reverse')).toEqual([]);
    await world.clock.advance(10 * SECOND);
    expect((await world.order('A1')).state).toBe('reversed');
    expect(world.truth('A1-1')).toBe('REVOKED');
    await world.clock.advance(10 * MINUTE);
    expect(world.calls('closeorder')).toEqual([]);
    expect(world.calls('micropay')).toHaveLength(1);
    await keeper.stop();
  });

  test('R8: a reverse is repeated while WeChat Pay asks for it', async () => {
    const { world, keeper } = await chargeWorld('9001', {
      switches: { micropayTimeout: 'never', reverseRecall: 'Y-first' },
    });
    await world.clock.advance(2 * MINUTE);
    expect((await world.order('A1')).state).toBe('reversed');
    expect(world.calls('reverse')).toHaveLength(2);
    await keeper.stop();
  });

  test('R8: the same code again answers the order and charges nobody', async () => {
    const { world, keeper } = await chargeWorld('0001');
    const again = given(await world.finish(keeper.micropay(chargeOf('A1', '0001'))));
    expect(again.order.state).toBe('paid');
    expect(world.calls('micropay')).toHaveLength(1);
    await keeper.stop();
  });

  test('R9: after a refusal a fresh code is charged under a number of its own', async () => {
    const { world, keeper, answer } = await chargeWorld('9302');
    expect(answer).toMatchObject({
      ok: false,
      reason: 'rejected-by-wechat-pay',
      message: expect.stringContaining('NOTENOUGH'),
    });
    const again = given(await world.finish(keeper.micropay(chargeOf('A1', '0002'))));
    expect(again.order).toMatchObject({ state: 'paid', paidBy: 'A1-2' });
    await keeper.stop();
  });

  test('R9: a fresh code is not charged while the last one may still be paid', async () => {
    const { world, keeper } = await chargeWorld('9002');
    const again = given(await world.finish(keeper.micropay(chargeOf('A1', '0002'))));
    expect(again.order.attempts).toHaveLength(1);
    expect(world.calls('micropay')).toHaveLength(1);
    await keeper.stop();
  });

  test('the same id for another amount is refused', async () => {
    const { keeper, world } = await chargeWorld('0001');
    expect(await keeper.micropay(chargeOf('A1', '0001', { totalFen: fen(1) }))).toMatchObject({
      ok: false,
      reason: 'order-exists-different',
    });
    expect(world.calls('micropay')).toHaveLength(1);
    await keeper.stop();
  });

  test('a micropay order is paid by code, not with parameters', async () => {
    const { keeper, world } = await chargeWorld('9302');
    expect(await keeper.payAgain(orderId('A1'))).toMatchObject({ ok: false, reason: 'invalid-request' });
    expect(await world.finish(keeper.paymentParameters(orderId('A1')))).toMatchObject({ ok: false });
    await keeper.stop();
  });

  test('R20: the code on the payer’s phone is in no timeline', async () => {
    const { keeper } = await chargeWorld('0001');
    const entries = given(await keeper.timeline(orderId('A1')));
    expect(entries.length).toBeGreaterThan(2);
    expect(entries.map(({ observation }) => observation).join()).not.toContain(chargeOf('A1', '0001').authCode);
    await keeper.stop();
  });
});
