import { fen } from '@orderkeeper/protocol';
import type { Story } from '../story.ts';
import { WIRES } from '../wire.ts';
import { openQrOrder } from './open-order.ts';

/** The close comes a moment after the payment. */
export const closeMeetsPayment: Story = {
  name: 'close-meets-payment',
  title: (protocol) => `A close meets ${WIRES[protocol].orderPaid}, because the payer was faster`,
  run: async (world) => {
    const { narrator } = world;
    const { orderId, outTradeNo } = await openQrOrder(world, {
      orderId: 'TICKET-1',
      what: 'ticket',
      totalFen: fen(8800),
    });
    world.loseNotices(outTradeNo);
    await world.pass(world.wire.closableAfterMs);
    world.beforeNext(world.wire.close, () =>
      world.payer('pays in this very moment', (payer) => payer.pay({ outTradeNo })),
    );
    narrator.say('shop', 'wants the order closed');
    await world.finish(world.keeper.close(orderId, 'asked'));
    await world.pass(60_000);
    const order = await world.order(orderId);
    narrator.expect('order', 'paid', order.state);
    narrator.expect('state at WeChat Pay', 'SUCCESS', world.truth(outTradeNo));
    narrator.expect('the shop was told', 'order.paid', world.told());
  },
};
