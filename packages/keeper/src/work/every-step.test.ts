import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { Flow, Scene } from '../testing/every-step.ts';
import { OVER_A_LEASE_MS, failEachStepOnce, runEachStepTwice, tellWithoutHarm } from '../testing/every-step.ts';
import {
  chargeOf,
  HOUR,
  type KeeperWorld,
  MINUTE,
  orderId,
  outRefundNo,
  SECOND,
  wishFor,
  type WorldChanges,
} from '../testing/keeper-world.ts';
import { CERTIFICATES, keptV3 } from '../testing/v3-world.ts';

/** What both sides know at the end: our books, what was told, and WeChat Pay's own book. */
async function booksOf(world: KeeperWorld): Promise<unknown> {
  const { orders } = await world.store.list({ limit: 10 });
  const events = await world.store.eventsAfter(0, 100);
  const { ledger } = world.simulator.world;
  return {
    orders: orders.map(({ state, attempts, refunds }) => ({
      state,
      attempts: attempts.map((attempt) => [
        attempt.outTradeNo,
        attempt.state,
        ledger.ordersNamed(attempt.outTradeNo)[0]?.state,
      ]),
      refunds: refunds.map((refund) => [refund.outRefundNo, refund.refundFen, refund.state]),
    })),
    told: events.map(({ type }) => type),
  };
}

/** The merchant's page asks for parameters until it has some; then the payer pays. */
async function openAndPay({ world, keeper, wait, pass }: Scene): Promise<void> {
  for (let asked = 0; asked < 20; asked += 1) {
    const opened = await wait(keeper.openOrder(wishFor('STORY')));
    if (!opened.ok) throw new Error(opened.message);
    if (opened.value.parameters !== undefined || opened.value.order.state !== 'open') break;
    await pass(5 * SECOND);
  }
  world.simulator.payer.pay({ outTradeNo: 'STORY-1' });
}

const paid: Flow = {
  tell: openAndPay,
  restMs: OVER_A_LEASE_MS,
  end: booksOf,
};

const closed: Flow = {
  tell: async ({ keeper, wait, pass }) => {
    await wait(keeper.openOrder(wishFor('STORY')));
    await pass(5 * MINUTE);
    await wait(keeper.close(orderId('STORY'), 'asked'));
  },
  restMs: 10 * MINUTE,
  end: booksOf,
};

const expired: Flow = {
  tell: async ({ keeper, wait }) => {
    await wait(keeper.openOrder(wishFor('STORY')));
  },
  restMs: HOUR,
  end: booksOf,
};

const refunded: Flow = {
  tell: async (scene) => {
    const { keeper, wait, pass } = scene;
    await openAndPay(scene);
    await pass(OVER_A_LEASE_MS);
    await wait(keeper.refund({ orderId: orderId('STORY'), outRefundNo: outRefundNo('R1'), refundFen: fen(500) }));
    await pass(OVER_A_LEASE_MS);
    await wait(keeper.refund({ orderId: orderId('STORY'), outRefundNo: outRefundNo('R2'), refundFen: fen(1490) }));
  },
  // Longer than a runner of these stories sleeps when a failed step has cost it its alarm clock.
  restMs: 90 * MINUTE,
  end: booksOf,
};

const payAgain: Flow = {
  tell: async ({ world, keeper, wait, pass }) => {
    await wait(keeper.openOrder(wishFor('STORY')));
    await pass(6 * MINUTE);
    await wait(keeper.payAgain(orderId('STORY'), { tradeType: 'APP' }));
    await pass(OVER_A_LEASE_MS);
    await wait(keeper.payAgain(orderId('STORY'), { tradeType: 'APP' }));
    await pass(OVER_A_LEASE_MS);
    await wait(keeper.payAgain(orderId('STORY'), { tradeType: 'APP' }));
    world.simulator.payer.pay({ outTradeNo: 'STORY-2' });
  },
  restMs: HOUR,
  end: booksOf,
};

/** Hundreds of whole lives in one test; a loaded machine may take its time. */
const TIMEOUT_MS = 600_000;

/** At each step in the whole run (npm run test:whole). */
const TRIED = process.env['ORDERKEEPER_TESTS'] === 'whole' ? 'at-each-step' : 'a-sample';

const FLOWS: Readonly<Record<string, Flow>> = { paid, closed, expired, refunded, payAgain };

/** What the merchant of a story speaks. */
const V2: WorldChanges = {};
const V3: WorldChanges = { certificates: CERTIFICATES, merchants: [keptV3()] };

const STORIES = Object.entries(FLOWS).flatMap(([name, flow]) => [
  [`${name} by the classic API`, { ...flow, world: V2 }] as const,
  [`${name} by APIv3`, { ...flow, world: V3 }] as const,
]);

describe.each(STORIES)('R16: the story of an order that is %s', (_name, flow) => {
  test('ends the same when the process dies at any step and another takes over, or any step fails', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { end } = await tellWithoutHarm(flow);
    let harmed = 0;
    for await (const { harm, end: harmedEnd } of failEachStepOnce(flow, TRIED)) {
      expect(harmedEnd, `${harm.way} at step ${harm.atStep}`).toEqual(end);
      harmed += 1;
    }
    expect(harmed).toBeGreaterThan(1);
  });

  test('ends the same when every duty is done twice', async () => {
    const { end } = await tellWithoutHarm(flow);
    expect(await runEachStepTwice(flow)).toEqual(end);
  });
});

/** What is known of a charge: its attempt, WeChat Pay's word, the order, and how often the code was submitted. */
async function chargeEnd(world: KeeperWorld): Promise<unknown> {
  const order = await world.order('STORY');
  const submissions = [...world.calls('micropay'), ...world.calls('v3/codepay')].length;
  return `${order.attempts.at(-1)?.state} ${world.truth('STORY-1')} ${order.state}, submitted ${submissions}`;
}

const chargeEnding = (ending: string, world: WorldChanges): Flow => ({
  tell: async ({ keeper, wait }) => {
    await wait(keeper.micropay(chargeOf('STORY', ending)));
  },
  restMs: 15 * MINUTE,
  end: chargeEnd,
  world: { ...world, switches: { micropayTimeout: 'never' } },
});

/** A process that dies between the intent and the call has charged nothing, and nothing may be charged after it. */
const NEVER_CHARGED = 'failed none closed, submitted 0';

interface ChargeStory {
  readonly title: string;
  readonly ending: string;
  /** As it ends without harm, and how else it may end. */
  readonly ends: readonly [string, ...string[]];
}

const REVERSED = 'reversed REVOKED reversed, submitted 1';
const PAID = 'paid SUCCESS paid, submitted 1';
const FAILED = 'failed PAYERROR closed, submitted 1';

const CHARGES: readonly ChargeStory[] = [
  { title: 'is paid at once', ending: '0001', ends: [PAID] },
  { title: 'is paid after the password', ending: '9002', ends: [PAID] },
  { title: 'comes to no end and is taken back', ending: '9001', ends: [REVERSED] },
  { title: 'is cancelled by the payer', ending: '9003', ends: [FAILED, REVERSED] },
  { title: 'is paid though the answer was SYSTEMERROR', ending: '9202', ends: [PAID] },
  { title: 'is refused', ending: '9302', ends: ['rejected PAYERROR closed, submitted 1', FAILED] },
];

/** No page says that this refusal of APIv3 is final: a query does. */
const DOUBTFUL: ChargeStory = { title: 'is refused in a way that leaves a doubt', ending: '9303', ends: [FAILED] };

const CHARGE_STORIES = [
  ...CHARGES.map(({ title, ...story }) => [`${title}, by the classic API`, { ...story, world: V2 }] as const),
  ...[...CHARGES, DOUBTFUL].map(({ title, ...story }) => [`${title}, by APIv3`, { ...story, world: V3 }] as const),
];

describe('R8, R16: a charge is submitted once, and comes to a true end wherever the process dies', () => {
  test.each(CHARGE_STORIES)('a charge that %s', { timeout: TIMEOUT_MS }, async (_, { ending, ends, world }) => {
    const flow = chargeEnding(ending, world);
    expect((await tellWithoutHarm(flow)).end).toBe(ends[0]);
    for await (const { harm, end } of failEachStepOnce(flow, TRIED)) {
      expect([...ends, NEVER_CHARGED], `${harm.way} at step ${harm.atStep}`).toContain(end);
    }
    expect(ends).toContain(await runEachStepTwice(flow));
  });
});
