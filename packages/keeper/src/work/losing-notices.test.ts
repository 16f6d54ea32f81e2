import { describe, expect, test } from 'vitest';
import {
  createKeeperWorld,
  given,
  type KeeperWorld,
  MERCHANT,
  MINUTE,
  SECOND,
  wishFor,
} from '../testing/keeper-world.ts';
import { judgeNotices } from './losing-notices.ts';

describe('R6: whether notices are being lost', () => {
  test.each([
    [0, 0, 'arriving', 'arriving'],
    [0, 4, 'arriving', 'arriving'],
    [0, 5, 'arriving', 'being-lost'],
    [5, 5, 'arriving', 'being-lost'],
    [6, 4, 'arriving', 'arriving'],
    [6, 4, 'being-lost', 'being-lost'],
    [8, 2, 'being-lost', 'arriving'],
    [1, 1, 'being-lost', 'arriving'],
  ] as const)(
    'R6: %i learned by notice and %i by query, believed before %s: %s',
    (byNotice, byQuery, before, after) => {
      expect(judgeNotices({ byNotice, byQuery }, before).notices).toBe(after);
    },
  );

  test('R6: the measure is the share of payments first learned by query', () => {
    expect(judgeNotices({ byNotice: 3, byQuery: 1 }, 'arriving')).toMatchObject({ queryShare: 0.25 });
    expect(judgeNotices({ byNotice: 0, byQuery: 0 }, 'arriving')).toMatchObject({ queryShare: 0 });
  });
});

/** Opens orders, lets them be paid, and lets the keeper learn of it. */
async function sell(
  world: KeeperWorld,
  keeper: ReturnType<KeeperWorld['keeper']>,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) {
    given(await world.finish(keeper.openOrder(wishFor(id))));
    world.simulator.payer.pay({ outTradeNo: `${id}-1` });
  }
  await world.clock.advance(20 * SECOND);
}

test('R6: while notices are lost, open orders are asked about every 30 seconds, and no more once they arrive again', async () => {
  const world = createKeeperWorld();
  const keeper = world.keeper();
  keeper.start();
  given(await world.finish(keeper.openOrder(wishFor('quiet', { expiresAtMs: world.clock.nowMs() + 120 * MINUTE }))));
  await world.clock.advance(6 * MINUTE);
  const asked = async (durationMs: number): Promise<number> => {
    const before = world.calls('orderquery').length;
    await world.clock.advance(durationMs);
    return world.calls('orderquery').length - before;
  };
  expect(await asked(90 * SECOND)).toBe(0);

  await sell(world, keeper, ['L1', 'L2', 'L3', 'L4', 'L5']);
  expect(given(await keeper.noticeMeasure(MERCHANT.mchid))).toMatchObject({
    byQuery: 5,
    byNotice: 0,
    notices: 'being-lost',
  });
  await world.clock.advance(MINUTE);
  const often = await asked(2 * MINUTE);
  expect(often).toBeGreaterThanOrEqual(4);
  expect(often).toBeLessThanOrEqual(5);

  world.answerNotices(keeper);
  await world.clock.advance(10 * MINUTE);
  await sell(world, keeper, ['N1', 'N2', 'N3', 'N4', 'N5']);
  await world.clock.advance(MINUTE);
  expect(await asked(2 * MINUTE)).toBe(0);
  const told = world.told.filter((event) => event.kind === 'notices-measured').map(({ notices }) => notices);
  expect(told).toEqual(['being-lost', 'arriving']);
  await keeper.stop();
});
