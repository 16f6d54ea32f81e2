import type { Observation, TradeReport } from '../core/observation.ts';
import type { Attempt } from '../core/order.ts';
import type { GatewayOutcome } from '../gateway/payment-gateway.ts';
import { type DutyRun, finish, settle } from './duty-run.ts';
import { attemptOfDuty } from './planned-duty.ts';
import { merchantOf } from './work-context.ts';

/** Asks WeChat Pay what became of an attempt, by its `transactionId` once that is known (R3). */
export const query: DutyRun = async (duty, order, context) => {
  const attempt = attemptOfDuty(order, duty);
  if (attempt === undefined) return settle(duty, context);
  const { outTradeNo, payment } = attempt;
  const name = payment === undefined ? { outTradeNo } : { outTradeNo, transactionId: payment.transactionId };
  const outcome = await merchantOf(context, duty.mchid).gatewayOf(attempt).query(name);
  return finish(duty, { source: 'query', outcome, observation: queryObservation(attempt, outcome) }, context);
};

/** What the answer to a query says; a refusal is no knowledge about the attempt. */
export function queryObservation(
  { outTradeNo }: Attempt,
  outcome: GatewayOutcome<TradeReport | 'not-found'>,
): Observation {
  switch (outcome.outcome) {
    case 'done':
      return outcome.answer === 'not-found'
        ? { kind: 'trade-not-found', outTradeNo }
        : { kind: 'trade', report: outcome.answer, learnedBy: 'query' };
    case 'rejected':
    case 'unknown':
      return { kind: 'query-unknown', outTradeNo };
  }
}
