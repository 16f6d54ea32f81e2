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
  const observation = reverseObservation(attempt, outcome, context.clock.nowMs());
  return finish(duty, { source: 'reverse', outcome, observation }, context);
};

/**
 * An order is reversed within seven days. Not every protocol names this refusal, so one that comes later is taken for it.
 * @see https://pay.weixin.qq.com/wiki/doc/api/micropay.php?chapter=9_11
 */
export const REVERSE_AGE_MS_MAX = 7 * 24 * 60 * 60_000;

/** What the answer to a reverse says. A refusal for another reason than age leaves it open: a query tells. */
export function reverseObservation(
  { outTradeNo, openedAtMs }: Attempt,
  outcome: GatewayOutcome<'reversed' | 'again'>,
  nowMs: number,
): Observation {
  const isOld = nowMs - openedAtMs > REVERSE_AGE_MS_MAX;
  return { kind: 'reverse-answered', outTradeNo, answer: reverseAnswer(outcome, isOld ? 'old' : 'young') };
}

function reverseAnswer(outcome: GatewayOutcome<'reversed' | 'again'>, age: 'young' | 'old'): ReverseAnswer {
  switch (outcome.outcome) {
    case 'done':
      return outcome.answer === 'reversed' ? 'done' : 'again';
    case 'rejected':
      return outcome.says === 'too-old' || age === 'old' ? 'expired' : 'unknown';
    case 'unknown':
      return 'unknown';
  }
}
