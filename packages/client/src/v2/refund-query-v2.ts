import { refundqueryv2, type Refundqueryv2Answer, type Refundqueryv2Request } from '@orderkeeper/protocol';
import type { Outcome } from '../outcome.ts';
import { send, type V2CallOptions, type V2Sender } from './send.ts';

/** 查询退款 of an order with single-item discounts (单品优惠). */
export const refundQueryV2 =
  (sender: V2Sender) =>
  (request: Refundqueryv2Request, options?: V2CallOptions): Promise<Outcome<Refundqueryv2Answer>> =>
    send(sender, refundqueryv2, request, options);
