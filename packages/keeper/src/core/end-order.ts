import { isLive } from './attempt-transitions.ts';
import { type Draft, refuse, unchanged, withAttempt } from './draft.ts';
import type { Moment } from './moment.ts';
import type { CloseReason, Order, OrderState } from './order.ts';
import { endOrder } from './order-state.ts';
import { endAttempt } from './receive-payment.ts';

/** What a wish to close meets in an order that is not open. */
const NOT_OPEN: Readonly<Record<Exclude<OrderState, 'open'>, 'paid' | 'ended'>> = {
  paid: 'paid',
  refunded: 'paid',
  closed: 'ended',
  reversed: 'ended',
};

/**
 * The merchant or the schedule wants nothing more to be paid: a live attempt is ended, and with it the order.
 * `replaced` ends the attempt alone, so that the order can be paid under a new number (R9).
 */
export function wantEnd(order: Order, because: CloseReason, moment: Moment): Draft {
  if (order.state !== 'open') {
    return NOT_OPEN[order.state] === 'paid'
      ? refuse(order, 'order-paid', 'the order is paid and cannot be closed; refund it instead')
      : unchanged(order, `the order is ${order.state} already`);
  }
  const ending = because === 'replaced' ? order : endOrder(order, because, moment.nowMs);
  const live = order.attempts.find(isLive);
  if (live === undefined) return unchanged(ending, `nothing can be paid: closed because ${because}`);
  const ended = endAttempt(live, because, moment);
  return unchanged(withAttempt(ending, ended), `${live.outTradeNo} is to be ended: ${because}; ${ended.state}`);
}
