import { describe, expect, test } from 'vitest';
import { createRawMerchant, nativeOrder, type RawMerchant } from '../testing/raw-merchant.ts';

const ORDER = { outTradeNo: 'order-1' };
const HOUR_MS = 3_600_000;

async function withOrder(more: Readonly<Record<string, string>> = {}) {
  const merchant = createRawMerchant();
  await merchant.call('/pay/unifiedorder', nativeOrder('order-1', more));
  return merchant;
}

const eventsOf = (merchant: RawMerchant) => {
  const events: string[] = [];
  merchant.world.events.on((event) => {
    if ('order' in event) events.push(`${event.kind} ${event.order.outTradeNo}`);
  });
  return events;
};

describe('a payer', () => {
  test('pays once, and the world is told once', async () => {
    const merchant = await withOrder();
    const events = eventsOf(merchant);
    expect(merchant.payer.pay(ORDER)).toMatchObject({ ok: true, value: { state: 'SUCCESS' } });
    expect(merchant.payer.pay(ORDER)).toMatchObject({ ok: false, reason: 'paid', message: '该订单已支付' });
    expect(events).toEqual(['paid order-1']);
  });

  test('is the one the order is for', async () => {
    const merchant = await withOrder({ trade_type: 'JSAPI', openid: 'oAlice' });
    expect(merchant.payer.pay(ORDER)).toMatchObject({ value: { payment: { openid: 'oAlice' } } });
  });

  test('cannot spend more coupons than the order costs', async () => {
    const merchant = await withOrder();
    const paid = merchant.payer.pay(ORDER, { coupons: [{ kind: 'CASH', fen: 1991 }] });
    expect(paid).toMatchObject({ ok: false, reason: 'coupons-too-large' });
    expect(merchant.payer.pay(ORDER, { coupons: [{ kind: 'CASH', fen: 1990 }] })).toMatchObject({
      value: { payment: { cashFen: 0 } },
    });
  });

  test('cannot pay a closed order, but their money may come late when that is ordered, and is told like any other', async () => {
    const merchant = await withOrder();
    await merchant.call('/pay/closeorder', { out_trade_no: 'order-1' });
    const events = eventsOf(merchant);
    expect(merchant.payer.pay(ORDER)).toMatchObject({ ok: false, reason: 'closed' });
    expect(merchant.payer.pay(ORDER, { late: 'allowed' })).toMatchObject({ ok: true, value: { state: 'SUCCESS' } });
    expect(events).toEqual(['paid order-1']);
  });

  test('may try again after a wrong password', async () => {
    const merchant = await withOrder();
    expect(merchant.payer.fail(ORDER)).toMatchObject({ ok: true, value: { state: 'NOTPAY' } });
    expect(merchant.payer.pay(ORDER)).toMatchObject({ ok: true });
  });

  test('cannot leave a cashier they have not entered', async () => {
    const merchant = await withOrder();
    expect(merchant.payer.cancel(ORDER)).toMatchObject({ ok: false, reason: 'not-at-cashier' });
  });

  test('is told when nothing has this number, and when two orders have it', async () => {
    const merchant = await withOrder();
    expect(merchant.payer.scan({ outTradeNo: 'nobody' })).toMatchObject({ ok: false, reason: 'no-such-order' });
    const other = { appid: 'wx0000000000000200', mch_id: '10000200' };
    await merchant.call('/pay/unifiedorder', nativeOrder('order-1', other));
    expect(merchant.payer.pay(ORDER)).toMatchObject({ ok: false, reason: 'several-orders' });
    expect(merchant.payer.pay({ ...ORDER, mchid: '10000200' })).toMatchObject({
      ok: true,
      value: { mchid: '10000200' },
    });
  });
});

describe('a late payer', () => {
  test('cannot enter the cashier after the expiry', async () => {
    const merchant = await withOrder({ time_expire: '20261124153709' });
    await merchant.clock.advance(HOUR_MS / 2);
    const paid = merchant.payer.pay(ORDER);
    expect(paid).toMatchObject({
      ok: false,
      reason: 'expired',
      message: '订单已超过商户设置的最晚支付成功时间，请重新发起支付',
    });
  });

  test('finishes after the expiry when they entered before', async () => {
    const merchant = await withOrder({ time_expire: '20261124153709' });
    merchant.payer.scan(ORDER);
    await merchant.clock.advance(HOUR_MS);
    expect(merchant.payer.pay(ORDER)).toMatchObject({ ok: true, value: { state: 'SUCCESS' } });
  });

  test('needs a new prepay_id after two hours', async () => {
    const merchant = await withOrder();
    await merchant.clock.advance(2 * HOUR_MS);
    expect(merchant.payer.pay(ORDER)).toMatchObject({ ok: false, reason: 'entry-expired' });
    await merchant.call('/pay/unifiedorder', nativeOrder('order-1'));
    expect(merchant.payer.pay(ORDER)).toMatchObject({ ok: true });
  });

  test('has five minutes to open an H5 page', async () => {
    const merchant = await withOrder({ trade_type: 'MWEB' });
    await merchant.clock.advance(5 * 60_000);
    expect(merchant.payer.scan(ORDER)).toMatchObject({ ok: false, reason: 'entry-expired' });
  });
});
