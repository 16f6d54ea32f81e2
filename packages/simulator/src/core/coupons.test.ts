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

  test('adds up, never gives back more than was paid, and comes out even in the end', () => {
    const payments = fc
      .tuple(fc.nat(10_000), fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 4 }))
      .filter(([cash, coupons]) => cash + coupons.length > 0)
      .map(([cash, fens]) =>
        paymentOf(
          cash,
          fens.map((fen, index) => coupon(String(index), index % 2 === 0 ? 'CASH' : 'NO_CASH', fen)),
        ),
      );
    fc.assert(
      fc.property(
        payments,
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), { maxLength: 12 }),
        (payment, cuts) => {
          let leftFen = payment.cashFen + couponFen(payment.coupons);
          const refunds: SimRefund[] = [];
          for (const [share, isGivenUp] of [...cuts, [1, false] as const]) {
            const refundFen = share === 1 ? leftFen : Math.floor(leftFen * share);
            if (refundFen === 0) continue;
            const parts = splitRefund(payment, refunds, refundFen);
            expect(parts.cashFen).toBeGreaterThanOrEqual(0);
            expect(parts.cashFen + couponFen(parts.coupons)).toBe(refundFen);
            refunds.push(refundOf(refundFen, parts, isGivenUp ? 'REFUNDCLOSE' : 'SUCCESS'));
            if (!isGivenUp) leftFen -= refundFen;
          }
          const live = refunds.filter(({ state }) => state === 'SUCCESS');
          expect(live.reduce((sum, refund) => sum + refund.cashFen, 0)).toBe(payment.cashFen);
          for (const { couponId, fen } of payment.coupons) {
            expect(couponFen(live.flatMap(({ coupons }) => coupons.filter((part) => part.couponId === couponId)))).toBe(
              fen,
            );
          }
        },
      ),
    );
  });
});
