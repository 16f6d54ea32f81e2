import { fen } from '@orderkeeper/protocol';
import type { Story } from '../story.ts';
import { openQrOrder } from './open-order.ts';

/** The keeper's process dies in the middle of a close; what it left behind is finished. */
export const killedInClose: Story = {
  name: 'killed-in-close',
  title: () => 'A process is killed in the middle of a close, and the close is finished',
  run: async (world) => {
    const { narrator, keeper } = world;
    const { orderId, outTradeNo } = await openQrOrder(world, {
      orderId: 'LAMP-1',
      what: 'lamp',
      totalFen: fen(12_900),
    });
    await world.pass(world.wire.closableAfterMs);
    narrator.say('shop', 'wants the order closed');
    await world.finish(keeper.close(orderId, 'asked'));
    await world.killDuringClose();
    narrator.expect('order after the kill', 'open', (await world.order(orderId)).state);
    await world.pass(3 * 60_000);
    const [attempt] = (await world.order(orderId)).attempts;
    narrator.expect('order', 'closed', (await world.order(orderId)).state);
    narrator.expect('proof', 'closed-at-wechat', attempt?.receipt?.proof ?? 'none');
    narrator.expect('state at WeChat Pay', 'CLOSED', world.truth(outTradeNo));
    narrator.expect('the shop was told', 'order.closed', world.told());
  },
};
