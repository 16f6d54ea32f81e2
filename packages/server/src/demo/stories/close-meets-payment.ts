import { fen } from '@orderkeeper/protocol';
import { tradeStateOf } from '../narrator.ts';
import type { Story } from '../story.ts';

/** The close comes a moment after the payment. */
export const closeMeetsPayment: Story = {
  name: 'close-meets-payment',
  title: 'A close meets ORDERPAID, because the payer was faster',
  run: async (world) => {
    const { narrator, client, outTradeNo } = world;
    const number = outTradeNo('TICKET-1');
    await narrator.call(
      'unifiedorder',
      'places a ticket for 88.00 CNY',
      client.unifiedOrder(world.qrOrder(number, fen(8800))),
    );
    world.loseNotices(number);
    await world.pass(5 * 60_000 + 1_000);
    await narrator.call('orderquery', 'asks before closing', client.orderQuery({ outTradeNo: number }));
    world.payer('pays in this very moment', (payer) => payer.pay({ outTradeNo: number }));
    const closed = await narrator.call('closeorder', 'closes it', client.closeOrder({ outTradeNo: number }));
    const asked = await narrator.call('orderquery', 'asks what that means', client.orderQuery({ outTradeNo: number }));
    narrator.say('merchant', 'delivers the ticket: the order is paid');
    narrator.expect('close', 'ORDERPAID', closed.outcome === 'rejected' ? closed.code : closed.outcome);
    narrator.expect('trade state', 'SUCCESS', tradeStateOf(asked) ?? 'none');
  },
};
