import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SimCoupon, SimPayment } from '../ledger/order.ts';
import type { SimRefund } from '../ledger/refund.ts';
import { couponFen, settledFen, splitRefund } from './coupons.ts';

const coupon = (couponId: string, kind: SimCoupon['kind'], fen: number): SimCoupon => ({ couponId, kind, fen });

const paymentOf = (cashFen: number, coupons: readonly SimCoupon[]): SimPayment => ({
  transactionId: '1',
  paidAtMs: 0,
  openid: 'o',
  subOpenid: '',
  isSubscribe: 'N',
  bankType: 'OTHERS',
  cashFen,
  coupons,
});

const refundOf = (
  refundFen: number,
  parts: Pick<SimRefund, 'cashFen' | 'coupons'>,
  state: SimRefund['state'] = 'SUCCESS',
): SimRefund => ({
  mchid: '1',
  outRefundNo: 'r',
  apiVersion: 'v2',
  refundId: '1',
  outTradeNo: 'order-1',
  transactionId: '1',
  appid: 'wx1',
  nonce: '',
  requestedAtMs: 0,
  totalFen: 0,
  refundFen,
  ...parts,
  account: '',
  channel: 'ORIGINAL',
  receivedBy: '',
  description: '',
  notifyUrl: '',
  state,
  history: [],
});

test('settles everything but the coupons that nobody paid for', () => {
  expect(settledFen(100, [coupon('1', 'CASH', 10), coupon('2', 'NO_CASH', 20)])).toBe(80);
});

describe('a refund with coupons', () => {
  test('gives back cash and coupon in the proportion of the payment', () => {
    expect(splitRefund(paymentOf(90, [coupon('1', 'CASH', 10)]), [], 50)).toEqual({
      cashFen: 45,
      coupons: [coupon('1', 'CASH', 5)],
    });
  });

  test('is all cash where no coupon was spent', () => {
    expect(splitRefund(paymentOf(100, []), [], 30)).toEqual({ cashFen: 30, coupons: [] });
  });

  test('counts a refund that was given up as nothing', () => {
    const payment = paymentOf(90, [coupon('1', 'CASH', 10)]);
    const closed = refundOf(50, splitRefund(payment, [], 50), 'REFUNDCLOSE');
    expect(splitRefund(payment, [closed], 100)).toEqual({ cashFen: 90, coupons: [coupon('1', 'CASH', 10)] });
  });

  test('gives back cash alone while the coupons are ahead of their share', () => {
    const payment = paymentOf(9, [coupon('1', 'CASH', 1)]);
    const ahead = refundOf(1, { cashFen: 0, coupons: [coupon('1', 'CASH', 1)] });
    expect(splitRefund(payment, [ahead], 5)).toEqual({ cashFen: 5, coupons: [] });
  });

  test('gives back coupons alone while the cash is ahead of its share', () => {
    const payment = paymentOf(5, [coupon('1', 'CASH', 5)]);
    const ahead = refundOf(5, { cashFen: 5, coupons: [] });
    expect(splitRefund(payment, [ahead], 1)).toEqual({ cashFen: 0, coupons: [coupon('1', 'CASH', 1)] });
  });

  test('adds up, never gives back more than was paid, and comes out even in the end', () => {
    const coupons = fc
      .array(fc.integer({ min: 1, max: 5000 }), { maxLength: 4 })
      .map((fens) => fens.map((fen, index) => coupon(String(index), index % 2 === 0 ? 'CASH' : 'NO_CASH', fen)));
    const payments = fc
      .tuple(fc.nat(10_000), coupons)
      .filter(([cashFen, spent]) => cashFen + spent.length > 0)
      .map(([cashFen, spent]) => paymentOf(cashFen, spent));
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const steps = fc.array(fc.oneof(fc.record({ refund: share }), fc.record({ giveUp: share })), { maxLength: 20 });
    fc.assert(
      fc.property(payments, steps, (payment, plan) => {
        const refunds = refundAll(payment, plan);
        expect(refunds.reduce((sum, refund) => sum + refund.cashFen, 0)).toBe(payment.cashFen);
        for (const { couponId, fen } of payment.coupons) {
          const back = refunds.flatMap((refund) => refund.coupons.filter((part) => part.couponId === couponId));
          expect(couponFen(back)).toBe(fen);
        }
      }),
    );
  });
});

type Step = { readonly refund: number } | { readonly giveUp: number };

/** Refunds shares of what is left, gives up refunds in between, and refunds the rest; answers with those that count. */
function refundAll(payment: SimPayment, plan: readonly Step[]): SimRefund[] {
  const live: SimRefund[] = [];
  for (const step of [...plan, { refund: 1 }]) {
    const leftFen = live.reduce(
      (left, refund) => left - refund.refundFen,
      payment.cashFen + couponFen(payment.coupons),
    );
    if ('giveUp' in step) live.splice(Math.floor(step.giveUp * live.length), 1);
    else if (Math.floor(leftFen * step.refund) > 0)
      live.push(nextRefund(payment, live, Math.floor(leftFen * step.refund)));
  }
  return live;
}

function nextRefund(payment: SimPayment, live: readonly SimRefund[], refundFen: number): SimRefund {
  const parts = splitRefund(payment, live, refundFen);
  expect(parts.cashFen).toBeGreaterThanOrEqual(0);
  expect(parts.cashFen + couponFen(parts.coupons)).toBe(refundFen);
  return refundOf(refundFen, parts);
}
