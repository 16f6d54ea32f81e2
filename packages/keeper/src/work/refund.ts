import type { Observation, RefundReport } from '../core/observation.ts';
import type { Refund } from '../core/order.ts';
import { attemptOf } from '../core/draft.ts';
import type { GatewayOutcome } from '../gateway/payment-gateway.ts';
import type { Refusal } from '../gateway/refusal.ts';
import { type DutyRun, finish, settle } from './duty-run.ts';
import { refundOfDuty } from './planned-duty.ts';
import { merchantOf } from './work-context.ts';

/** Asks for a refund, under the same number and with the same amounts on every try (R12). */
export const refund: DutyRun = async (duty, order, context) => {
  const wanted = refundOfDuty(order, duty);
  const attempt = wanted === undefined ? undefined : attemptOf(order, wanted.outTradeNo);
  if (wanted === undefined || attempt?.payment === undefined) return settle(duty, context);
  const { totalFen } = attempt.payment;
  const outcome = await merchantOf(context, duty.mchid).gatewayOf(attempt).refund(wanted, totalFen);
  return finish(duty, { source: 'refund', outcome, observation: refundObservation(wanted, outcome) }, context);
};

/** What a refused refund is. */
const REFUSED: Readonly<Record<Refusal, 'refund-rejected' | 'refund-postponed'>> = {
  refused: 'refund-rejected',
  later: 'refund-postponed',
  ask: 'refund-rejected',
  'order-paid': 'refund-rejected',
  'order-closed': 'refund-rejected',
  'not-found': 'refund-rejected',
  'too-old': 'refund-rejected',
};

/** What the answer to a refund call says. */
export function refundObservation({ outRefundNo }: Refund, outcome: GatewayOutcome<RefundReport>): Observation {
  switch (outcome.outcome) {
    case 'done':
      return { kind: 'refund-reported', report: outcome.answer, learnedBy: 'answer' };
    case 'rejected': {
      const { says, code, message } = outcome;
      return { kind: REFUSED[says], outRefundNo, code, message };
    }
    case 'unknown':
      return { kind: 'refund-unknown', outRefundNo };
  }
}
