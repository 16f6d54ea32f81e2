import { fen } from '@orderkeeper/protocol';
import type { Story } from '../story.ts';
import { openQrOrder } from './open-order.ts';

/** Nobody pays: the order is closed, but not before it is five minutes old. */
export const unpaidClosed: Story = {
  name: 'unpaid-closed',
  title: 'An unpaid order is closed after its five minutes; a close before that is refused',
  run: async (world) => {
    const { narrator, keeper } = world;
    const { orderId, outTradeNo } = await openQrOrder(world, {
      orderId: 'UMBRELLA-1',
      what: 'umbrella',
      totalFen: fen(5900),
    });
    await world.pass(60_000);
    narrator.say('shop', 'wants another way of paying at once, which needs the first one closed');
    const early = await world.finish(keeper.payAgain(orderId, { tradeType: 'APP' }));
    narrator.say('keeper', early.ok ? 'opens it' : `refuses: ${early.reason}, ${early.message}`);
    narrator.say('shop', 'wants the order closed instead');
    await world.finish(keeper.close(orderId, 'asked'));
    await world.pass(5 * 60_000);
    world.payer('scans the code after all', (payer) => payer.pay({ outTradeNo }));
    const [attempt] = (await world.order(orderId)).attempts;
    const ageMs = (attempt?.receipt?.closedAtMs ?? 0) - (attempt?.openedAtMs ?? 0);
    narrator.expect('close under five minutes', 'not-closable-yet', early.ok ? 'done' : early.reason);
    narrator.expect('proof', 'closed-at-wechat', attempt?.receipt?.proof ?? 'none');
    narrator.expect(
      'closed at an age of',
      'five minutes or more',
      ageMs >= 300_000 ? 'five minutes or more' : `${ageMs} ms`,
    );
    narrator.expect('state at WeChat Pay', 'CLOSED', world.truth(outTradeNo));
    narrator.expect('the shop was told', 'order.closed', world.told());
  },
};
