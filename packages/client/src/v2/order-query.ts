import { orderquery, type OrderqueryAnswer, type OrderqueryRequest } from '@orderkeeper/protocol';
import type { Outcome } from '../outcome.ts';
import { send, type V2CallOptions, type V2Sender } from './send.ts';

/** 查询订单: the trade state of an order; by `transactionId` once it is known, else by `outTradeNo`. */
export const orderQuery =
  (sender: V2Sender) =>
  (request: OrderqueryRequest, options?: V2CallOptions): Promise<Outcome<OrderqueryAnswer>> =>
    send(sender, orderquery, request, options);
