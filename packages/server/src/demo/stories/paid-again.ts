import { fen } from '@orderkeeper/protocol';
import type { Story } from '../story.ts';
import { openQrOrder } from './open-order.ts';

/** A payment fails; the next try gets a new number, and only after the old one cannot be paid any more. */
export const paidAgain: Story = {
  name: 'paid-again',
  title: () => 'A payment fails and is opened again under a new number, after the old one was closed',
  run: async (world) => {
    const { narrator, keeper } = world;
    const first = await openQrOrder(world, { orderId: 'SHOES-1', what: 'shoes', totalFen: fen(39900) });
    world.payer('enters a wrong password and gives up', (payer) => payer.fail({ outTradeNo: first.outTradeNo }));
    await world.pass(world.wire.closableAfterMs);
    narrator.say('shop', 'lets the payer try again, this time in its app');
    const again = await world.finish(keeper.payAgain(first.orderId, { tradeType: 'APP' }));
    if (!again.ok) narrator.say('keeper', `refuses: ${again.message}`);
    const second = await world.numberOf(first.orderId);
    world.payer('pays under the second number', (payer) => payer.pay({ outTradeNo: second }));
    await world.pass(10_000);
    const order = await world.order(first.orderId);
    narrator.expect('order', 'paid', order.state);
    narrator.expect(
      'numbers',
      '2 different',
      second === first.outTradeNo ? 'the same' : `${order.attempts.length} different`,
    );
    narrator.expect('first number at WeChat Pay', 'CLOSED', world.truth(first.outTradeNo));
    narrator.expect('second number at WeChat Pay', 'SUCCESS', world.truth(second));
    narrator.expect('the shop was told', 'order.paid', world.told());
  },
};
