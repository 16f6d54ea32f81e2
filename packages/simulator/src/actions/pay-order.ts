import { failure, ok, type Result } from '@orderkeeper/protocol';
import { couponFen } from '../core/coupons.ts';
import { mayPay, NOT_PAYABLE_TEXTS, type NotPayableReason } from '../core/payable.ts';
import { moveOrder } from '../core/trade-state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CouponKind, SimCombine, SimOrder } from '../ledger/order.ts';
import type { World } from '../world.ts';

/** Who pays and with what. */
export interface PayWish {
  /** Default: whom the order is for, else a new payer. */
  readonly openid?: string;
  /** Default `OTHERS`. */
  readonly bankType?: string;
  /** Default `N`. */
  readonly isSubscribe?: 'Y' | 'N';
  /** `allowed`: the money of an order that was closed meanwhile arrives after all, with a notice as for any payment. */
  readonly late?: 'allowed';
  /** Of a combined order they are spent on the part that is named. */
  readonly coupons?: readonly { readonly couponId?: string; readonly kind: CouponKind; readonly fen: number }[];
}

/** Why a payer cannot do it. */
export type PayerReason =
  | NotPayableReason
  | 'no-such-order'
  | 'several-orders'
  | 'coupons-too-large'
  | 'not-at-cashier';

/** The order after the act, or why nothing happened. */
export type PayerResult = Result<SimOrder, PayerReason>;

/** Ends a try to pay without money. */
export function failPayment(world: World, ledger: Ledger, order: SimOrder): PayerResult {
  const left = moveOrder(order, 'payer-fails', 'payer-failed', world.clock.nowMs());
  if (left === undefined) return mayPayOr(order);
  for (const part of ledger.partsOf(order)) {
    ledger.putOrder(moveOrder(part, 'payer-fails', 'payer-failed', world.clock.nowMs()) ?? part);
  }
  return ok(left);
}

/** Takes the money for an order, and for all that are combined with it, and tells the world. */
export function payOrder(world: World, ledger: Ledger, order: SimOrder, wish: PayWish): PayerResult {
  const paid = paidOrder(world, order, wish);
  if (!paid.ok) return paid;
  if (order.combine !== undefined) return payRest(world, ledger, paid.value, order.combine, wish);
  ledger.putOrder(paid.value);
  if (ledger === world.ledger) world.events.tell({ kind: 'paid', order: paid.value });
  return paid;
}

/** Pays the other parts as the first was paid: all of them, or none. */
function payRest(world: World, ledger: Ledger, first: SimOrder, combine: SimCombine, wish: PayWish): PayerResult {
  const { coupons: _, ...rest } = { ...wish, openid: first.payment?.openid ?? '' };
  const orders: SimOrder[] = [];
  for (const part of ledger.partsOf(first)) {
    const isFirst = part.mchid === first.mchid && part.outTradeNo === first.outTradeNo;
    const paid = isFirst ? ok(first) : paidOrder(world, part, rest);
    if (!paid.ok) return paid;
    orders.push(paid.value);
  }
  for (const order of orders) ledger.putOrder(order);
  if (ledger === world.ledger) world.events.tell({ kind: 'combine-paid', combine, orders });
  return ok(first);
}

/** The order as it is with the payer's money. */
function paidOrder(world: World, order: SimOrder, wish: PayWish): PayerResult {
  const coupons = (wish.coupons ?? []).map((coupon) => ({
    ...coupon,
    couponId: coupon.couponId ?? world.ids.couponId(),
  }));
  const couponsFen = couponFen(coupons);
  if (couponsFen > order.totalFen) {
    return failure('coupons-too-large', `the coupons are worth ${couponsFen} fen, the order costs ${order.totalFen}`);
  }
  const atMs = world.clock.nowMs();
  const moved =
    wish.late === 'allowed' && order.state === 'CLOSED'
      ? moveOrder(order, 'pay-late', 'money-came-late', atMs)
      : moveOrder(order, 'pay', 'payer-paid', atMs);
  if (moved === undefined) return mayPayOr(order);
  return ok({
    ...moved,
    payment: {
      transactionId: world.ids.transactionId(),
      paidAtMs: atMs,
      openid: wish.openid ?? (order.openid === '' ? world.ids.openid() : order.openid),
      subOpenid: order.subAppid === '' ? '' : order.subOpenid === '' ? world.ids.openid() : order.subOpenid,
      isSubscribe: wish.isSubscribe ?? 'N',
      bankType: wish.bankType ?? 'OTHERS',
      cashFen: order.totalFen - couponsFen,
      coupons,
    },
  });
}

/** The refusal of an order that the table does not move; one that may be paid is always moved. */
function mayPayOr(order: SimOrder): PayerResult {
  const open = mayPay(order);
  return open.ok ? failure('failed', NOT_PAYABLE_TEXTS.failed) : open;
}
