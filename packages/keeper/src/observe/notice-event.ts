import type { Mchid, OutRefundNo, OutTradeNo } from '@orderkeeper/protocol';
import type { OrderId } from '../core/order.ts';
import type { NoticeReply } from '../notice.ts';

/**
 * A message came to the notify address and was answered; for logs and metrics. Never a body, a payer or a signature.
 * Count `probe` apart: WeChat Pay sends such messages on purpose, to see whether signatures are checked (R19).
 */
export interface NoticeEvent {
  readonly kind: 'notice-received';
  /** The merchant in the address; nobody has vouched for it unless the verdict says so. */
  readonly mchid: Mchid;
  readonly verdict: NoticeReply['verdict'];
  /** One sentence: what was wrong, or what was done. */
  readonly message: string;
  readonly orderId?: OrderId;
  readonly outTradeNo?: OutTradeNo;
  readonly outRefundNo?: OutRefundNo;
  readonly tookMs: number;
  readonly atMs: number;
}
