import type { Observation } from '../core/observation.ts';
import type { Attempt } from '../core/order.ts';
import type { GatewayOutcome } from '../gateway/payment-gateway.ts';
import type { Refusal } from '../gateway/refusal.ts';
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

/** What a refused close says; who is refused for now asks first, then closes again. */
const REFUSED: Readonly<Record<Refusal, CloseAnswer>> = {
  refused: 'unknown',
  later: 'busy',
  ask: 'busy',
  'order-paid': 'order-paid',
  'order-closed': 'order-closed',
  'not-found': 'order-not-exist',
  'too-old': 'unknown',
};

/** What the answer to a close says. */
export function closeObservation({ outTradeNo }: Attempt, outcome: GatewayOutcome<'closed'>): Observation {
  return { kind: 'close-answered', outTradeNo, answer: closeAnswer(outcome) };
}

function closeAnswer(outcome: GatewayOutcome<'closed'>): CloseAnswer {
  switch (outcome.outcome) {
    case 'done':
      return 'done';
    case 'rejected':
      return REFUSED[outcome.says];
    case 'unknown':
      return 'unknown';
  }
}
