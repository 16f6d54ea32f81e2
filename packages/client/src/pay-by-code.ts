import { type Clock, sleep } from '@orderkeeper/ports';
import type { Fen, TradeState } from '@orderkeeper/protocol';
import { abortedOutcome, unknown } from './core/outcome-of.ts';
import type { CallOptions } from './make-call.ts';
import type { CallRecord, Done, Outcome, Rejected, Unknown } from './outcome.ts';

/** WeChat Pay asks for the first query after 5 s, and for one every 5 s from then on. */
const QUERY_WAIT_MS = 5_000;

/** WeChat Pay gives up on an unpaid micropay order after 45 s; from then on it is to be reversed. */
export const MICROPAY_DEADLINE_MS = 45_000;

type PaidState = Extract<TradeState, 'SUCCESS' | 'REFUND'>;

/** An order that received money, as far as its payment is decided by it. */
export interface ChargedOrder {
  readonly tradeState: PaidState;
  readonly totalFen: Fen;
}

/** An order without money. */
export interface UnchargedOrder {
  readonly tradeState: Exclude<TradeState, PaidState>;
  readonly tradeStateDesc?: string;
}

/** What was to be paid, and the name of that member in the protocol's words. */
export interface ExpectedTotal {
  readonly totalFen: Fen;
  readonly wire: string;
}

/** A payment by the code that a payer shows: the calls it consists of. */
export interface CodePayment<Queried, Paid> {
  readonly clock: Clock;
  readonly options: CallOptions;
  /** Called once. */
  readonly submit: (deadlineMs: number) => Promise<Outcome<Paid>>;
  readonly query: (deadlineMs: number) => Promise<Outcome<Queried>>;
  /** What a query has decided, where it has. */
  readonly decide: (queried: Done<Queried>) => Outcome<Paid> | undefined;
}

/** Submits a payment once, and queries it until it is decided or the deadline has passed: then the submission's own outcome stands. */
export async function payByCode<Queried, Paid>(payment: CodePayment<Queried, Paid>): Promise<Outcome<Paid>> {
  const { clock, options } = payment;
  const startedAtMs = clock.nowMs();
  const deadlineMs = options.deadlineMs ?? MICROPAY_DEADLINE_MS;
  const submitted = await payment.submit(deadlineMs);
  // A submission of which every attempt failed before anything was sent has nothing to be queried for.
  if (submitted.outcome !== 'unknown' || !mayHaveArrived(submitted)) return submitted;
  return follow(payment, submitted, { startedAtMs, deadlineAtMs: startedAtMs + deadlineMs });
}

/** A query that fails or finds no order shows nothing: the submission may still be on its way. */
async function follow<Queried, Paid>(
  { clock, options, query, decide }: CodePayment<Queried, Paid>,
  submitted: Unknown,
  { startedAtMs, deadlineAtMs }: { readonly startedAtMs: number; readonly deadlineAtMs: number },
): Promise<Outcome<Paid>> {
  let { attempts } = submitted;
  for (;;) {
    const waitMs = Math.min(QUERY_WAIT_MS, deadlineAtMs - clock.nowMs());
    const end = waitMs > 0 ? await sleep(clock, waitMs, options.signal) : 'elapsed';
    const record = { attempts, tookMs: clock.nowMs() - startedAtMs };
    if (end === 'aborted') return abortedOutcome(record);
    const leftMs = deadlineAtMs - clock.nowMs();
    if (leftMs <= 0) return { ...submitted, ...record };
    const queried = await query(leftMs);
    attempts = [...attempts, ...queried.attempts];
    const decided = queried.outcome === 'done' ? decide(queried) : undefined;
    if (decided !== undefined) return { ...decided, attempts, tookMs: clock.nowMs() - startedAtMs };
  }
}

const mayHaveArrived = ({ attempts }: Unknown): boolean =>
  attempts.some((attempt) => attempt.delivery === 'maybe-sent');

/** What an order says about its payment; nothing while it is not decided. */
export function decidePayment<Paid extends ChargedOrder>(
  { totalFen, wire }: ExpectedTotal,
  asked: Done<Paid | UnchargedOrder>,
): Outcome<Paid> | undefined {
  const { answer, outcome: _, ...record } = asked;
  switch (answer.tradeState) {
    case 'SUCCESS':
    case 'REFUND': {
      if (answer.totalFen === totalFen) return { ...record, outcome: 'done', answer };
      const message = `${wire}: the order has ${answer.totalFen} fen, asked were ${totalFen}`;
      return unknown('other-amount', message, record);
    }
    case 'CLOSED':
    case 'REVOKED':
    case 'PAYERROR':
      return failedPayment(answer.tradeState, answer.tradeStateDesc, record);
    case 'NOTPAY':
    case 'USERPAYING':
    case 'ACCEPT':
      return undefined;
  }
}

const PAY_AGAIN = 'the payer was not charged; pay again under a new out_trade_no';

const FAILED_STATES = {
  CLOSED: { meaning: 'the order is closed, it was not paid', remedy: PAY_AGAIN },
  REVOKED: { meaning: 'the order was reversed; what was paid went back', remedy: PAY_AGAIN },
  PAYERROR: { meaning: 'the payment failed', remedy: PAY_AGAIN },
} as const;

function failedPayment(
  tradeState: keyof typeof FAILED_STATES,
  tradeStateDesc: string | undefined,
  record: CallRecord,
): Rejected {
  const message = tradeStateDesc ?? `the trade state is ${tradeState}`;
  return { ...record, outcome: 'rejected', code: tradeState, ...FAILED_STATES[tradeState], message };
}
