import type { V3NoticedRefund, V3RefundReport } from '@orderkeeper/protocol';
import type { RefundReport } from '../../core/observation.ts';
import { REFUND_STATE_OF } from '../refund-state.ts';

/** A refund as an answer or a notice tells it. */
export function v3RefundReport(refund: V3RefundReport | V3NoticedRefund): RefundReport {
  const { outRefundNo, outTradeNo, refundId, refundFen, refundStatus, refundSuccessAtMs } = refund;
  return {
    outRefundNo,
    outTradeNo,
    refundId,
    refundFen,
    state: REFUND_STATE_OF[refundStatus],
    ...(refundSuccessAtMs === undefined ? {} : { finishedAtMs: refundSuccessAtMs }),
  };
}
