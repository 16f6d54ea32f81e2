import { fen } from '@orderkeeper/protocol';
import { tradeStateOf } from '../narrator.ts';
import type { Story } from '../story.ts';

/** The payer has paid, nobody tells us; a query finds out. */
export const lostNotice: Story = {
  name: 'lost-notice',
  title: 'An order is paid, its notice is lost, a query finds it',
  run: async (world) => {
    const { narrator, client, outTradeNo } = world;
    const number = outTradeNo('COFFEE-1');
    await narrator.call(
      'unifiedorder',
      'places a coffee for 19.90 CNY',
      client.unifiedOrder(world.qrOrder(number, fen(1990))),
    );
    world.loseNotices(number);
    await world.pass(8_000);
    world.payer('pays in the WeChat app', (payer) => payer.pay({ outTradeNo: number }));
    await world.pass(2_000);
    narrator.say('wechat-pay', 'sends the pay notice; it is lost on the way');
    const asked = await narrator.call(
      'orderquery',
      'has heard nothing for ten seconds and asks',
      client.orderQuery({ outTradeNo: number }),
    );
    narrator.expect('trade state', 'SUCCESS', tradeStateOf(asked) ?? 'none');
    narrator.expect('notices that arrived', '0', String(world.noticesOf(number)));
  },
};
