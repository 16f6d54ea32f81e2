import { refundquery, type RefundqueryAnswer, type RefundqueryRequest } from '@orderkeeper/protocol';
import type { Outcome } from '../outcome.ts';
import { send, type V2CallOptions, type V2Sender } from './send.ts';

/** 查询退款: one refund, or those of an order page by page. */
export const refundQuery =
  (sender: V2Sender) =>
  (request: RefundqueryRequest, options?: V2CallOptions): Promise<Outcome<RefundqueryAnswer>> =>
    send(sender, refundquery, request, options);
