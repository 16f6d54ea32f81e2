import {
  micropay as operation,
  type MicropayAnswer,
  type MicropayRequest,
  orderquery,
  type OrderqueryAnswer,
} from '@orderkeeper/protocol';
import { unknown } from '../core/outcome-of.ts';
import { failedPayment, followPayment, MICROPAY_DEADLINE_MS } from '../follow-payment.ts';
import type { Outcome } from '../outcome.ts';
import { send, type V2CallOptions, type V2Sender } from './send.ts';

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
    if (submitted.outcome !== 'unknown') return submitted;
    const { outTradeNo } = request;
    return followPayment({
      clock,
      signal: options.signal,
      submitted,
      startedAtMs,
      deadlineAtMs: startedAtMs + deadlineMs,
      query: (leftMs) => send(sender, orderquery, { outTradeNo }, { ...options, deadlineMs: leftMs }),
      finalOf: (queried) => finalOf(request, queried),
    });
  };

function finalOf(request: MicropayRequest, queried: Outcome<OrderqueryAnswer>): Outcome<MicropayAnswer> | undefined {
  if (queried.outcome !== 'done') return undefined;
  const { answer, outcome: _, ...record } = queried;
  switch (answer.tradeState) {
    case 'SUCCESS':
    case 'REFUND': {
      if (answer.totalFen === request.totalFen) return { ...record, outcome: 'done', answer };
      const message = `total_fee: the order has ${answer.totalFen} fen, asked were ${request.totalFen}`;
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
