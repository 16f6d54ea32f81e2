import { fen } from '@orderkeeper/protocol';
import type { Story } from '../story.ts';
import { WIRES } from '../wire.ts';

/** A code that asks for a password which nobody enters. */
const SILENT_PAYER = '130000000000009001';

/** At the till: the payer never enters the password, and the charge is taken back. */
export const micropayReversed: Story = {
  name: 'micropay-reversed',
  title: (protocol) => `A ${WIRES[protocol].charge} stays USERPAYING and is reversed`,
  run: async (world) => {
    const { narrator, keeper } = world;
    world.setSwitch('micropayTimeout', 'never');
    const orderId = world.orderId('TILL-1');
    narrator.say('shop', 'charges the code on a phone: lunch for 1280.00 CNY');
    const charged = await world.finish(
      keeper.micropay({
        orderId,
        mchid: world.mchid,
        totalFen: fen(128_000),
        description: 'lunch',
        authCode: SILENT_PAYER,
        payerIp: '127.0.0.1',
      }),
    );
    if (!charged.ok) narrator.say('keeper', charged.message);
    narrator.say('payer', 'leaves without entering the password');
    await world.pass(90_000);
    const order = await world.order(orderId);
    const outTradeNo = await world.numberOf(orderId);
    narrator.expect('order', 'reversed', order.state);
    narrator.expect('state at WeChat Pay', 'REVOKED', world.truth(outTradeNo));
    narrator.expect('the shop was told', 'order.reversed', world.told());
  },
};
