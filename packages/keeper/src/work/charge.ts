import type { TradeReport, Observation } from '../core/observation.ts';
import type { Attempt } from '../core/order.ts';
import type { GatewayOutcome } from '../gateway/payment-gateway.ts';
import type { Refusal } from '../gateway/refusal.ts';
import type { LeasedDuty } from '../store/store.ts';
import { attemptOf } from '../core/draft.ts';
import type { DutyOutcome } from '../observe/keeper-event.ts';
import { record } from './record.ts';
import { settle } from './duty-run.ts';
import { merchantOf, type WorkContext } from './work-context.ts';

/**
 * Charges the code on a payer's phone, at most once whatever dies (R8, R16): before the call leaves it is committed that
 * its answer is missing, and only who commits that may call. When the process dies in between, the attempt is polled,
 * found not to be there and taken back, and the cashier scans again.
 */
export async function charge(duty: LeasedDuty, attempt: Attempt, context: WorkContext): Promise<DutyOutcome> {
  const { outTradeNo } = attempt;
  const leaving = await record(context, duty.orderId, (order) => {
    const current = attemptOf(order, outTradeNo);
    const isFirst = current?.state === 'creating' && current.placing === undefined;
    if (!isFirst) return undefined;
    return {
      observation: { kind: 'micropay-answered', outTradeNo, answer: 'unknown' },
      source: 'micropay leaves',
      settles: duty,
    };
  });
  if (typeof leaving === 'string') return settle(duty, context);
  const outcome = await merchantOf(context, duty.mchid).gatewayOf(attempt).micropay(attempt);
  const evidence = outcome.evidence === undefined ? {} : { evidence: outcome.evidence.body };
  const observation = chargeObservation(attempt, outcome);
  await record(context, duty.orderId, () => ({ observation, source: 'micropay', ...evidence }));
  return outcome.outcome;
}

/** What a refused charge is. It is never sent again, so what was not accepted this time is refused for good. */
const REFUSED: Readonly<Record<Refusal, 'place-rejected' | 'place-doubtful'>> = {
  refused: 'place-rejected',
  later: 'place-rejected',
  ask: 'place-doubtful',
  'order-paid': 'place-doubtful',
  'order-closed': 'place-doubtful',
  'not-found': 'place-rejected',
  'too-old': 'place-rejected',
};

/** What the answer to a charge says. */
export function chargeObservation({ outTradeNo }: Attempt, outcome: GatewayOutcome<TradeReport>): Observation {
  switch (outcome.outcome) {
    case 'done':
      return { kind: 'trade', report: outcome.answer, learnedBy: 'answer' };
    case 'rejected': {
      const { says, code, message } = outcome;
      return { kind: REFUSED[says], outTradeNo, code, message };
    }
    case 'unknown':
      return {
        kind: 'micropay-answered',
        outTradeNo,
        answer: outcome.says === 'user-paying' ? 'user-paying' : 'unknown',
      };
  }
}
