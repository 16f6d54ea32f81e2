import { describe, expect, test } from 'vitest';
import type { Store } from '../store/store.ts';
import { fen } from '@orderkeeper/protocol';
import {
  createKeeperWorld,
  given,
  HOUR,
  KEPT,
  MERCHANT,
  type KeeperWorld,
  MINUTE,
  orderId,
  SECOND,
  wishFor,
} from '../testing/keeper-world.ts';

type TestKeeper = ReturnType<KeeperWorld['keeper']>;

async function open(world: KeeperWorld, keeper: TestKeeper, count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, (_, index) => `A${index + 1}`);
  for (const id of ids) given(await world.finish(keeper.openOrder(wishFor(id))));
  return ids;
}

const outcomesOf = ({ told }: KeeperWorld, kind: string): readonly string[] =>
  told.flatMap((event) => (event.kind === 'duty-run' && event.duty === kind ? [event.outcome] : []));

describe('a runner', () => {
  test('R18: works off a backlog inside the budget, and spends all of it', async () => {
    const world = createKeeperWorld();
    const limits = { callsPerSecond: 2, burst: 4 };
    const ids = await open(world, world.keeper(), 30);
    const keeper = world.keeper({ merchants: [{ ...KEPT, callLimits: limits }] });
    await world.clock.advance(6 * SECOND + 2 * MINUTE);
    keeper.start();
    const before = world.calls('orderquery').length;
    await world.clock.advance(5 * SECOND);
    const made = world.calls('orderquery').length - before;
    expect(made).toBeGreaterThanOrEqual(8);
    expect(made).toBeLessThanOrEqual(4 + 5 * 2);
    await world.clock.advance(MINUTE);
    expect(world.calls('orderquery').length - before).toBeGreaterThanOrEqual(ids.length);
    await keeper.stop();
  });

  test('R18: while sweeps have used up the budget, a payer who comes back is still answered', async () => {
    const world = createKeeperWorld();
    await open(world, world.keeper(), 12);
    const keeper = world.keeper({ merchants: [{ ...KEPT, callLimits: { callsPerSecond: 0.1, burst: 3 } }] });
    await world.clock.advance(3 * MINUTE);
    await world.finish(keeper.runDue());
    world.simulator.payer.pay({ outTradeNo: 'A7-1' });
    expect(given(await world.finish(keeper.ask(orderId('A7')))).state).toBe('paid');
  });

  test('R18: of a backlog the order with the most at stake is asked about first', async () => {
    const world = createKeeperWorld();
    const first = world.keeper();
    for (const [id, totalFen] of [
      ['small', fen(100)],
      ['large', fen(9_000_000)],
      ['middle', fen(5_000)],
    ] as const) {
      given(await world.finish(first.openOrder(wishFor(id, { totalFen }))));
    }
    await world.clock.advance(3 * MINUTE);
    const keeper = world.keeper({
      runner: { concurrency: 3 },
      merchants: [{ ...KEPT, callLimits: { callsPerSecond: 0.01, burst: 2 } }],
    });
    const before = world.simulator.world.calls.list().length;
    await world.finish(keeper.runDue());
    expect(
      world.simulator.world.calls
        .list()
        .slice(before)
        .map(({ outTradeNo }) => outTradeNo)[0],
    ).toBe('large-1');
  });

  test('does not let a call without an answer hold up the others', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    await open(world, keeper, 5);
    world.simulator.faults.add({
      effect: { kind: 'slow', delayMs: HOUR },
      moment: 'before',
      aim: { outTradeNo: 'A1-1' },
    });
    for (const id of ['A2', 'A3', 'A4', 'A5']) world.simulator.payer.pay({ outTradeNo: `${id}-1` });
    keeper.start();
    await world.clock.advance(9 * SECOND);
    for (const id of ['A2', 'A3', 'A4', 'A5']) expect((await world.order(id)).state).toBe('paid');
    await world.finish(keeper.stop());
  });

  test('that is stopped finishes what is under way and begins nothing', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    await open(world, keeper, 3);
    world.simulator.faults.add({
      effect: { kind: 'slow', delayMs: 2 * SECOND },
      moment: 'before',
      aim: { operation: 'orderquery' },
    });
    keeper.start();
    await world.clock.advance(6 * SECOND);
    await world.finish(keeper.stop());
    const made = world.calls().length;
    expect(outcomesOf(world, 'query').length).toBeGreaterThan(0);
    await world.clock.advance(HOUR);
    expect(world.calls()).toHaveLength(made);
    expect(
      await world.store.claim({ nowMs: world.clock.nowMs(), leaseMs: 1, leaseOwner: 'next', limit: 9 }),
    ).toHaveLength(3);
  });

  test('may be started again after it was stopped, and starting twice is harmless', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    await open(world, keeper, 1);
    keeper.start();
    keeper.start();
    await keeper.stop();
    keeper.start();
    await world.clock.advance(HOUR);
    expect((await world.order('A1')).state).toBe('closed');
    await keeper.stop();
  });

  test('R16: goes on by itself after the store was out of reach', async () => {
    const world = createKeeperWorld();
    await open(world, world.keeper(), 1);
    let health: 'ill' | 'well' = 'ill';
    const store: Store = {
      ...world.store,
      nextDueAtMs: () => (health === 'ill' ? Promise.reject(new Error('the disk is full')) : world.store.nextDueAtMs()),
    };
    const keeper = world.keeper({ store });
    keeper.start();
    await world.clock.advance(MINUTE);
    expect(world.told.filter(({ kind }) => kind === 'store-failed').length).toBeGreaterThan(1);
    health = 'well';
    await world.clock.advance(HOUR);
    expect((await world.order('A1')).state).toBe('closed');
    await keeper.stop();
  });

  test('R16: a duty that throws comes due again by itself, later each time', async () => {
    const world = createKeeperWorld();
    await open(world, world.keeper(), 1);
    const store: Store = { ...world.store, find: () => Promise.reject(new Error('torn page')) };
    const keeper = world.keeper({ store });
    keeper.start();
    await world.clock.advance(MINUTE);
    const outcomes = outcomesOf(world, 'query');
    expect(new Set(outcomes)).toEqual(new Set(['failed']));
    expect(outcomes.length).toBeGreaterThan(2);
    expect(outcomes.length).toBeLessThan(8);
    await keeper.stop();
  });

  test('R5: a query whose order a notice has settled meanwhile is not made', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    world.answerNotices(keeper);
    await open(world, keeper, 1);
    await world.clock.advance(10 * SECOND);
    const store: Store = {
      ...world.store,
      claim: async (request) => {
        const duties = await world.store.claim(request);
        world.simulator.payer.pay({ outTradeNo: 'A1-1' });
        await world.clock.advance(0);
        return duties;
      },
    };
    await world.finish(world.keeper({ store }).runDue());
    expect((await world.order('A1')).attempts[0]?.payment?.learnedBy).toBe('notice');
    expect(world.calls('orderquery')).toEqual([]);
    expect(outcomesOf(world, 'query')).toEqual(['not-wanted']);
  });

  test('R16: a duty that has waited for half its lease is given back, not begun', async () => {
    const world = createKeeperWorld();
    await open(world, world.keeper(), 1);
    await world.clock.advance(MINUTE);
    let claims = 0;
    const store: Store = {
      ...world.store,
      claim: (request) => {
        claims += 1;
        return world.store.claim(claims === 1 ? { ...request, leaseMs: 29 * SECOND } : request);
      },
    };
    await world.finish(world.keeper({ store }).runDue());
    expect(outcomesOf(world, 'query')).toEqual(['done']);
    expect(claims).toBe(2);
    expect(world.calls('orderquery')).toHaveLength(1);
  });

  test('R18: what a waiting payer costs is paid for by the sweeps', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper({ merchants: [{ ...KEPT, callLimits: { callsPerSecond: 0.01, burst: 4 } }] });
    await open(world, keeper, 4);
    await world.clock.advance(MINUTE);
    await world.finish(keeper.runDue());
    expect(world.calls('orderquery')).toEqual([]);
  });

  test('tells how late each duty was picked up and how it ended, and no secret', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper();
    await open(world, keeper, 1);
    await world.clock.advance(MINUTE);
    await world.finish(keeper.runDue());
    const [run] = world.told.filter((event) => event.kind === 'duty-run' && event.duty === 'query');
    expect(run).toMatchObject({ orderId: 'A1', subject: 'A1-1', outcome: 'done', lagMs: expect.any(Number) });
    expect(run?.kind === 'duty-run' && run.lagMs).toBeGreaterThan(50 * SECOND);
    expect(JSON.stringify(world.told)).not.toContain(MERCHANT.apiKey.reveal());
  });

  test('is not harmed by an observer that throws', async () => {
    const world = createKeeperWorld();
    const keeper = world.keeper({
      observe: () => {
        throw new Error('the log is full');
      },
    });
    keeper.start();
    await open(world, keeper, 1);
    await world.clock.advance(HOUR);
    expect((await world.order('A1')).state).toBe('closed');
    await keeper.stop();
  });
});
