import { attemptOf } from '../core/draft.ts';
import type { TradeReport } from '../core/observation.ts';
import { mismatchesOf } from '../core/quarantine.ts';
import { applyNotice } from './apply-notice.ts';
import type { InboundContext } from './inbound-context.ts';
import { type Judgement, type ReadIncoming, receivedNotice } from './judgement.ts';

/** A signed notice of a payment: applied to its order, or kept as evidence when there is no such order. */
export async function receivePaymentNotice(
  notice: ReadIncoming,
  report: TradeReport,
  context: InboundContext,
): Promise<Judgement> {
  const { outTradeNo } = report;
  const order = await context.store.findByOutTradeNo(notice.mchid, outTradeNo);
  if (order === undefined) {
    await context.store.keepNotice(receivedNotice(notice, 'unknown-order', context.clock.nowMs()));
    return { verdict: 'unknown-order', message: `no order has the number ${outTradeNo}`, outTradeNo };
  }
  const judged = await applyNotice(
    notice,
    order,
    {
      observation: { kind: 'trade', report, learnedBy: 'notice' },
      mismatchesOf: (current) => mismatchesOf(current, attemptOf(current, outTradeNo), report),
      source: 'notice',
      evidence: notice.body,
    },
    context,
  );
  return { ...judged, outTradeNo };
}
