import type { Fen } from '../values/fen.ts';
import { failure, ok } from '../values/result.ts';
import type { Coupon, CouponType, RefundCoupon } from '../v2/coupons.ts';
import {
  fenAmount,
  type MakeMember,
  oneOf,
  optional,
  positiveCount,
  readableEntries,
  text,
} from './json/json-kinds.ts';
import type { JsonTable } from './json/json-table.ts';

/** Goods that a coupon made cheaper. */
export interface DiscountedGoods {
  readonly goodsId: string;
  readonly quantity?: number;
  readonly priceFen?: Fen;
  readonly discountFen?: Fen;
  readonly remark?: string;
}

/** One coupon (优惠) used for a payment. */
export interface V3Coupon extends Coupon {
  readonly name?: string;
  /** `GLOBAL` counts for the order, `SINGLE` for single goods. */
  readonly scope?: 'GLOBAL' | 'SINGLE';
  readonly stockId?: string;
  /** Who bears it; one of the three has the amount. */
  readonly wechatpayContributeFen?: Fen;
  readonly merchantContributeFen?: Fen;
  readonly otherContributeFen?: Fen;
  readonly currency?: string;
  readonly goods?: readonly DiscountedGoods[];
}

/** What of one coupon went back with a refund. */
export interface V3RefundCoupon extends Omit<RefundCoupon, 'batchId'> {
  readonly scope?: 'GLOBAL' | 'SINGLE';
  /** What the coupon was worth. */
  readonly couponFen?: Fen;
}

/** The words of v2: what APIv3 calls `NOCASH` is `NO_CASH`. Samples show further words, which say nothing. */
const couponType: MakeMember<CouponType> = (wire) => ({
  ...oneOf<CouponType>('CASH', 'NO_CASH')(wire),
  read: (value) => {
    if (value === 'CASH') return ok('CASH');
    return value === 'NOCASH' ? ok('NO_CASH') : failure('value', 'is neither CASH nor NOCASH');
  },
});

const GOODS: JsonTable<DiscountedGoods> = {
  goodsId: text(32)('goods_id'),
  quantity: optional(positiveCount)('quantity'),
  priceFen: optional(fenAmount)('unit_price'),
  discountFen: optional(fenAmount)('discount_amount'),
  remark: optional(text(128))('goods_remark'),
};

/** Nothing is needed of a coupon: the order's own amounts say what was paid. */
const COUPON: JsonTable<V3Coupon> = {
  couponId: optional(text(32))('coupon_id'),
  type: optional(couponType)('type'),
  couponFen: optional(fenAmount)('amount'),
  name: optional(text(64))('name'),
  scope: optional(oneOf<'GLOBAL' | 'SINGLE'>('GLOBAL', 'SINGLE'))('scope'),
  stockId: optional(text(32))('stock_id'),
  wechatpayContributeFen: optional(fenAmount)('wechatpay_contribute'),
  merchantContributeFen: optional(fenAmount)('merchant_contribute'),
  otherContributeFen: optional(fenAmount)('other_contribute'),
  currency: optional(text(16))('currency'),
  goods: readableEntries(GOODS)('goods_detail'),
};

const REFUND_COUPON: JsonTable<V3RefundCoupon> = {
  couponId: optional(text(32))('promotion_id'),
  type: optional(couponType)('type'),
  couponFen: optional(fenAmount)('amount'),
  refundFen: optional(fenAmount)('refund_amount'),
  scope: optional(oneOf<'GLOBAL' | 'SINGLE'>('GLOBAL', 'SINGLE'))('scope'),
};

/** `promotion_detail` of an order. */
export const coupons: MakeMember<readonly V3Coupon[]> = readableEntries(COUPON);
/** `promotion_detail` of a refund, which has another shape. */
export const refundCoupons: MakeMember<readonly V3RefundCoupon[]> = readableEntries(REFUND_COUPON);
