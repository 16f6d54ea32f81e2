import type { RefundNotice } from '@orderkeeper/protocol';
import { attemptOf } from '../core/draft.ts';
import type { RefundReport } from '../core/observation.ts';
import type { Order } from '../core/order.ts';
import { refundMismatchesOf } from '../core/quarantine.ts';
import type { GatewayOutcome } from '../gateway/payment-gateway.ts';
import { REFUND_STATE_OF } from '../gateway/refund-state.ts';
import type { IncomingNotice } from '../notice.ts';
import { merchantOf } from '../work/work-context.ts';
import { applyNotice } from './apply-notice.ts';
import type { InboundContext } from './inbound-context.ts';
import { type Judgement, receivedNotice } from './judgement.ts';

/** WeChat Pay waits five seconds for the reply. */
const ASK_MS_MAX = 4_000;

/**
 * A refund notice carries no sign; it is encrypted block by block with the merchant's key and not sealed, so whoever has
 * seen some of them could put the blocks of one together with those of another. Only verified knowledge moves an order
 * (R4), so the notice makes us ask, at once, and the signed answer is what is believed, recorded and kept as evidence.
 * A refund that is known to have ended so is not asked about again, however often somebody repeats the message.
 */
export async function receiveRefundNotice(
  notice: IncomingNotice,
  refund: RefundNotice,
  context: InboundContext,
): Promise<Judgement> {
  const { outTradeNo, outRefundNo } = refund;
  const judged = await judge(notice, refund, context);
  return { ...judged, outTradeNo, outRefundNo };
}

async function judge(notice: IncomingNotice, refund: RefundNotice, context: InboundContext): Promise<Judgement> {
  const { store, clock } = context;
  const { outTradeNo, outRefundNo } = refund;
  const order = await store.findByOutTradeNo(notice.mchid, outTradeNo);
  if (order === undefined) {
    await store.keepNotice(receivedNotice(notice, 'unknown-order', clock.nowMs()));
    return { verdict: 'unknown-order', message: `no order has the number ${outTradeNo}` };
  }
  if (stateIn(order, refund) === REFUND_STATE_OF[refund.refundStatus]) {
    await store.keepNotice(receivedNotice(notice, 'repeated', clock.nowMs()));
    return { verdict: 'repeated', message: 'the order knows this already', orderId: order.orderId };
  }
  if (context.budget.take(notice.mchid, 'close', clock.nowMs()) !== 'taken') {
    return { verdict: 'busy', message: 'too many calls for now', orderId: order.orderId };
  }
  const outcome = await ask(order, refund, context);
  if (outcome.outcome !== 'done') {
    return { verdict: 'busy', message: `asking about it ended ${outcome.code}`, orderId: order.orderId };
  }
  if (outcome.answer === 'not-found') {
    await store.keepNotice(receivedNotice(notice, 'quarantined', clock.nowMs()));
    const message = `WeChat Pay knows no refund ${outRefundNo}`;
    return { verdict: 'quarantined', message, orderId: order.orderId };
  }
  return applyAnswer(notice, order, { ...outcome, answer: outcome.answer }, context);
}

const stateIn = ({ refunds }: Order, { outRefundNo }: RefundNotice): string | undefined =>
  refunds.find((known) => known.outRefundNo === outRefundNo)?.state;

/** Asks by our number, which a forger would have to know too; ends in time for the reply. */
async function ask(
  order: Order,
  { outRefundNo, outTradeNo }: RefundNotice,
  context: InboundContext,
): Promise<GatewayOutcome<RefundReport | 'not-found'>> {
  const attempt = attemptOf(order, outTradeNo);
  if (attempt === undefined) throw new Error(`an order was found by ${outTradeNo} and does not have it`);
  const inTime = new AbortController();
  const cancel = context.clock.after(ASK_MS_MAX, () => inTime.abort());
  try {
    return await merchantOf(context, order.mchid).gatewayOf(attempt).queryRefund({ outRefundNo }, inTime.signal);
  } finally {
    cancel();
  }
}

type Answer = Extract<GatewayOutcome<RefundReport>, { outcome: 'done' }>;

/** Until the answer says that the refund has ended too, the notice is to come again; the duty goes on asking as well. */
async function applyAnswer(
  notice: IncomingNotice,
  order: Order,
  { answer, evidence }: Answer,
  context: InboundContext,
): Promise<Judgement> {
  if (answer.state === 'processing') {
    return { verdict: 'busy', message: 'asked, WeChat Pay says it is being processed', orderId: order.orderId };
  }
  return applyNotice(
    notice,
    order,
    {
      observation: { kind: 'refund-reported', report: answer, learnedBy: 'notice' },
      mismatchesOf: (current) => refundMismatchesOf(current, answer),
      source: 'refund notice, refundquery',
      ...(evidence === undefined ? {} : { evidence: evidence.body }),
    },
    context,
  );
}
