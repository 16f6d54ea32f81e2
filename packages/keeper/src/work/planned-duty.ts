import { planAttempt, type PlannedDuty } from '../core/attempt-duties.ts';
import type { DutyKey } from '../core/decision.ts';
import type { Attempt, Order, Refund } from '../core/order.ts';
import { planRefund } from '../core/refund-duties.ts';
import type { Rules } from '../core/rules.ts';

/** The attempt that a duty is about. */
export const attemptOfDuty = (order: Order, { subject }: DutyKey): Attempt | undefined =>
  order.attempts.find(({ outTradeNo }) => outTradeNo === subject);

/** The refund that a duty is about. */
export const refundOfDuty = (order: Order, { subject }: DutyKey): Refund | undefined =>
  order.refunds.find(({ outRefundNo }) => outRefundNo === subject);

/**
 * What the order, as it is now, says about a duty that was claimed a moment ago: still wanted, and from when on, or not
 * any more. Between claiming and running a notice may have come in, and a call that nobody needs is not made.
 */
export function plannedDuty(order: Order, duty: DutyKey, rules: Rules): PlannedDuty | undefined {
  return plansOf(order, duty, rules).find(({ kind }) => kind === duty.kind);
}

function plansOf(order: Order, duty: DutyKey, rules: Rules): readonly PlannedDuty[] {
  switch (duty.kind) {
    case 'place':
    case 'query':
    case 'close':
    case 'reverse': {
      const attempt = attemptOfDuty(order, duty);
      return attempt === undefined ? [] : planAttempt(order, attempt, rules);
    }
    case 'refund':
    case 'follow-refund': {
      const refund = refundOfDuty(order, duty);
      return refund === undefined ? [] : planRefund(order, refund, rules);
    }
    case 'deliver':
      return [{ kind: 'deliver', dueAtMs: 0, priority: 'payer-waits' }];
  }
}
