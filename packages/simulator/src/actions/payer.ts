import { failure, ok } from '@orderkeeper/protocol';
import { mayEnter, mayPay } from '../core/payable.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { OauthBook } from '../oauth/oauth-book.ts';
import type { World } from '../world.ts';
import { failPayment, type PayerResult, payOrder, type PayWish } from './pay-order.ts';

/**
 * Which order a payer acts on; `mchid` is needed only where two merchants use the same number. The number of a combined
 * order is one too, and whatever happens to one of its parts happens to all of them.
 */
export interface OrderName {
  readonly outTradeNo: string;
  readonly mchid?: string;
}

function find(ledger: Ledger, { outTradeNo, mchid }: OrderName): PayerResult {
  const isMeant = (owner: { readonly mchid: string }): boolean => mchid === undefined || owner.mchid === mchid;
  const named = ledger.ordersNamed(outTradeNo).filter(isMeant);
  const orders = named.length > 0 ? named : combinesNamed(ledger, outTradeNo).filter((order) => isMeant(order.combine));
  const [order] = orders;
  if (order === undefined)
    return failure('no-such-order', `no order has the number ${outTradeNo}; GET /ledger lists them all`);
  if (orders.length > 1)
    return failure('several-orders', `${orders.length} merchants have an order ${outTradeNo}; name the mchid too`);
  return ok(order);
}

type Part = SimOrder & Required<Pick<SimOrder, 'combine'>>;

const isPart = (order: SimOrder): order is Part => order.combine !== undefined;

/** The first part of every combined order with this number. */
const combinesNamed = (ledger: Ledger, outTradeNo: string): Part[] =>
  ledger.combinedNamed(outTradeNo).flatMap((parts) => parts.filter(isPart).slice(0, 1));

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
  const nowMs = world.clock.nowMs();
  const entered = mayEnter(found.value, nowMs);
  if (!entered.ok) return entered;
  for (const part of world.ledger.partsOf(entered.value)) world.ledger.putOrder({ ...part, cashierSinceMs: nowMs });
  return ok({ ...entered.value, cashierSinceMs: nowMs });
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
