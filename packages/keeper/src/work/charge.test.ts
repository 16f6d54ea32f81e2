import { nextTurn } from '@orderkeeper/ports';
import { expect, test } from 'vitest';
import type { LeasedDuty, Store } from '../store/store.ts';
import { chargeOf, createKeeperWorld, SECOND } from '../testing/keeper-world.ts';

test('R8, R16: of two processes that both believe they hold the charge, one submits the code', async () => {
  const world = createKeeperWorld();
  const held: LeasedDuty[] = [];
  const noting: Store = {
    ...world.store,
    claim: async (request) => {
      const duties = await world.store.claim(request);
      held.push(...duties);
      return duties;
    },
  };
  world.simulator.faults.add({
    effect: { kind: 'slow', delayMs: SECOND },
    moment: 'before',
    aim: { operation: 'micropay' },
  });
  const charging = world.keeper({ store: noting }).micropay(chargeOf('A1'));
  await nextTurn();
  const order = await world.order('A1');
  // What the late one has read before the first one committed that the code leaves.
  const before = { ...order, attempts: order.attempts.map(({ placing: _leaving, ...attempt }) => attempt) };
  const late: Store = {
    ...world.store,
    nextDueAtMs: async () => world.clock.nowMs(),
    claim: async () => held.splice(0),
    find: async () => before,
  };
  const [, done] = await world.finish(Promise.all([charging, world.keeper({ store: late }).runDue()]));
  expect(done).toBeLessThanOrEqual(1);
  expect(world.calls('micropay')).toHaveLength(1);
  expect((await world.order('A1')).state).toBe('paid');
});
