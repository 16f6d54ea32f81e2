import {
  type Fields,
  type OutRefundNo,
  parseAppid,
  parseMchid,
  type RefundAnswer,
  type RefundqueryAnswer,
} from '@orderkeeper/protocol';
import type { RefundReport } from '../../core/observation.ts';
import { REFUND_STATE_OF } from '../refund-state.ts';
import type { ReportSender } from '../trade-report.ts';

/** The sender that an answer names; what it leaves out is as asked, because the key vouches for the merchant. */
export function senderOfAnswer(fields: Fields | undefined, asked: ReportSender): ReportSender {
  const appid = parseAppid(fields?.get('appid') ?? '');
  const mchid = parseMchid(fields?.get('mch_id') ?? '');
  return { appid: appid.ok ? appid.value : asked.appid, mchid: mchid.ok ? mchid.value : asked.mchid };
}

/** An accepted refund. */
export const acceptedRefund = ({ outRefundNo, outTradeNo, refundId, refundFen }: RefundAnswer): RefundReport => ({
  outRefundNo,
  outTradeNo,
  refundId,
  refundFen,
  state: 'processing',
});

/** One refund out of the answer of a refund query; `not-found` when the answer speaks of others. */
export function refundReport(answer: RefundqueryAnswer, outRefundNo: OutRefundNo): RefundReport | 'not-found' {
  const record = answer.refunds.find((refund) => refund.outRefundNo === outRefundNo);
  if (record === undefined) return 'not-found';
  const { refundId, refundFen, refundStatus, refundSuccessAtMs } = record;
  return {
    outRefundNo,
    outTradeNo: answer.outTradeNo,
    refundId,
    refundFen,
    state: REFUND_STATE_OF[refundStatus],
    ...(refundSuccessAtMs === undefined ? {} : { finishedAtMs: refundSuccessAtMs }),
  };
}
