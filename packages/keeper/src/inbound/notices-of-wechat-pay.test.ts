import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import {
  createKeeperWorld,
  given,
  type KeeperWorld,
  MINUTE,
  orderId,
  outRefundNo,
  SECOND,
  wishFor,
} from '../testing/keeper-world.ts';
import type { NoticeEvent } from '../observe/notice-event.ts';

type TestKeeper = ReturnType<KeeperWorld['keeper']>;
type Plan = Parameters<KeeperWorld['simulator']['faults']['add']>[0];

/** A keeper that does no duties, so that whatever it learns it learns from notices. */
async function openOrder(...plans: readonly Plan[]): Promise<{ world: KeeperWorld; keeper: TestKeeper }> {
  const world = createKeeperWorld();
  for (const plan of plans) world.simulator.faults.add(plan);
  const keeper = world.keeper();
  world.answerNotices(keeper);
  given(await world.finish(keeper.openOrder(wishFor('A1'))));
  return { world, keeper };
}

const once = (effect: Plan['effect'], operation = 'pay-notice'): Plan => ({
  effect,
  moment: 'notice',
  aim: { operation },
  times: 1,
});

const isNotice = (event: KeeperWorld['told'][number]): event is NoticeEvent => event.kind === 'notice-received';
const verdicts = ({ told }: KeeperWorld): readonly string[] => told.filter(isNotice).map(({ verdict }) => verdict);
const eventTypes = async ({ store }: KeeperWorld): Promise<readonly string[]> =>
  (await store.eventsAfter(0, 99)).map(({ type }) => type);

const pay = async ({ simulator, clock }: KeeperWorld, forMs: number): Promise<void> => {
  simulator.payer.pay({ outTradeNo: 'A1-1' });
  await clock.advance(forMs);
};

describe('a payment at WeChat Pay', () => {
  test('is known a moment later by its notice', async () => {
    const { world } = await openOrder();
    await pay(world, SECOND);
    expect(await world.order('A1')).toMatchObject({ state: 'paid', attempts: [{ payment: { learnedBy: 'notice' } }] });
    expect(verdicts(world)).toEqual(['applied']);
    expect(world.calls('orderquery')).toEqual([]);
  });

  test('whose notice comes twice at once is told once (R5)', async () => {
    const { world } = await openOrder(once({ kind: 'notice-doubled' }));
    await pay(world, MINUTE);
    expect(verdicts(world).toSorted()).toEqual(['applied', 'repeated']);
    expect(await eventTypes(world)).toEqual(['order.paid']);
  });

  test.each<[Plan['effect'], string]>([
    [{ kind: 'notice-forged' }, 'unverified'],
    [{ kind: 'notice-other-amount' }, 'quarantined'],
    [{ kind: 'notice-other-merchant' }, 'quarantined'],
  ])(
    'whose first notice is spoilt ($kind) is known by the next one, because the first was refused (R4)',
    async (effect, verdict) => {
      const { world } = await openOrder(once(effect));
      await pay(world, SECOND);
      expect((await world.order('A1')).state).toBe('open');
      await world.clock.advance(20 * SECOND);
      expect((await world.order('A1')).state).toBe('paid');
      expect(verdicts(world)).toEqual([verdict, 'applied']);
      expect(await eventTypes(world)).toEqual(['order.paid']);
    },
  );

  test('whose notice meets a store out of reach is known by the repetition', async () => {
    const world = createKeeperWorld();
    let isBroken = false;
    const store = {
      ...world.store,
      change: (...parts: Parameters<typeof world.store.change>) =>
        isBroken ? Promise.reject(new Error('the disk is full')) : world.store.change(...parts),
    };
    const keeper = world.keeper({ store });
    world.answerNotices(keeper);
    given(await world.finish(keeper.openOrder(wishFor('A1'))));
    isBroken = true;
    await pay(world, SECOND);
    expect((await world.order('A1')).state).toBe('open');
    isBroken = false;
    await world.clock.advance(20 * SECOND);
    expect((await world.order('A1')).state).toBe('paid');
    expect(verdicts(world)).toEqual(['busy', 'applied']);
  });
});

describe('a refund at WeChat Pay', () => {
  const HALF_FEN = fen(990);

  /** Asked for, and sent off by a keeper that then does nothing more. */
  async function refund(...plans: readonly Plan[]): Promise<KeeperWorld> {
    const { world, keeper } = await openOrder(...plans);
    await pay(world, SECOND);
    given(await keeper.refund({ orderId: orderId('A1'), outRefundNo: outRefundNo('R1'), refundFen: HALF_FEN }));
    await world.finish(keeper.runDue());
    await world.clock.advance(10 * MINUTE);
    return world;
  }

  test('is known by its notice, after WeChat Pay was asked once', async () => {
    const world = await refund();
    expect(await world.order('A1')).toMatchObject({ state: 'paid', refunds: [{ state: 'succeeded' }] });
    expect(world.calls('refundquery')).toHaveLength(1);
    expect(await eventTypes(world)).toEqual(['order.paid', 'refund.succeeded']);
  });

  test('whose notice was forged is not even asked about, and is known by the next one', async () => {
    const world = await refund(once({ kind: 'notice-forged' }, 'refund-notice'));
    expect(verdicts(world)).toEqual(['applied', 'unverified', 'applied']);
    expect(world.calls('refundquery')).toHaveLength(1);
    expect((await world.order('A1')).refunds).toMatchObject([{ state: 'succeeded' }]);
  });

  test('whose notice names another amount is known by the signed answer, with the right one (R4)', async () => {
    const world = await refund(once({ kind: 'notice-other-amount' }, 'refund-notice'));
    // The last one is the true notice, which a spoilt one does not replace.
    expect(verdicts(world)).toEqual(['applied', 'applied', 'repeated']);
    expect((await world.order('A1')).refunds).toMatchObject([{ state: 'succeeded', refundFen: HALF_FEN }]);
  });
});
