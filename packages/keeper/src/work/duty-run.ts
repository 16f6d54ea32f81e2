import type { Observation } from '../core/observation.ts';
import type { Order } from '../core/order.ts';
import type { Evidence, GatewayOutcome } from '../gateway/payment-gateway.ts';
import type { LeasedDuty } from '../store/store.ts';
import type { DutyOutcome } from '../observe/keeper-event.ts';
import { record } from './record.ts';
import type { WorkContext } from './work-context.ts';

/**
 * One kind of duty: does the next step of its subject and commits what came of it. The order is as it was a moment ago;
 * what the answer means is decided on the order as it is then. Running it twice, or dying anywhere in it, does no harm.
 */
export type DutyRun = (duty: LeasedDuty, order: Order, context: WorkContext) => Promise<DutyOutcome>;

/** What a call brought, to be committed. */
export interface Answered {
  readonly source: string;
  readonly outcome: Pick<GatewayOutcome<unknown>, 'outcome'> & { readonly evidence?: Evidence };
  readonly observation: Observation;
}

/** Commits what a call brought, and with it the end of its duty. */
export async function finish(
  duty: LeasedDuty,
  { source, outcome, observation }: Answered,
  context: WorkContext,
): Promise<DutyOutcome> {
  const evidence = outcome.evidence === undefined ? {} : { evidence: outcome.evidence.body };
  await record(context, duty.orderId, () => ({ observation, source, settles: duty, ...evidence }));
  return outcome.outcome;
}

/** Finishes a duty that has lost its subject. */
export async function settle(duty: LeasedDuty, { store }: WorkContext): Promise<DutyOutcome> {
  await store.settle(duty);
  return 'not-wanted';
}
