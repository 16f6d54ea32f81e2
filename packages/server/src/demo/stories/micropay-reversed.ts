import { fen } from '@orderkeeper/protocol';
import { tradeStateOf } from '../narrator.ts';
import type { Story } from '../story.ts';

/** A code that asks for a password which nobody enters. */
const SILENT_PAYER = '130000000000009001';

/** At the till: the payer never enters the password, and the charge is taken back. */
export const micropayReversed: Story = {
  name: 'micropay-reversed',
  title: 'A micropay stays USERPAYING and is reversed',
  run: async (world) => {
    const { narrator, client, outTradeNo } = world;
    const number = outTradeNo('TILL-1');
    world.setSwitch('micropayTimeout', 'never');
    const charge = client.micropay(
      { outTradeNo: number, body: 'Lunch', totalFen: fen(128000), authCode: SILENT_PAYER, spbillCreateIp: '127.0.0.1' },
      { deadlineMs: 45_000 },
    );
    const charged = await narrator.call(
      'micropay',
      'charges the code on the phone, 1280.00 CNY, and asks every five seconds',
      world.whileTimePasses(charge),
    );
    narrator.say('payer', 'has left the queue without entering the password');
    const reversed = await narrator.call(
      'reverse',
      'after 45 seconds it takes the charge back, so that it cannot be paid later',
      world.whileTimePasses(client.reverse({ outTradeNo: number })),
    );
    const asked = await narrator.call('orderquery', 'asks: the proof', client.orderQuery({ outTradeNo: number }));
    narrator.expect(
      'micropay',
      'unknown USERPAYING',
      charged.outcome === 'done' ? 'done' : `${charged.outcome} ${charged.code ?? ''}`,
    );
    narrator.expect('reverse', 'done', reversed.outcome);
    narrator.expect('trade state', 'REVOKED', tradeStateOf(asked) ?? 'none');
  },
};
