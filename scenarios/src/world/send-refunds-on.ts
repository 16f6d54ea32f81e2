import { createV3Client } from '@orderkeeper/client';
import { createSeededRandom } from '@orderkeeper/ports';
import { parseOutRefundNo, parseRefundId } from '@orderkeeper/protocol';
import type { OrderPlan } from '../plan/plan.ts';
import type { Street } from './deeds.ts';
import { given, V3_MERCHANTS } from './shop.ts';

/** An invented card, which leaves the shop encrypted only. */
const CARD = { bankType: 'ICBC_DEBIT', bankAccount: '6222020200112233445', realName: 'Zhang San' } as const;

/**
 * What a person does about refunds that could not be given back: sends them to another card of the payer, past the keeper,
 * who has to learn of it. From then on refunds arrive.
 */
export async function sendRefundsOn(street: Street, { id }: OrderPlan): Promise<void> {
  const { simulator, clock, note, configuration } = street;
  const { ledger, settings } = simulator.world;
  const failed = ledger.refunds().filter(({ state, outTradeNo }) => {
    return state === 'CHANGE' && outTradeNo.startsWith(`${id}-`);
  });
  settings.refundEnd = 'SUCCESS';
  const client = createV3Client({
    merchant: V3_MERCHANTS[configuration().keys],
    http: simulator.handle,
    clock,
    random: createSeededRandom(clock.nowMs()),
  });
  for (const refund of failed) {
    const outRefundNo = given(parseOutRefundNo(refund.outRefundNo));
    const refundId = given(parseRefundId(refund.refundId));
    const sent = await client.abnormalRefund({ type: 'USER_BANK_CARD', ...CARD, refundId, outRefundNo });
    note(`${outRefundNo} is sent on to another card: ${sent.outcome}`);
  }
  if (failed.length === 0) note(`${id} has no refund to be sent on`);
}
