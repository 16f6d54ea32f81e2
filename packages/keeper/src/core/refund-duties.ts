import type { DutyChange } from './decision.ts';
import type { PlannedDuty } from './attempt-duties.ts';
import type { Order, Refund } from './order.ts';
import { refundsOf } from './refund-sums.ts';
import type { Rules } from './rules.ts';

/** What a refund asks of the keeper next, from what is written on it alone. */
export function planRefund(order: Order, refund: Refund, rules: Rules): readonly PlannedDuty[] {
  switch (refund.state) {
    case 'asked': {
      // After a call without an answer we look for our own number first; only when it is not there the call is repeated.
      if (refund.lookAtMs !== undefined)
        return [{ kind: 'follow-refund', dueAtMs: refund.lookAtMs, priority: 'close' }];
      const dueAtMs = refund.sending?.notBeforeMs ?? firstSendAtMs(order, refund, rules);
      return [{ kind: 'refund', dueAtMs, priority: 'close' }];
    }
    case 'processing': {
      const dueAtMs = refund.lookAtMs ?? nextLookAtMs(refund, rules);
      return dueAtMs === undefined ? [] : [{ kind: 'follow-refund', dueAtMs, priority: 'sweep' }];
    }
    // WeChat Pay is not done with it: a person sends it on, under the same number, and whether that is told is chance.
    case 'abnormal': {
      const dueAtMs = nextAbnormalLookAtMs(refund, rules);
      return dueAtMs === undefined ? [] : [{ kind: 'follow-refund', dueAtMs, priority: 'sweep' }];
    }
    case 'succeeded':
    case 'closed':
    case 'rejected':
      return [];
  }
}

/** The changes from one plan to the next; of a refund's two duties one is planned at most. */
export function refundDuties(
  order: Order,
  refund: Refund,
  before: Refund | undefined,
  rules: Rules,
): readonly DutyChange[] {
  const subject = refund.outRefundNo;
  const planned = planRefund(order, refund, rules);
  const others = (['refund', 'follow-refund'] as const).filter((kind) => !planned.some((duty) => duty.kind === kind));
  return [
    ...planned.map((duty): DutyChange => ({ change: 'schedule', subject, ...duty })),
    ...(before === undefined ? [] : others.map((kind): DutyChange => ({ change: 'cancel', subject, kind }))),
  ];
}

/**
 * WeChat Pay wants two refunds of one payment a minute apart, so parts asked for together leave one after the other.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_4
 */
function firstSendAtMs(order: Order, refund: Refund, rules: Rules): number {
  let freeAtMs = 0;
  for (const part of refundsOf(order, refund.outTradeNo)) {
    const sendAtMs = Math.max(part.askedAtMs, freeAtMs);
    if (part.outRefundNo === refund.outRefundNo) return sendAtMs;
    freeAtMs = sendAtMs + rules.refundGapMs;
  }
  return refund.askedAtMs;
}

/** The next look of R12 after the last one; `undefined` when the schedule is used up and a person was told. */
export function nextLookAtMs(refund: Refund, rules: Rules): number | undefined {
  return nextAfterLook(refund, refund.acceptedAtMs ?? refund.askedAtMs, rules.refundLookAfterMs);
}

/** The next look at a refund that waits for a person; `undefined` when only its notice can still tell. */
function nextAbnormalLookAtMs(refund: Refund, rules: Rules): number | undefined {
  return nextAfterLook(refund, refund.abnormalAtMs ?? refund.askedAtMs, rules.abnormalLookAfterMs);
}

function nextAfterLook({ lastLookAtMs }: Refund, startMs: number, afterMs: readonly number[]): number | undefined {
  const sinceMs = Math.max(startMs, lastLookAtMs ?? startMs);
  return afterMs.map((after) => startMs + after).find((atMs) => atMs > sinceMs);
}
