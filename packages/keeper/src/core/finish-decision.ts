import { attemptDuties } from './attempt-duties.ts';
import type { Decision, DutyChange, EventDraft } from './decision.ts';
import type { Draft } from './draft.ts';
import type { Moment } from './moment.ts';
import type { Order } from './order.ts';
import { newsOfState, orderStateOf } from './order-state.ts';
import { refundDuties } from './refund-duties.ts';
import type { Rules } from './rules.ts';

/** Which attempts and refunds are planned anew: those that changed, or all of them. */
export type Replan = 'changed' | 'all';

/** Turns a draft into a decision: the order's state, numbered events, and the duties of everything that changed. */
export function finishDecision(before: Order, draft: Draft, moment: Moment, replan: Replan): Decision {
  const stateful = withState(draft.order);
  const news = [...draft.news, ...newsOfState(before, stateful)];
  const order = news.length === 0 ? stateful : { ...stateful, eventCount: before.eventCount + news.length };
  const events = news.map(
    ({ type, data }, index): EventDraft => ({
      type,
      data,
      sequence: before.eventCount + index + 1,
      atMs: moment.nowMs,
    }),
  );
  const { alarms, summary, refused } = draft;
  const duties = [...dutiesOf(before, order, moment.rules, replan), ...deliver(order, events, moment)];
  return { order, events, duties, alarms, summary, ...(refused === undefined ? {} : { refused }) };
}

function withState(order: Order): Order {
  const state = orderStateOf(order);
  return state === order.state ? order : { ...order, state };
}

/** A final order leaves no question behind: when its state changes, every attempt is planned anew. */
function dutiesOf(before: Order, after: Order, rules: Rules, replan: Replan): readonly DutyChange[] {
  const isNewPlan =
    replan === 'all' || before.state !== after.state || before.attempts.length !== after.attempts.length;
  const attempts = after.attempts.flatMap((attempt) => {
    const known = before.attempts.find(({ outTradeNo }) => outTradeNo === attempt.outTradeNo);
    return known !== attempt || isNewPlan ? attemptDuties(after, attempt, known, rules) : [];
  });
  const refunds = after.refunds.flatMap((refund) => {
    const known = before.refunds.find(({ outRefundNo }) => outRefundNo === refund.outRefundNo);
    return known !== refund || replan === 'all' ? refundDuties(after, refund, known, rules) : [];
  });
  return [...attempts, ...refunds];
}

/** Whatever is told is to be delivered, from now on (R13). */
function deliver(order: Order, events: readonly EventDraft[], { nowMs }: Moment): readonly DutyChange[] {
  if (events.length === 0) return [];
  return [{ change: 'schedule', kind: 'deliver', subject: order.orderId, dueAtMs: nowMs, priority: 'payer-waits' }];
}
