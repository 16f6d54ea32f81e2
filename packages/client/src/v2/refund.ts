import { refund as operation, type RefundAnswer, type RefundRequest } from '@orderkeeper/protocol';
import type { Outcome } from '../outcome.ts';
import { send, type V2CallOptions, type V2Sender } from './send.ts';

/** 申请退款; needs the merchant certificate. `done` means accepted: `refundQuery` or the notice tell how it ended. */
export const refund =
  (sender: V2Sender) =>
  (request: RefundRequest, options?: V2CallOptions): Promise<Outcome<RefundAnswer>> =>
    send(sender, operation, request, options);
