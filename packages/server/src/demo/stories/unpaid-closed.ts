import type { OrderId } from '@orderkeeper/keeper';
import { fen } from '@orderkeeper/protocol';
import type { DemoWorld } from '../demo-world.ts';
import type { Story } from '../story.ts';
import { openQrOrder } from './open-order.ts';

const MINUTE_MS = 60_000;

const TITLES = {
  v2: 'An unpaid order is closed after its five minutes; a close before that is refused',
  v3: 'An unpaid order is closed after one minute: APIv3 makes nobody wait for five',
} as const;

const AGES = { v2: 'five minutes or more', v3: 'under five minutes' } as const;

/** Nobody pays: the order is closed, in the classic API not before it is five minutes old. */
export const unpaidClosed: Story = {
  name: 'unpaid-closed',
  title: (protocol) => TITLES[protocol],
  run: async (world) => {
    const { narrator, keeper, protocol } = world;
    const { orderId, outTradeNo } = await openQrOrder(world, {
      orderId: 'UMBRELLA-1',
      what: 'umbrella',
      totalFen: fen(5900),
    });
    await world.pass(MINUTE_MS);
    if (protocol === 'v2') await closeTooEarly(world, orderId);
    narrator.say('shop', 'wants the order closed');
    await world.finish(keeper.close(orderId, 'asked'));
    await world.pass(protocol === 'v2' ? 5 * MINUTE_MS : MINUTE_MS);
    world.payer('scans the code after all', (payer) => payer.pay({ outTradeNo }));
    const [attempt] = (await world.order(orderId)).attempts;
    const ageMs = (attempt?.receipt?.closedAtMs ?? 0) - (attempt?.openedAtMs ?? 0);
    narrator.expect('proof', 'closed-at-wechat', attempt?.receipt?.proof ?? 'none');
    narrator.expect('closed at an age of', AGES[protocol], ageMs >= 5 * MINUTE_MS ? AGES.v2 : AGES.v3);
    narrator.expect('state at WeChat Pay', 'CLOSED', world.truth(outTradeNo));
    narrator.expect('the shop was told', 'order.closed', world.told());
  },
};

async function closeTooEarly({ narrator, keeper, finish }: DemoWorld, orderId: OrderId): Promise<void> {
  narrator.say('shop', 'wants another way of paying at once, which needs the first one closed');
  const early = await finish(keeper.payAgain(orderId, { tradeType: 'APP' }));
  narrator.say('keeper', early.ok ? 'opens it' : `refuses: ${early.reason}, ${early.message}`);
  narrator.expect('close under five minutes', 'not-closable-yet', early.ok ? 'done' : early.reason);
}
