import {
  micropay as operation,
  type MicropayAnswer,
  type MicropayRequest,
  orderquery,
  type OrderqueryAnswer,
} from '@orderkeeper/protocol';
import type { Outcome } from '../outcome.ts';
import { type ChargedOrder, decidePayment, payByCode } from '../pay-by-code.ts';
import { send, type V2CallOptions, type V2Sender } from './send.ts';

type PaidTrade = Extract<OrderqueryAnswer, Pick<ChargedOrder, 'tradeState'>>;

/**
 * 付款码支付. It is submitted once. While its outcome is unknown (USERPAYING, a timeout) the order is queried until it
 * is paid (`done`), has failed (`rejected`), or the deadline has passed (`unknown`): then reverse it.
 */
export const micropay =
  (sender: V2Sender) =>
  (request: MicropayRequest, options: V2CallOptions = {}): Promise<Outcome<MicropayAnswer>> => {
    const { outTradeNo, totalFen } = request;
    return payByCode({
      clock: sender.world.clock,
      options,
      submit: (deadlineMs) => send(sender, operation, request, { ...options, deadlineMs }),
      query: (deadlineMs) => send(sender, orderquery, { outTradeNo }, { ...options, deadlineMs }),
      decide: (queried) => decidePayment<PaidTrade>({ totalFen, wire: 'total_fee' }, queried),
    });
  };
