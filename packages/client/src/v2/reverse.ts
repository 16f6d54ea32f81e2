import { reverse as operation, type ReverseAnswer, type ReverseRequest } from '@orderkeeper/protocol';
import type { Outcome } from '../outcome.ts';
import { send, type V2CallOptions, type V2Sender } from './send.ts';

/** 撤销订单, micropay only; needs the merchant certificate. Call it again while `recall` is `Y`. */
export const reverse =
  (sender: V2Sender) =>
  (request: ReverseRequest, options?: V2CallOptions): Promise<Outcome<ReverseAnswer>> =>
    send(sender, operation, request, options);
