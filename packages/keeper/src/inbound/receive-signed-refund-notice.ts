import type { RefundReport } from '../core/observation.ts';
import { refundMismatchesOf } from '../core/quarantine.ts';
import { applyNotice } from './apply-notice.ts';
import type { InboundContext } from './inbound-context.ts';
import { type Judgement, type ReadIncoming, receivedNotice } from './judgement.ts';

/** A signed notice of a refund's end: believed like that of a payment, without another question. */
export async function receiveSignedRefundNotice(
  notice: ReadIncoming,
  report: RefundReport,
  context: InboundContext,
): Promise<Judgement> {
  const { outTradeNo, outRefundNo } = report;
  const order = await context.store.findByOutTradeNo(notice.mchid, outTradeNo);
  if (order === undefined) {
    await context.store.keepNotice(receivedNotice(notice, 'unknown-order', context.clock.nowMs()));
    return { verdict: 'unknown-order', message: `no order has the number ${outTradeNo}`, outTradeNo, outRefundNo };
  }
  const news = {
    observation: { kind: 'refund-reported', report, learnedBy: 'notice' },
    mismatchesOf: (current) => refundMismatchesOf(current, report),
    source: 'refund notice',
    evidence: notice.body,
  } as const satisfies Parameters<typeof applyNotice>[2];
  return { ...(await applyNotice(notice, order, news, context)), outTradeNo, outRefundNo };
}
