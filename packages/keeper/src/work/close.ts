import type { Observation } from '../core/observation.ts';
import type { Attempt } from '../core/order.ts';
import type { GatewayOutcome } from '../gateway/payment-gateway.ts';
import { type DutyRun, finish, settle } from './duty-run.ts';
import { attemptOfDuty } from './planned-duty.ts';
import { merchantOf } from './work-context.ts';

type CloseAnswer = Extract<Observation, { kind: 'close-answered' }>['answer'];

/**
 * The middle of query, close, query (R7). Each of the three is a duty that the one before schedules for the same moment,
 * so the keeper goes through them in one run and a process that dies resumes between any two of them.
 */
export const close: DutyRun = async (duty, order, context) => {
  const attempt = attemptOfDuty(order, duty);
  if (attempt === undefined) return settle(duty, context);
  const outcome = await merchantOf(context, duty.mchid).gatewayOf(attempt).close(attempt.outTradeNo);
  return finish(duty, { source: 'close', outcome, observation: closeObservation(attempt, outcome) }, context);
};

/** What the codes of a refused close say; every other refusal leaves it open. */
const CLOSE_CODES: ReadonlyMap<string, CloseAnswer> = new Map([
  ['ORDERPAID', 'order-paid'],
  ['ORDERCLOSED', 'order-closed'],
  ['ORDERNOTEXIST', 'order-not-exist'],
  ['FREQUENCY_LIMITED', 'busy'],
  ['TRADE_STATE_ERROR', 'busy'],
  ['INVALID_REQUEST', 'busy'],
  // The client knows that the order was placed later than the keeper had counted on.
  ['CLOSE_TOO_EARLY', 'busy'],
]);

/** What the answer to a close says. */
export function closeObservation({ outTradeNo }: Attempt, outcome: GatewayOutcome<'closed'>): Observation {
  return { kind: 'close-answered', outTradeNo, answer: closeAnswer(outcome) };
}

function closeAnswer(outcome: GatewayOutcome<'closed'>): CloseAnswer {
  switch (outcome.outcome) {
    case 'done':
      return 'done';
    case 'rejected':
      return CLOSE_CODES.get(outcome.code) ?? 'unknown';
    case 'unknown':
      return 'unknown';
  }
}
