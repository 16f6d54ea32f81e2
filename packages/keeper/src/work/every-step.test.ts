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
} from '../testing/keeper-world.ts';

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
    const opened = await wait(keeper.openOrder(wishFor('A1')));
    if (!opened.ok) throw new Error(opened.message);
    if (opened.value.parameters !== undefined || opened.value.order.state !== 'open') break;
    await pass(5 * SECOND);
  }
  world.simulator.payer.pay({ outTradeNo: 'A1-1' });
}

const paid: Flow = {
  tell: openAndPay,
  restMs: OVER_A_LEASE_MS,
  end: booksOf,
};

const closed: Flow = {
  tell: async ({ keeper, wait, pass }) => {
    await wait(keeper.openOrder(wishFor('A1')));
    await pass(5 * MINUTE);
    await wait(keeper.close(orderId('A1'), 'asked'));
  },
  restMs: 10 * MINUTE,
  end: booksOf,
};

const expired: Flow = {
  tell: async ({ keeper, wait }) => {
    await wait(keeper.openOrder(wishFor('A1')));
  },
  restMs: HOUR,
  end: booksOf,
};

const refunded: Flow = {
  tell: async (scene) => {
    const { keeper, wait, pass } = scene;
    await openAndPay(scene);
    await pass(OVER_A_LEASE_MS);
    await wait(keeper.refund({ orderId: orderId('A1'), outRefundNo: outRefundNo('R1'), refundFen: fen(500) }));
    await pass(OVER_A_LEASE_MS);
    await wait(keeper.refund({ orderId: orderId('A1'), outRefundNo: outRefundNo('R2'), refundFen: fen(1490) }));
  },
  restMs: 30 * MINUTE,
  end: booksOf,
};

const payAgain: Flow = {
  tell: async ({ world, keeper, wait, pass }) => {
    await wait(keeper.openOrder(wishFor('A1')));
    await pass(6 * MINUTE);
    await wait(keeper.payAgain(orderId('A1'), { tradeType: 'APP' }));
    await pass(OVER_A_LEASE_MS);
    await wait(keeper.payAgain(orderId('A1'), { tradeType: 'APP' }));
    await pass(OVER_A_LEASE_MS);
    await wait(keeper.payAgain(orderId('A1'), { tradeType: 'APP' }));
    world.simulator.payer.pay({ outTradeNo: 'A1-2' });
  },
  restMs: HOUR,
  end: booksOf,
};

/** Hundreds of whole lives in one test; a loaded machine may take its time. */
const TIMEOUT_MS = 60_000;

const FLOWS: Readonly<Record<string, Flow>> = { paid, closed, expired, refunded, payAgain };

describe.each(Object.entries(FLOWS))('R16: the story of an order that is %s', (_name, flow) => {
  test('ends the same when the process dies at any step and another takes over, or any step fails', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { end } = await tellWithoutHarm(flow);
    let harmed = 0;
    for await (const { harm, end: harmedEnd } of failEachStepOnce(flow)) {
      expect(harmedEnd, `${harm.way} at step ${harm.atStep}`).toEqual(end);
      harmed += 1;
    }
    expect(harmed).toBeGreaterThan(10);
  });

  test('ends the same when every duty is done twice', async () => {
    const { end } = await tellWithoutHarm(flow);
    expect(await runEachStepTwice(flow)).toEqual(end);
  });
});

/** What is known of a charge: its attempt, WeChat Pay's word, the order, and how often the code was submitted. */
async function chargeEnd(world: KeeperWorld): Promise<unknown> {
  const order = await world.order('A1');
  const submissions = world.calls('micropay').length;
  return `${order.attempts.at(-1)?.state} ${world.truth('A1-1')} ${order.state}, submitted ${submissions}`;
}

const chargeEnding = (ending: string): Flow => ({
  tell: async ({ keeper, wait }) => {
    await wait(keeper.micropay(chargeOf('A1', ending)));
  },
  restMs: 15 * MINUTE,
  end: chargeEnd,
  world: { switches: { micropayTimeout: 'never' } },
});

/** A process that dies between the intent and the call has charged nothing, and nothing may be charged after it. */
const NEVER_CHARGED = 'failed none closed, submitted 0';

describe('R8, R16: a charge is submitted once, and comes to a true end wherever the process dies', () => {
  test.each([
    ['is paid at once', '0001', ['paid SUCCESS paid, submitted 1']],
    ['is paid after the password', '9002', ['paid SUCCESS paid, submitted 1']],
    ['comes to no end and is taken back', '9001', ['reversed REVOKED reversed, submitted 1']],
    [
      'is cancelled by the payer',
      '9003',
      ['failed PAYERROR closed, submitted 1', 'reversed REVOKED reversed, submitted 1'],
    ],
    ['is paid though the answer was SYSTEMERROR', '9202', ['paid SUCCESS paid, submitted 1']],
    ['is refused', '9302', ['rejected PAYERROR closed, submitted 1', 'failed PAYERROR closed, submitted 1']],
  ])('a charge that %s', { timeout: TIMEOUT_MS }, async (_, ending, ends) => {
    const flow = chargeEnding(ending);
    expect((await tellWithoutHarm(flow)).end).toBe(ends[0]);
    for await (const { harm, end } of failEachStepOnce(flow)) {
      expect([...ends, NEVER_CHARGED], `${harm.way} at step ${harm.atStep}`).toContain(end);
    }
    expect(ends).toContain(await runEachStepTwice(flow));
  });
});
