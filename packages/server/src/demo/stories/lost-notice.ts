import { fen } from '@orderkeeper/protocol';
import type { Story } from '../story.ts';
import { openQrOrder } from './open-order.ts';

/** The payer has paid, nobody tells us; a query finds out. */
export const lostNotice: Story = {
  name: 'lost-notice',
  title: () => 'An order is paid, its notice is lost, a query finds it',
  run: async (world) => {
    const { orderId, outTradeNo } = await openQrOrder(world, {
      orderId: 'COFFEE-1',
      what: 'coffee',
      totalFen: fen(1990),
    });
    world.loseNotices(outTradeNo);
    await world.pass(8_000);
    world.payer('pays in the WeChat app', (payer) => payer.pay({ outTradeNo }));
    world.narrator.say('wechat-pay', 'sends the pay notice; it is lost on the way');
    await world.pass(12_000);
    const order = await world.order(orderId);
    world.narrator.expect('order', 'paid', order.state);
    world.narrator.expect('learned by', 'query', order.attempts[0]?.payment?.learnedBy ?? 'nothing');
    world.narrator.expect('the shop was told', 'order.paid', world.told());
  },
};
