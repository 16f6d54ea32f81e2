import type { Observation } from '../core/observation.ts';
import type { Attempt } from '../core/order.ts';
import type { GatewayOutcome } from '../gateway/payment-gateway.ts';
import { type DutyRun, finish, settle } from './duty-run.ts';
import { attemptOfDuty } from './planned-duty.ts';
import { merchantOf } from './work-context.ts';

type ReverseAnswer = Extract<Observation, { kind: 'reverse-answered' }>['answer'];

/** Takes a micropay attempt back; repeated while WeChat Pay asks for it (R8). */
export const reverse: DutyRun = async (duty, order, context) => {
  const attempt = attemptOfDuty(order, duty);
  if (attempt === undefined) return settle(duty, context);
  const outcome = await merchantOf(context, duty.mchid).gatewayOf(attempt).reverse({ outTradeNo: attempt.outTradeNo });
  return finish(duty, { source: 'reverse', outcome, observation: reverseObservation(attempt, outcome) }, context);
};

/** What the answer to a reverse says. A refusal for another reason than age leaves it open: a query tells. */
export function reverseObservation(
  { outTradeNo }: Attempt,
  outcome: GatewayOutcome<'reversed' | 'again'>,
): Observation {
  return { kind: 'reverse-answered', outTradeNo, answer: reverseAnswer(outcome) };
}

function reverseAnswer(outcome: GatewayOutcome<'reversed' | 'again'>): ReverseAnswer {
  switch (outcome.outcome) {
    case 'done':
      return outcome.answer === 'reversed' ? 'done' : 'again';
    case 'rejected':
      return outcome.code === 'REVERSE_EXPIRE' ? 'expired' : 'unknown';
    case 'unknown':
      return 'unknown';
  }
}
