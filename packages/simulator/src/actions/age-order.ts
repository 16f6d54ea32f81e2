import { moveOrder } from '../core/trade-state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { World } from '../world.ts';

/** An unpaid order without an expiry of its own is closed by the platform at this age. */
export const UNPAID_AGE_MS_MAX = 7 * 24 * 60 * 60 * 1000;
/** A micropay without a password has failed at this age, as observed. */
export const USERPAYING_MS = 30_000;
/** A micropay without payment is revoked by the platform at this age, as documented. */
export const MICROPAY_REVOKE_MS = 45_000;

/** Closes the order when it is still unpaid after seven days. With an expiry it is the merchant of v2 who must close. */
export function closeWhenOld(world: World, ledger: Ledger, order: SimOrder): void {
  if (order.expiresAtMs !== undefined && order.apiVersion === 'v2') return;
  world.schedule(UNPAID_AGE_MS_MAX, () => {
    const present = ledger.order(order.mchid, order.outTradeNo);
    const closed = present && moveOrder(present, 'grow-old', 'closed-by-age', world.clock.nowMs());
    if (closed !== undefined) ledger.putOrder(closed);
  });
}

/** Ends a micropay whose payer never enters the password, by the way that is switched on at the time. */
export function endUserpayingWhenOld(world: World, ledger: Ledger, order: SimOrder): void {
  const end = (event: 'grow-old' | 'reverse', by: 'payer-gone' | 'reversed-by-age'): void => {
    const present = ledger.order(order.mchid, order.outTradeNo);
    if (present?.state !== 'USERPAYING') return;
    const ended = moveOrder(present, event, by, world.clock.nowMs());
    if (ended !== undefined) ledger.putOrder(ended);
  };
  world.schedule(USERPAYING_MS, () => {
    if (world.switches.micropayTimeout === 'payerror') end('grow-old', 'payer-gone');
  });
  world.schedule(MICROPAY_REVOKE_MS, () => {
    if (world.switches.micropayTimeout === 'revoked') end('reverse', 'reversed-by-age');
  });
}
