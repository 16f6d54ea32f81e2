import { fen } from '@orderkeeper/protocol';
import type { Story } from '../story.ts';
import { openQrOrder } from './open-order.ts';

/** The money of a closed number arrives after the next one was paid: it goes back by itself. */
export const paidTwice: Story = {
  name: 'paid-twice',
  title: () => 'An order is paid twice, and the second payment goes back by itself',
  run: async (world) => {
    const { narrator, keeper } = world;
    const first = await openQrOrder(world, { orderId: 'PHONE-1', what: 'phone', totalFen: fen(99_900) });
    await world.pass(world.wire.closableAfterMs);
    narrator.say('shop', 'lets the payer try again, in its app');
    await world.finish(keeper.payAgain(first.orderId, { tradeType: 'APP' }));
    const second = await world.numberOf(first.orderId);
    world.payer('pays under the second number', (payer) => payer.pay({ outTradeNo: second }));
    await world.pass(30_000);
    world.payer('was charged for the first number too: the bank was late', (payer) =>
      payer.pay({ outTradeNo: first.outTradeNo }, { late: 'allowed' }),
    );
    await world.pass(3 * 60_000);
    const order = await world.order(first.orderId);
    const [refund] = order.refunds;
    narrator.expect('order', 'paid', order.state);
    narrator.expect('paid by the number', second, order.paidBy ?? 'none');
    narrator.expect(
      'refund',
      `${first.outTradeNo} 99900 succeeded`,
      `${refund?.outTradeNo} ${refund?.refundFen} ${refund?.state}`,
    );
    narrator.expect(
      'state at WeChat Pay',
      'REFUND and SUCCESS',
      `${world.truth(first.outTradeNo)} and ${world.truth(second)}`,
    );
    narrator.expect('the shop was told', 'order.paid order.paid_twice refund.succeeded', world.told());
  },
};
