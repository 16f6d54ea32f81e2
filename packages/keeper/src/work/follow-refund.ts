import { attemptOf } from '../core/draft.ts';
import type { Observation, RefundReport } from '../core/observation.ts';
import type { Refund } from '../core/order.ts';
import type { GatewayOutcome } from '../gateway/payment-gateway.ts';
import { type DutyRun, finish, settle } from './duty-run.ts';
import { refundOfDuty } from './planned-duty.ts';
import { merchantOf } from './work-context.ts';

/** Looks how far a refund has come, until it is final (R12). */
export const followRefund: DutyRun = async (duty, order, context) => {
  const followed = refundOfDuty(order, duty);
  const attempt = followed === undefined ? undefined : attemptOf(order, followed.outTradeNo);
  if (followed === undefined || attempt === undefined) return settle(duty, context);
  const { outRefundNo, refundId } = followed;
  const name = refundId === undefined ? { outRefundNo } : { outRefundNo, refundId };
  const outcome = await merchantOf(context, duty.mchid).gatewayOf(attempt).queryRefund(name);
  return finish(duty, { source: 'refundquery', outcome, observation: lookObservation(followed, outcome) }, context);
};

/** What a look at a refund says; a refusal is no knowledge about it. */
export function lookObservation(
  { outRefundNo }: Refund,
  outcome: GatewayOutcome<RefundReport | 'not-found'>,
): Observation {
  switch (outcome.outcome) {
    case 'done':
      return outcome.answer === 'not-found'
        ? { kind: 'refund-not-found', outRefundNo }
        : { kind: 'refund-reported', report: outcome.answer, learnedBy: 'query' };
    case 'rejected':
    case 'unknown':
      return { kind: 'refund-look-unknown', outRefundNo };
  }
}
