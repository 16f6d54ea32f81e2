import { isMicropay } from '../core/micropay.ts';
import type { Observation } from '../core/observation.ts';
import type { Attempt, Prepay } from '../core/order.ts';
import type { GatewayOutcome } from '../gateway/payment-gateway.ts';
import type { Refusal } from '../gateway/refusal.ts';
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

type Placed = 'place-rejected' | 'place-doubtful' | 'place-unknown';

/** What a refused placing call is. */
const REFUSED: Readonly<Record<Refusal, Placed>> = {
  refused: 'place-rejected',
  // It says nothing about the attempt: it was not accepted this time, the same call may be next time.
  later: 'place-unknown',
  ask: 'place-doubtful',
  'order-paid': 'place-doubtful',
  'order-closed': 'place-doubtful',
  'not-found': 'place-rejected',
  'too-old': 'place-rejected',
};

/** What the answer to a placing call says. */
export function placeObservation({ outTradeNo }: Attempt, outcome: GatewayOutcome<Prepay>): Observation {
  switch (outcome.outcome) {
    case 'done':
      return { kind: 'placed', outTradeNo, prepay: outcome.answer };
    case 'rejected': {
      const { says, code, message } = outcome;
      const kind = REFUSED[says];
      return kind === 'place-unknown' ? { kind, outTradeNo } : { kind, outTradeNo, code, message };
    }
    case 'unknown':
      return { kind: 'place-unknown', outTradeNo };
  }
}
