import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import { failEachStepOnce, type Flow, OVER_A_LEASE_MS, tellWithoutHarm } from '../testing/every-step.ts';
import {
  type KeeperWorld,
  MINUTE,
  orderId,
  outRefundNo,
  SECOND,
  wishFor,
  type WorldChanges,
} from '../testing/keeper-world.ts';
import { CERTIFICATES, keptV3 } from '../testing/v3-world.ts';

/** The order, its money and what was told of it; not by which way it was learned. */
async function booksOf(world: KeeperWorld): Promise<unknown> {
  const { state, attempts, refunds } = await world.order('STORY');
  const events = await world.store.eventsAfter(0, 99);
  return {
    state,
    attempts: attempts.map((attempt) => [attempt.outTradeNo, attempt.state, attempt.payment?.totalFen]),
    refunds: refunds.map((refund) => [refund.outRefundNo, refund.refundFen, refund.state]),
    told: events.map(({ type }) => type),
  };
}

/** A notice that a dying process did not answer meets the next one, and every one comes twice. */
const paidByNotice: Flow = {
  tell: async ({ world, keeper, wait, pass }) => {
    world.answerNotices(keeper);
    world.simulator.faults.add({ effect: { kind: 'notice-doubled' }, moment: 'notice', aim: {} });
    for (let asked = 0; asked < 20; asked += 1) {
      const opened = await wait(keeper.openOrder(wishFor('STORY')));
      if (opened.ok && (opened.value.parameters !== undefined || opened.value.order.state !== 'open')) break;
      await pass(5 * SECOND);
    }
    world.simulator.payer.pay({ outTradeNo: 'STORY-1' });
    await pass(MINUTE);
  },
  restMs: OVER_A_LEASE_MS,
  end: booksOf,
};

const refundedByNotice: Flow = {
  ...paidByNotice,
  tell: async (scene) => {
    await paidByNotice.tell(scene);
    const wish = { orderId: orderId('STORY'), outRefundNo: outRefundNo('R1'), refundFen: fen(1990) };
    await scene.wait(scene.keeper.refund(wish));
  },
  // Longer than a runner of these stories sleeps when a failed step has cost it its alarm clock.
  restMs: 90 * MINUTE,
};

/** At each step in the whole run (npm run test:whole). */
const TRIED = process.env['ORDERKEEPER_TESTS'] === 'whole' ? 'at-each-step' : 'a-sample';

const V3: WorldChanges = { certificates: CERTIFICATES, merchants: [keptV3()] };

const STORIES = Object.entries({ paidByNotice, refundedByNotice }).flatMap(([name, flow]) => [
  [`${name} of the classic API`, flow] as const,
  [`${name} of APIv3`, { ...flow, world: V3 }] as const,
]);

describe.each(STORIES)('R5, R16: an order that is %s', (_, flow) => {
  test('ends the same when the process dies at any step and another takes over, or any step fails', {
    timeout: 600_000,
  }, async () => {
    const { end, stepsCount } = await tellWithoutHarm(flow);
    expect(stepsCount).toBeGreaterThan(5);
    for await (const { harm, end: harmedEnd } of failEachStepOnce(flow, TRIED)) {
      expect(harmedEnd, `${harm.way} at step ${harm.atStep}`).toEqual(end);
    }
  });
});

test('the story of a payment by notice is about notices', async () => {
  const told: string[] = [];
  await tellWithoutHarm({
    ...paidByNotice,
    end: async (world) => {
      told.push(...world.told.flatMap((event) => (event.kind === 'notice-received' ? [event.verdict] : [])));
    },
  });
  expect(told.toSorted()).toEqual(['applied', 'repeated']);
});
