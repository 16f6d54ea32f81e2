import { applyFact } from './apply-fact.ts';
import { isLive } from './attempt-transitions.ts';
import { type Draft, withAttempt } from './draft.ts';
import { isMicropay } from './micropay.ts';
import type { Moment } from './moment.ts';
import type { Attempt, CloseReason, Order } from './order.ts';
import { paidAfterClose } from './paid-after-close.ts';
import { paidTwice } from './paid-twice.ts';

/** An attempt has just become paid: for the order this is its payment, a second one (R10), or one too late (R11). */
export function receivePayment(draft: Draft, attempt: Attempt, moment: Moment): Draft {
  const { order } = draft;
  if (order.paidBy !== undefined) return paidTwice(draft, attempt, moment);
  switch (order.state) {
    case 'open':
      return { ...draft, order: endOthers({ ...order, paidBy: attempt.outTradeNo }, attempt, moment) };
    case 'closed':
    case 'reversed':
      return paidAfterClose(draft, attempt, moment);
    case 'paid':
    case 'refunded':
      return paidTwice(draft, attempt, moment);
  }
}

/** The order is paid: another attempt that can still be paid is ended, so that it is not paid twice. */
function endOthers(order: Order, payer: Attempt, moment: Moment): Order {
  const others = order.attempts.filter((attempt) => attempt.outTradeNo !== payer.outTradeNo && isLive(attempt));
  return others.reduce((ended, attempt) => withAttempt(ended, endAttempt(attempt, 'replaced', moment)), order);
}

/** Ends a live attempt: micropay is reversed (R8), everything else is closed (R7). */
export function endAttempt(attempt: Attempt, because: CloseReason, moment: Moment): Attempt {
  const fact = isMicropay(attempt)
    ? ({ fact: 'reverse-wanted' } as const)
    : ({ fact: 'close-wanted', because } as const);
  return applyFact(attempt, fact, moment).attempt;
}
