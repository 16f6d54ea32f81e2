import { sleep } from '@orderkeeper/ports';
import {
  micropay as operation,
  type MicropayAnswer,
  type MicropayRequest,
  orderquery,
  type OrderqueryAnswer,
} from '@orderkeeper/protocol';
import { abortedOutcome } from '../core/outcome-of.ts';
import type { Outcome, Unknown } from '../outcome.ts';
import { UNKNOWN_REASONS } from '../core/unknown-reasons.ts';
import { send, type V2CallOptions, type V2Sender } from './send.ts';

/** WeChat Pay asks for the first query after 5 s, and for one every 5 s from then on. */
const QUERY_WAIT_MS = 5_000;

/** WeChat Pay gives up on an unpaid micropay order after 45 s; from then on it is to be reversed. */
export const MICROPAY_DEADLINE_MS = 45_000;

/**
 * 付款码支付. It is submitted once. While its outcome is unknown (USERPAYING, a timeout) the order is queried until it
 * is paid (`done`), has failed (`rejected`), or the deadline has passed (`unknown`): then reverse it.
 */
export const micropay =
  (sender: V2Sender) =>
  async (request: MicropayRequest, options: V2CallOptions = {}): Promise<Outcome<MicropayAnswer>> => {
    const { clock } = sender.world;
    const startedAtMs = clock.nowMs();
    const deadlineMs = options.deadlineMs ?? MICROPAY_DEADLINE_MS;
    const submitted = await send(sender, operation, request, { ...options, deadlineMs });
    if (submitted.outcome !== 'unknown' || !mayHaveArrived(submitted)) return submitted;
    return follow(sender, request, options, { submitted, startedAtMs, deadlineAtMs: startedAtMs + deadlineMs });
  };

interface Submission {
  readonly submitted: Unknown;
  readonly startedAtMs: number;
  readonly deadlineAtMs: number;
}

async function follow(
  sender: V2Sender,
  request: MicropayRequest,
  options: V2CallOptions,
  { submitted, startedAtMs, deadlineAtMs }: Submission,
): Promise<Outcome<MicropayAnswer>> {
  const { clock } = sender.world;
  let attempts = submitted.attempts;
  for (;;) {
    const waitMs = Math.min(QUERY_WAIT_MS, deadlineAtMs - clock.nowMs());
    const end = waitMs > 0 ? await sleep(clock, waitMs, options.signal) : 'elapsed';
    const record = { attempts, tookMs: clock.nowMs() - startedAtMs };
    if (end === 'aborted') return abortedOutcome(record);
    const deadlineMs = deadlineAtMs - clock.nowMs();
    if (deadlineMs <= 0) return { ...submitted, ...record };
    const { outTradeNo } = request;
    const queried = await send(sender, orderquery, { outTradeNo }, { ...options, deadlineMs });
    attempts = [...attempts, ...queried.attempts];
    const final = finalOf(request, queried);
    if (final !== undefined) return { ...final, attempts, tookMs: clock.nowMs() - startedAtMs };
  }
}

/** A submission of which every attempt failed before anything was sent has nothing to be queried for. */
const mayHaveArrived = ({ attempts }: Unknown): boolean =>
  attempts.some((attempt) => attempt.delivery === 'maybe-sent');

/**
 * The outcome of the payment, once a query shows it. A query that fails or finds no order shows nothing: the
 * submission may still be on its way.
 */
function finalOf(request: MicropayRequest, queried: Outcome<OrderqueryAnswer>): Outcome<MicropayAnswer> | undefined {
  if (queried.outcome !== 'done') return undefined;
  const { answer, ...record } = queried;
  switch (answer.tradeState) {
    case 'SUCCESS':
    case 'REFUND': {
      if (answer.totalFen === request.totalFen) return { ...record, outcome: 'done', answer };
      const message = `total_fee: the order has ${answer.totalFen} fen, asked were ${request.totalFen}`;
      return { ...record, outcome: 'unknown', reason: 'other-amount', ...UNKNOWN_REASONS['other-amount'], message };
    }
    case 'CLOSED':
    case 'REVOKED':
    case 'PAYERROR':
      return {
        ...record,
        outcome: 'rejected',
        code: answer.tradeState,
        ...FAILED_STATES[answer.tradeState],
        message: answer.tradeStateDesc ?? `the trade state is ${answer.tradeState}`,
      };
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
