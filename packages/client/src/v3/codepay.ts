import {
  type PaidOrder,
  v3Codepay,
  type V3CodepayAnswer,
  type V3CodepayRequest,
  v3QueryByOutTradeNo,
} from '@orderkeeper/protocol';
import type { Done, Outcome, Unknown } from '../outcome.ts';
import { decidePayment, MICROPAY_DEADLINE_MS, payByCode } from '../pay-by-code.ts';
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
  (request: V3CodepayRequest, options: CodepayOptions = {}): Promise<Outcome<PaidOrder>> => {
    const { outTradeNo } = request;
    const expected = { totalFen: request.totalFen, wire: 'amount.total' };
    const submit = async (deadlineMs: number): Promise<Outcome<PaidOrder>> => {
      const answered = await send(sender, v3Codepay, request, { ...options, deadlineMs });
      if (answered.outcome !== 'done') return answered;
      return decidePayment<PaidOrder>(expected, answered) ?? undecided(answered);
    };
    if (options.until === 'answered') return submit(options.deadlineMs ?? MICROPAY_DEADLINE_MS);
    return payByCode({
      clock: sender.world.clock,
      options,
      submit,
      query: (deadlineMs) => send(sender, v3QueryByOutTradeNo, { outTradeNo }, { ...options, deadlineMs }),
      decide: (queried) => decidePayment<PaidOrder>(expected, queried),
    });
  };

/** An order that is not decided, under its trade state as a code. */
function undecided(answered: Done<V3CodepayAnswer>): Unknown {
  const { answer, outcome: _, ...record } = answered;
  const { tradeState } = answer;
  return {
    ...record,
    outcome: 'unknown',
    reason: 'code',
    code: tradeState,
    meaning: 'the payment is not decided: the payer may be entering the password',
    remedy: 'query the order every 5 to 10 seconds; when it is not paid after 45 seconds, reverse it',
    message: `the trade state is ${tradeState}`,
  };
}
