import { fen } from '@orderkeeper/protocol';
import { tradeStateOf } from '../narrator.ts';
import type { Story } from '../story.ts';

/** Nobody pays: the order is closed, but not before it is five minutes old. */
export const unpaidClosed: Story = {
  name: 'unpaid-closed',
  title: 'An unpaid order is closed after its five minutes; a close before that is refused',
  run: async (world) => {
    const { narrator, client, outTradeNo } = world;
    const number = outTradeNo('UMBRELLA-1');
    await narrator.call(
      'unifiedorder',
      'places an umbrella for 59.00 CNY',
      client.unifiedOrder(world.qrOrder(number, fen(5900))),
    );
    await world.pass(60_000);
    const early = await narrator.call(
      'closeorder',
      'wants to close after one minute',
      client.closeOrder({ outTradeNo: number }),
    );
    await world.pass(4 * 60_000 + 1_000);
    await narrator.call('orderquery', 'asks first: maybe it was paid', client.orderQuery({ outTradeNo: number }));
    await narrator.call('closeorder', 'closes it', client.closeOrder({ outTradeNo: number }));
    const asked = await narrator.call('orderquery', 'asks again: the proof', client.orderQuery({ outTradeNo: number }));
    world.payer('scans the code after all', (payer) => payer.pay({ outTradeNo: number }));
    narrator.expect('early close', 'CLOSE_TOO_EARLY', early.outcome === 'rejected' ? early.code : early.outcome);
    narrator.expect('trade state', 'CLOSED', tradeStateOf(asked) ?? 'none');
    narrator.expect('state at WeChat Pay', 'CLOSED', world.truth(number));
  },
};
