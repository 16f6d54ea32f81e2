import {
  type PaidOrder,
  v3Codepay,
  type V3CodepayAnswer,
  type V3CodepayRequest,
  v3QueryByOutTradeNo,
} from '@orderkeeper/protocol';
import { unknown } from '../core/outcome-of.ts';
import { failedPayment, followPayment, MICROPAY_DEADLINE_MS } from '../follow-payment.ts';
import type { CallRecord, Outcome, Unknown } from '../outcome.ts';
import { send, type V3CallOptions } from './send.ts';
import type { V3Sender } from './v3-sender.ts';

/** What a caller may say about a payment by code. */
export interface CodepayOptions extends V3CallOptions {
  /**
   * `decided`, the default, queries after an answer that leaves it open; `answered` ends with the one submission: then
   * the queries are the caller's to make.
   */
  readonly until?: 'decided' | 'answered';
}

/**
 * 付款码支付. It is submitted once. While it is not decided (the payer enters the password, a timeout) the order is
 * queried until it is paid (`done`), has failed (`rejected`), or the deadline has passed (`unknown`): then reverse it.
 */
export const codepay =
  (sender: V3Sender) =>
  async (request: V3CodepayRequest, options: CodepayOptions = {}): Promise<Outcome<PaidOrder>> => {
    const { clock } = sender.world;
    const startedAtMs = clock.nowMs();
    const deadlineMs = options.deadlineMs ?? MICROPAY_DEADLINE_MS;
    const { until = 'decided' } = options;
    const submitted = decide(request, await send(sender, v3Codepay, request, { ...options, deadlineMs }));
    if (submitted.outcome !== 'unknown' || until === 'answered') return submitted;
    const { outTradeNo } = request;
    return followPayment({
      clock,
      signal: options.signal,
      submitted,
      startedAtMs,
      deadlineAtMs: startedAtMs + deadlineMs,
      query: (leftMs) => send(sender, v3QueryByOutTradeNo, { outTradeNo }, { ...options, deadlineMs: leftMs }),
      finalOf: (queried) => {
        if (queried.outcome !== 'done') return undefined;
        const decided = decide(request, queried);
        return decided.outcome === 'unknown' && decided.reason === 'code' ? undefined : decided;
      },
    });
  };

/** What an order says about its payment; one that is not decided is `unknown`, under its trade state as a code. */
function decide(request: V3CodepayRequest, outcome: Outcome<V3CodepayAnswer>): Outcome<PaidOrder> {
  if (outcome.outcome !== 'done') return outcome;
  const { answer, outcome: _, ...record } = outcome;
  switch (answer.tradeState) {
    case 'SUCCESS':
    case 'REFUND': {
      if (answer.totalFen === request.totalFen) return { ...record, outcome: 'done', answer };
      const message = `amount.total: the order has ${answer.totalFen} fen, asked were ${request.totalFen}`;
      return unknown('other-amount', message, record);
    }
    case 'CLOSED':
    case 'REVOKED':
    case 'PAYERROR':
      return failedPayment(answer.tradeState, answer.tradeStateDesc, record);
    case 'NOTPAY':
    case 'USERPAYING':
    case 'ACCEPT':
      return undecided(answer.tradeState, record);
  }
}

const undecided = (tradeState: 'NOTPAY' | 'USERPAYING' | 'ACCEPT', record: CallRecord): Unknown => ({
  ...record,
  outcome: 'unknown',
  reason: 'code',
  code: tradeState,
  meaning: 'the payment is not decided: the payer may be entering the password',
  remedy: 'query the order every 5 to 10 seconds; when it is not paid after 45 seconds, reverse it',
  message: `the trade state is ${tradeState}`,
});
