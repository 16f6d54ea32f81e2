import { fen } from '@orderkeeper/protocol';
import { HttpFailure } from '@orderkeeper/ports';
import { describe, expect, test } from 'vitest';
import {
  createKeeperWorld,
  given,
  HOUR,
  KEPT,
  type KeeperWorld,
  MERCHANT,
  MINUTE,
  orderId,
  OTHER_KEY,
  SECOND,
  wishFor,
} from '../testing/keeper-world.ts';

/** A fault for the next placing calls. */
const failPlacing = ({ simulator }: KeeperWorld, moment: 'before' | 'after', times?: number) =>
  simulator.faults.add({
    effect: { kind: 'no-answer' },
    moment,
    aim: { operation: 'unifiedorder' },
    ...(times === undefined ? {} : { times }),
  });

describe('opening an order', () => {
  test('R1: the order is durable before the first request leaves', async () => {
    const seen: string[] = [];
    const world = createKeeperWorld({
      http: (http) => async (request) => {
        seen.push((await world.order('A1')).attempts.map(({ outTradeNo, state }) => `${outTradeNo} ${state}`).join());
        return http(request);
      },
    });
    given(await world.finish(world.keeper().openOrder(wishFor('A1'))));
    expect(seen).toEqual(['A1-1 creating']);
  });

  test('the same request again answers the same order with fresh parameters, and calls nobody', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    const wish = wishFor('A1', { tradeType: 'APP' });
    const first = given(await world.finish(keeper.openOrder(wish)));
    await world.clock.advance(5 * SECOND);
    const second = given(await world.finish(keeper.openOrder(wish)));
    expect(second.order.createdAtMs).toBe(first.order.createdAtMs);
    expect(second.parameters).toMatchObject({ tradeType: 'APP', prepayid: first.order.attempts[0]?.prepay?.prepayId });
    expect(second.parameters).not.toEqual(first.parameters);
    expect(world.calls('unifiedorder')).toHaveLength(1);
  });

  test('the same id with other content is refused, and what differs is named', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    given(await world.finish(keeper.openOrder(wishFor('A1'))));
    const answer = await keeper.openOrder(wishFor('A1', { totalFen: fen(1), description: 'coffee' }));
    expect(answer).toMatchObject({ ok: false, reason: 'order-exists-different' });
    expect(answer.ok ? '' : answer.message).toContain('totalFen, description');
    expect((await world.order('A1')).totalFen).toBe(1990);
  });

  test.each([
    ['an amount of nothing', { totalFen: fen(0) }, 'totalFen'],
    ['a description that is too long', { description: '茶'.repeat(43) }, 'body'],
    ['JSAPI without a payer', { tradeType: 'JSAPI' as const }, 'openid'],
    ['MWEB without a scene', { tradeType: 'MWEB' as const }, 'sceneInfo'],
    ['a scene that is no JSON', { tradeType: 'MWEB' as const, sceneInfo: '{' }, 'sceneInfo'],
    ['an expiry that is over', { expiresAtMs: 1 }, 'expiresAtMs'],
    ['an expiry in more than seven days', { expiresAtMs: Date.UTC(2027, 1, 1) }, 'expiresAtMs'],
  ])('a request with %s is refused by its field, and nothing is stored', async (_, changes, field) => {
    const world = createKeeperWorld();
    const answer = await world.keeper().openOrder(wishFor('A1', changes));
    expect(answer).toMatchObject({ ok: false, reason: 'invalid-request', message: expect.stringContaining(field) });
    expect(await world.store.find(orderId('A1'))).toBeUndefined();
    expect(world.calls()).toEqual([]);
  });

  test('an expiry too close for WeChat Pay is kept by the keeper alone and never sent', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    keeper.start();
    const expiresAtMs = world.clock.nowMs() + 3 * MINUTE;
    given(await world.finish(keeper.openOrder(wishFor('A1', { expiresAtMs }))));
    const [call] = world.simulator.world.calls.list();
    expect(call?.verdict).toBe('accepted');
    expect(call?.fields.has('time_expire')).toBe(false);
    await world.clock.advance(6 * MINUTE);
    expect((await world.order('A1')).state).toBe('closed');
    await keeper.stop();
  });

  test('an expiry that WeChat Pay takes is sent to it', async () => {
    const world = createKeeperWorld();
    given(await world.finish(world.keeper().openOrder(wishFor('A1'))));
    expect(world.simulator.world.calls.list()[0]?.fields.get('time_expire')).toBe('20261124153000');
  });

  test('R2: when the placing is not answered the caller is answered all the same, and the keeper goes on', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    keeper.start();
    const fault = failPlacing(world, 'after');
    const startMs = world.clock.nowMs();
    const opened = given(await world.finish(keeper.openOrder(wishFor('A1'))));
    expect(opened.parameters).toBeUndefined();
    expect(world.clock.nowMs() - startMs).toBeLessThanOrEqual(6 * SECOND);
    world.simulator.faults.remove(fault.id);
    await world.clock.advance(MINUTE);
    expect(given(await world.finish(keeper.openOrder(wishFor('A1')))).parameters).toBeDefined();
    await keeper.stop();
  });

  test('R2: whatever is repeated has the same number and the same content', async () => {
    const world = createKeeperWorld({ switches: { comparedFields: 'all-fields' } });
    const keeper = world.keeper();
    keeper.start();
    failPlacing(world, 'after', 5);
    await world.finish(keeper.openOrder(wishFor('A1')));
    await world.clock.advance(MINUTE);
    const placements = world.simulator.world.calls.list().filter(({ operation }) => operation === 'unifiedorder');
    expect(placements.length).toBeGreaterThan(4);
    const contents = placements.map(({ fields }) =>
      JSON.stringify([...fields].filter(([name]) => !/^(?:nonce_str|sign)$/.test(name))),
    );
    expect(new Set(contents).size).toBe(1);
    expect((await world.order('A1')).attempts).toMatchObject([{ state: 'open' }]);
    await keeper.stop();
  });

  test('a refusal by WeChat Pay is told with its code, also to who asks again', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper({ merchants: [{ ...KEPT, speaks: { v2: { ...MERCHANT, apiKey: OTHER_KEY } } }] });
    for (let asked = 0; asked < 2; asked += 1) {
      const answer = await world.finish(keeper.openOrder(wishFor('A1')));
      expect(answer).toMatchObject({
        ok: false,
        reason: 'rejected-by-wechat-pay',
        message: expect.stringContaining('SIGNERROR'),
      });
    }
    expect(world.calls('unifiedorder')).toHaveLength(1);
  });

  test('a limit of WeChat Pay is no refusal of the order: it is placed later', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    keeper.start();
    world.simulator.faults.add({
      effect: { kind: 'code', code: 'FREQUENCY_LIMITED' },
      moment: 'before',
      aim: { operation: 'unifiedorder' },
      times: 4,
    });
    await world.finish(keeper.openOrder(wishFor('A1')));
    await world.clock.advance(MINUTE);
    expect((await world.order('A1')).attempts).toMatchObject([{ state: 'open' }]);
    await keeper.stop();
  });

  test('an order of a merchant that is not configured is refused', async () => {
    const world = createKeeperWorld();
    const answer = await world.keeper({ merchants: [] }).openOrder(wishFor('A1'));
    expect(answer).toMatchObject({ ok: false, reason: 'no-such-merchant' });
  });

  test('a prepay id that is too old is replaced by a new one of the same order', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    const wish = wishFor('A1', { tradeType: 'APP', expiresAtMs: world.clock.nowMs() + 24 * HOUR });
    const first = given(await world.finish(keeper.openOrder(wish))).order.attempts[0]?.prepay?.prepayId;
    await world.clock.advance(3 * HOUR);
    const second = given(await world.finish(keeper.paymentParameters(orderId('A1'))));
    expect(second).toMatchObject({ tradeType: 'APP' });
    expect(second).not.toMatchObject({ prepayid: first });
    expect((await world.order('A1')).attempts).toHaveLength(1);
    expect(world.simulator.payer.pay({ outTradeNo: 'A1-1' }).ok).toBe(true);
  });

  test('the store out of reach makes the operation fail, and nothing leaves', async () => {
    const world = createKeeperWorld({
      http: () => () => Promise.reject(new HttpFailure('connection-refused', 'not-sent', 'must not be called')),
    });
    const keeper = world.keeper();
    await world.store.close();
    await expect(keeper.openOrder(wishFor('A1'))).rejects.toThrow('closed');
    expect(world.calls()).toEqual([]);
  });
});
