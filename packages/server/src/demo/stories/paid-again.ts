import { fen } from '@orderkeeper/protocol';
import { tradeStateOf } from '../narrator.ts';
import type { Story } from '../story.ts';

/** A payment fails; the next try gets a new number, and only after the old one cannot be paid any more. */
export const paidAgain: Story = {
  name: 'paid-again',
  title: 'A payment fails and is opened again under a new number, after the old one was closed',
  run: async (world) => {
    const { narrator, client, outTradeNo } = world;
    const first = outTradeNo('SHOES-1');
    const second = outTradeNo('SHOES-1-2');
    await narrator.call(
      'unifiedorder',
      'places shoes for 399.00 CNY',
      client.unifiedOrder(world.qrOrder(first, fen(39900))),
    );
    world.payer('enters a wrong password and gives up', (payer) => payer.fail({ outTradeNo: first }));
    await world.pass(5 * 60_000 + 1_000);
    await narrator.call('orderquery', 'asks: is it really unpaid?', client.orderQuery({ outTradeNo: first }));
    await narrator.call('closeorder', 'closes the first number', client.closeOrder({ outTradeNo: first }));
    const old = await narrator.call('orderquery', 'has the proof', client.orderQuery({ outTradeNo: first }));
    await narrator.call(
      'unifiedorder',
      'places the shoes under a second number',
      client.unifiedOrder(world.qrOrder(second, fen(39900))),
    );
    world.payer('pays the second', (payer) => payer.pay({ outTradeNo: second }));
    await world.pass(1_000);
    const asked = await narrator.call('orderquery', 'asks for the second', client.orderQuery({ outTradeNo: second }));
    narrator.expect('first number', 'CLOSED', tradeStateOf(old) ?? 'none');
    narrator.expect('second number', 'SUCCESS', tradeStateOf(asked) ?? 'none');
    narrator.expect('notices that arrived for the second', '1', String(world.noticesOf(second)));
  },
};
