import { failure, ok, type Result } from '@orderkeeper/protocol';
import { couponFen } from '../core/coupons.ts';
import { mayEnter, mayPay, NOT_PAYABLE_TEXTS, type NotPayableReason } from '../core/payable.ts';
import { moveOrder } from '../core/trade-state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CouponKind, SimOrder } from '../ledger/order.ts';
import type { OauthBook } from '../oauth/oauth-book.ts';
import type { World } from '../world.ts';

/** Which order a payer acts on; `mchid` is needed only where two merchants use the same number. */
export interface OrderName {
  readonly outTradeNo: string;
  readonly mchid?: string;
}

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

function find(ledger: Ledger, { outTradeNo, mchid }: OrderName): PayerResult {
  const orders = ledger.ordersNamed(outTradeNo).filter((order) => mchid === undefined || order.mchid === mchid);
  const [order] = orders;
  if (order === undefined)
    return failure('no-such-order', `no order has the number ${outTradeNo}; GET /ledger lists them all`);
  if (orders.length > 1)
    return failure('several-orders', `${orders.length} merchants have an order ${outTradeNo}; name the mchid too`);
  return ok(order);
}

/** What payers do. Every act says what became of the order, or why nothing happened. */
export interface Payer {
  /** Scans the code or opens the cashier: from now on the order counts as being paid. */
  readonly scan: (name: OrderName) => PayerResult;
  /** Pays; who was not at the cashier enters it first. Who entered before the expiry may pay after it. */
  readonly pay: (name: OrderName, wish?: PayWish) => PayerResult;
  /** Leaves the cashier without paying. A micropay has failed then. */
  readonly cancel: (name: OrderName) => PayerResult;
  /** Tries to pay and fails: a wrong password, an empty card. May try again, except at a micropay. */
  readonly fail: (name: OrderName) => PayerResult;
  /** Opens the mini program and gets its `js_code`; the same visitor has the same openid every time. */
  readonly login: (appid: string, visitor: string) => string;
}

/** Creates the payers of a world. */
export function createPayer(world: World, oauth: OauthBook): Payer {
  return {
    scan: (name) => scan(world, name),
    pay: (name, wish = {}) => {
      const named = find(world.ledger, name);
      if (wish.late === 'allowed' && named.ok && named.value.state === 'CLOSED') {
        return payOrder(world, world.ledger, named.value, wish);
      }
      const entered = scan(world, name);
      return entered.ok ? payOrder(world, world.ledger, entered.value, wish) : entered;
    },
    cancel: (name) => leave(world, name),
    fail: (name) => {
      const entered = scan(world, name);
      return entered.ok ? leave(world, name) : entered;
    },
    login: (appid, visitor) => oauth.issueCode(appid, visitor, 'mini-program'),
  };
}

function scan(world: World, name: OrderName): PayerResult {
  const found = find(world.ledger, name);
  if (!found.ok) return found;
  if (found.value.cashierSinceMs !== undefined && mayPay(found.value).ok) return found;
  const entered = mayEnter(found.value, world.clock.nowMs());
  if (!entered.ok) return entered;
  const order = { ...entered.value, cashierSinceMs: world.clock.nowMs() };
  world.ledger.putOrder(order);
  return ok(order);
}

function leave(world: World, name: OrderName): PayerResult {
  const found = find(world.ledger, name);
  if (!found.ok) return found;
  const open = mayPay(found.value);
  if (!open.ok) return open;
  const order = open.value;
  if (order.cashierSinceMs === undefined && order.state === 'NOTPAY') {
    return failure('not-at-cashier', `nobody is at the cashier of order ${order.outTradeNo}; scan it first`);
  }
  return failPayment(world, world.ledger, order);
}

/** Ends a try to pay without money. */
export function failPayment(world: World, ledger: Ledger, order: SimOrder): PayerResult {
  const left = moveOrder(order, 'payer-fails', 'payer-failed', world.clock.nowMs());
  if (left === undefined) return mayPayOr(order);
  ledger.putOrder(left);
  return ok(left);
}

/** Takes the money for an order and tells the world. */
export function payOrder(world: World, ledger: Ledger, order: SimOrder, wish: PayWish): PayerResult {
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
  const paid: SimOrder = {
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
  };
  ledger.putOrder(paid);
  if (ledger === world.ledger) world.events.tell({ kind: 'paid', order: paid });
  return ok(paid);
}

/** The refusal of an order that the table does not move; one that may be paid is always moved. */
function mayPayOr(order: SimOrder): PayerResult {
  const open = mayPay(order);
  return open.ok ? failure('failed', NOT_PAYABLE_TEXTS.failed) : open;
}
