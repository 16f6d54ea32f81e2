import { isMicropay } from '../core/micropay.ts';
import type { Observation } from '../core/observation.ts';
import type { Attempt, Prepay } from '../core/order.ts';
import type { GatewayOutcome } from '../gateway/payment-gateway.ts';
import { charge } from './charge.ts';
import { type DutyRun, finish, settle } from './duty-run.ts';
import { attemptOfDuty } from './planned-duty.ts';
import { merchantOf } from './work-context.ts';

/** Places an attempt, or repeats the call with the same number and content (R2). A micropay attempt is charged. */
export const place: DutyRun = async (duty, order, context) => {
  const attempt = attemptOfDuty(order, duty);
  if (attempt === undefined) return settle(duty, context);
  if (isMicropay(attempt)) return charge(duty, attempt, context);
  // Held up until its time was over: nobody could pay it any more, and the query that is due now ends it.
  if (context.clock.nowMs() >= attempt.content.expiresAtMs) return settle(duty, context);
  const outcome = await merchantOf(context, duty.mchid).gatewayOf(attempt).place(attempt);
  return finish(duty, { source: 'place', outcome, observation: placeObservation(attempt, outcome) }, context);
};

/** Refusals that say nothing about the attempt: it was not accepted this time, the same call may be next time. */
const COME_BACK_LATER: ReadonlySet<string> = new Set(['FREQUENCY_LIMITED', 'ABORTED_BEFORE_SENDING', 'NO_TIME_LEFT']);

/** What the answer to a placing call says. */
export function placeObservation({ outTradeNo }: Attempt, outcome: GatewayOutcome<Prepay>): Observation {
  switch (outcome.outcome) {
    case 'done':
      return { kind: 'placed', outTradeNo, prepay: outcome.answer };
    case 'rejected': {
      const { code, message } = outcome;
      if (COME_BACK_LATER.has(code)) return { kind: 'place-unknown', outTradeNo };
      return { kind: 'place-rejected', outTradeNo, code, message };
    }
    case 'unknown':
      return { kind: 'place-unknown', outTradeNo };
  }
}
