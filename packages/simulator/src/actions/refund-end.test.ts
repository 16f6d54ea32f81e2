import { expect, test } from 'vitest';
import { createRawMerchant, IDENTITY, nativeOrder } from '../testing/raw-merchant.ts';
import { endRefundNow } from './refund-end.ts';

async function withRefund() {
  const merchant = createRawMerchant({ settings: { refundDelayMs: 60_000 } });
  await merchant.call('/pay/unifiedorder', nativeOrder('order-1'));
  merchant.payer.pay({ outTradeNo: 'order-1' });
  const fields = { out_trade_no: 'order-1', out_refund_no: 'r1', total_fee: '1990', refund_fee: '1' };
  await merchant.call('/secapi/pay/refund', fields, { identity: IDENTITY });
  const told: string[] = [];
  merchant.world.events.on((event) => told.push(event.kind));
  return { world: merchant.world, clock: merchant.clock, told };
}

test('a refund ended by hand stays so when its own time comes, and is told once', async () => {
  const { world, clock, told } = await withRefund();
  expect(endRefundNow(world, { outRefundNo: 'r1' }, 'CHANGE')).toMatchObject({ ok: true, value: { state: 'CHANGE' } });
  await clock.advance(120_000);
  expect(world.ledger.refunds()).toMatchObject([{ state: 'CHANGE' }]);
  expect(told).toEqual(['refund-final']);
});

test('a refund that has ended, or does not exist, cannot be ended', async () => {
  const { world } = await withRefund();
  endRefundNow(world, { outRefundNo: 'r1', mchid: '10000100' }, 'SUCCESS');
  expect(endRefundNow(world, { outRefundNo: 'r1' }, 'REFUNDCLOSE')).toMatchObject({
    ok: false,
    reason: 'already-final',
  });
  expect(endRefundNow(world, { outRefundNo: 'r2' }, 'SUCCESS')).toMatchObject({ ok: false, reason: 'no-such-refund' });
});
