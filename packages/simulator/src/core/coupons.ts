import type { CouponKind, SimCoupon, SimPayment } from '../ledger/order.ts';
import type { SimRefund } from '../ledger/refund.ts';

/** The sum of coupons, of one kind or of all. */
export function couponFen(coupons: readonly SimCoupon[], kind?: CouponKind): number {
  return coupons.reduce((sum, coupon) => (kind === undefined || coupon.kind === kind ? sum + coupon.fen : sum), 0);
}

/** What is settled with the merchant: everything but the coupons that nobody paid for. */
export const settledFen = (totalFen: number, coupons: readonly SimCoupon[]): number =>
  totalFen - couponFen(coupons, 'NO_CASH');

/** How a refund is made up. */
export interface RefundParts {
  readonly cashFen: number;
  readonly coupons: readonly SimCoupon[];
}

/**
 * Splits a refund between cash and coupons in the proportion of the payment. Rounding is carried from part to part, so
 * that the parts of a full refund give back exactly what was paid. No part gives back more than is left: the coupons
 * never pass their share of what is refunded rounded down, so the cash never passes its share rounded up.
 */
export function splitRefund(payment: SimPayment, earlier: readonly SimRefund[], refundFen: number): RefundParts {
  const live = earlier.filter((refund) => refund.state !== 'REFUNDCLOSE');
  const couponsFen = couponFen(payment.coupons);
  const totalFen = payment.cashFen + couponsFen;
  const beforeFen = live.reduce((sum, refund) => sum + refund.refundFen, 0);
  const givenFen = live.reduce((sum, refund) => sum + couponFen(refund.coupons), 0);
  const dueFen = Number((BigInt(couponsFen) * BigInt(beforeFen + refundFen)) / BigInt(totalFen)) - givenFen;
  const shareFen = Math.min(Math.max(dueFen, 0), refundFen);
  return { cashFen: refundFen - shareFen, coupons: takeFrom(leftOf(payment.coupons, live), shareFen) };
}

function leftOf(coupons: readonly SimCoupon[], refunds: readonly SimRefund[]): SimCoupon[] {
  return coupons.map((coupon) => {
    const given = refunds.flatMap((refund) => refund.coupons.filter(({ couponId }) => couponId === coupon.couponId));
    return { ...coupon, fen: coupon.fen - couponFen(given) };
  });
}

/** Takes an amount from coupons one after the other. */
function takeFrom(coupons: readonly SimCoupon[], amountFen: number): SimCoupon[] {
  let openFen = amountFen;
  const taken: SimCoupon[] = [];
  for (const coupon of coupons) {
    const fen = Math.min(coupon.fen, openFen);
    openFen -= fen;
    if (fen > 0) taken.push({ ...coupon, fen });
  }
  return taken;
}
