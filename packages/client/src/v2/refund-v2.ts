import { refundv2 as operation, type Refundv2Answer, type Refundv2Request } from '@orderkeeper/protocol';
import type { Outcome } from '../outcome.ts';
import { send, type V2CallOptions, type V2Sender } from './send.ts';

/** 申请退款 of an order with single-item discounts (单品优惠). */
export const refundV2 =
  (sender: V2Sender) =>
  (request: Refundv2Request, options?: V2CallOptions): Promise<Outcome<Refundv2Answer>> =>
    send(sender, operation, request, options);
