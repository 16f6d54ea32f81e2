import { type Clock, sleep } from '@orderkeeper/ports';
import { abortedOutcome } from './core/outcome-of.ts';
import type { CallRecord, Outcome, Rejected, Unknown } from './outcome.ts';

/** WeChat Pay asks for the first query after 5 s, and for one every 5 s from then on. */
const QUERY_WAIT_MS = 5_000;

/** WeChat Pay gives up on an unpaid micropay order after 45 s; from then on it is to be reversed. */
export const MICROPAY_DEADLINE_MS = 45_000;

/** A payment that was submitted once and is not decided yet. */
export interface Submission<Queried, Answer> {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly submitted: Unknown;
  readonly startedAtMs: number;
  readonly deadlineAtMs: number;
  readonly query: (deadlineMs: number) => Promise<Outcome<Queried>>;
  /**
   * The outcome of the payment, once a query shows it. A query that fails or finds no order shows nothing: the
   * submission may still be on its way.
   */
  readonly finalOf: (queried: Outcome<Queried>) => Outcome<Answer> | undefined;
}

/** Queries a payment until it is decided or the deadline has passed: then the submission's own outcome stands. */
export async function followPayment<Queried, Answer>(
  submission: Submission<Queried, Answer>,
): Promise<Outcome<Answer>> {
  const { clock, signal, submitted, startedAtMs, deadlineAtMs } = submission;
  // A submission of which every attempt failed before anything was sent has nothing to be queried for.
  if (!mayHaveArrived(submitted)) return submitted;
  let { attempts } = submitted;
  for (;;) {
    const waitMs = Math.min(QUERY_WAIT_MS, deadlineAtMs - clock.nowMs());
    const end = waitMs > 0 ? await sleep(clock, waitMs, signal) : 'elapsed';
    const record = { attempts, tookMs: clock.nowMs() - startedAtMs };
    if (end === 'aborted') return abortedOutcome(record);
    const deadlineMs = deadlineAtMs - clock.nowMs();
    if (deadlineMs <= 0) return { ...submitted, ...record };
    const queried = await submission.query(deadlineMs);
    attempts = [...attempts, ...queried.attempts];
    const final = submission.finalOf(queried);
    if (final !== undefined) return { ...final, attempts, tookMs: clock.nowMs() - startedAtMs };
  }
}

const mayHaveArrived = ({ attempts }: Unknown): boolean =>
  attempts.some((attempt) => attempt.delivery === 'maybe-sent');

const PAY_AGAIN = 'the payer was not charged; pay again under a new out_trade_no';

const FAILED_STATES = {
  CLOSED: { meaning: 'the order is closed, it was not paid', remedy: PAY_AGAIN },
  REVOKED: { meaning: 'the order was reversed; what was paid went back', remedy: PAY_AGAIN },
  PAYERROR: { meaning: 'the payment failed', remedy: PAY_AGAIN },
} as const;

/** The outcome of a payment whose order says that it has failed. */
export function failedPayment(
  tradeState: keyof typeof FAILED_STATES,
  tradeStateDesc: string | undefined,
  record: CallRecord,
): Rejected {
  const message = tradeStateDesc ?? `the trade state is ${tradeState}`;
  return { ...record, outcome: 'rejected', code: tradeState, ...FAILED_STATES[tradeState], message };
}
