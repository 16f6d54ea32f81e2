import type { Attempt, CloseReceipt, Order, ReceivedPayment, Refund } from '@orderkeeper/keeper';
import { z } from 'zod';
import { instant, instantMs, printInstant } from './values.ts';

const payment = z.strictObject({
  transactionId: z.string(),
  totalFen: z.int(),
  cashFen: z.int(),
  settlementTotalFen: z.int().optional(),
  openid: z.string().optional(),
  bankType: z.string(),
  paidAt: instant,
  paidAtMs: instantMs,
  learnedBy: z.enum(['notice', 'query', 'bill', 'answer']),
  learnedAt: instant,
  learnedAtMs: instantMs,
});

const receipt = z.strictObject({
  because: z.enum(['expired', 'asked', 'replaced', 'elsewhere']),
  proof: z.enum(['closed-at-wechat', 'never-arrived']),
  closedAt: instant,
  closedAtMs: instantMs,
});

const attempt = z.strictObject({
  outTradeNo: z.string(),
  protocol: z.enum(['v2', 'v3']),
  tradeType: z.enum(['JSAPI', 'NATIVE', 'APP', 'MWEB', 'MICROPAY']),
  state: z.enum([
    'creating',
    'open',
    'paying',
    'paid',
    'closing',
    'closed',
    'reversing',
    'reversed',
    'rejected',
    'failed',
  ]),
  tradeState: z.string().optional().describe("WeChat Pay's last verified word"),
  openedAt: instant,
  openedAtMs: instantMs,
  expiresAt: instant,
  expiresAtMs: instantMs,
  queriesMade: z.int(),
  payment: payment.optional(),
  receipt: receipt.optional().describe('proof that nothing can be paid any more under this number'),
  failureCode: z.string().optional(),
  quarantined: z
    .strictObject({ fields: z.array(z.string()), at: instant, atMs: instantMs })
    .optional()
    .describe('a report of WeChat Pay that did not match what was ordered; set aside'),
});

const refund = z.strictObject({
  outRefundNo: z.string(),
  outTradeNo: z.string(),
  refundFen: z.int(),
  reason: z.enum(['asked', 'paid-twice', 'paid-after-close', 'elsewhere']),
  note: z.string().optional(),
  state: z.enum(['asked', 'processing', 'succeeded', 'closed', 'abnormal', 'rejected']),
  refundId: z.string().optional(),
  askedAt: instant,
  askedAtMs: instantMs,
  finishedAt: instant.optional(),
  finishedAtMs: instantMs.optional(),
  failureCode: z.string().optional(),
});

/** An order as the merchant's systems see it: amounts in fen, instants as RFC 3339 and in UTC milliseconds. */
export const orderSchema = z.strictObject({
  orderId: z.string(),
  mchid: z.string(),
  appid: z.string(),
  totalFen: z.int(),
  description: z.string(),
  state: z.enum(['open', 'paid', 'closed', 'reversed', 'refunded']),
  latePayment: z.enum(['refund', 'reopen']),
  createdAt: instant,
  createdAtMs: instantMs,
  expiresAt: instant,
  expiresAtMs: instantMs,
  ending: z
    .strictObject({
      because: z.enum(['expired', 'asked', 'replaced', 'elsewhere']),
      since: instant,
      sinceMs: instantMs,
    })
    .optional()
    .describe('nothing more is wanted; closed once no attempt can be paid'),
  paidBy: z.string().optional().describe('the outTradeNo whose payment counts'),
  refundedFen: z.int().describe('what went back for certain, of all attempts'),
  attempts: z.array(attempt).describe('oldest first; at most one can still be paid'),
  refunds: z.array(refund),
});

/** An order as the merchant's systems see it. */
export type OrderView = z.output<typeof orderSchema>;

/** Prints an order; codes of payers and prepay ids stay inside. */
export function orderView(order: Order): OrderView {
  const { orderId, mchid, appid, totalFen, description, state, latePayment, ending, paidBy } = order;
  const succeeded = order.refunds.filter((each) => each.state === 'succeeded');
  return {
    orderId,
    mchid,
    appid,
    totalFen,
    description,
    state,
    latePayment,
    createdAt: printInstant(order.createdAtMs),
    createdAtMs: order.createdAtMs,
    expiresAt: printInstant(order.expiresAtMs),
    expiresAtMs: order.expiresAtMs,
    ...(ending === undefined ? {} : { ending: { ...ending, since: printInstant(ending.sinceMs) } }),
    ...(paidBy === undefined ? {} : { paidBy }),
    refundedFen: succeeded.reduce((sum, { refundFen }) => sum + refundFen, 0),
    attempts: order.attempts.map(attemptView),
    refunds: order.refunds.map(refundView),
  };
}

function attemptView(each: Attempt): OrderView['attempts'][number] {
  const { outTradeNo, protocol, state, tradeState, content, openedAtMs, queriesMade, failureCode, quarantined } = each;
  return {
    outTradeNo,
    protocol,
    state,
    openedAtMs,
    queriesMade,
    tradeType: content.tradeType,
    ...(tradeState === undefined ? {} : { tradeState }),
    openedAt: printInstant(openedAtMs),
    expiresAt: printInstant(content.expiresAtMs),
    expiresAtMs: content.expiresAtMs,
    ...(each.payment === undefined ? {} : { payment: paymentView(each.payment) }),
    ...(each.receipt === undefined ? {} : { receipt: receiptView(each.receipt) }),
    ...(failureCode === undefined ? {} : { failureCode }),
    ...(quarantined === undefined
      ? {}
      : {
          quarantined: { fields: [...quarantined.fields], at: printInstant(quarantined.atMs), atMs: quarantined.atMs },
        }),
  };
}

function paymentView(received: ReceivedPayment): z.output<typeof payment> {
  return { ...received, paidAt: printInstant(received.paidAtMs), learnedAt: printInstant(received.learnedAtMs) };
}

function receiptView({ because, proof, closedAtMs }: CloseReceipt): z.output<typeof receipt> {
  return { because, proof, closedAt: printInstant(closedAtMs), closedAtMs };
}

function refundView(each: Refund): OrderView['refunds'][number] {
  const { outRefundNo, outTradeNo, refundFen, reason, note, state, refundId, askedAtMs, finishedAtMs } = each;
  return {
    outRefundNo,
    outTradeNo,
    refundFen,
    reason,
    state,
    askedAtMs,
    ...(note === undefined ? {} : { note }),
    ...(refundId === undefined ? {} : { refundId }),
    askedAt: printInstant(askedAtMs),
    ...(finishedAtMs === undefined ? {} : { finishedAt: printInstant(finishedAtMs), finishedAtMs }),
    ...(each.failureCode === undefined ? {} : { failureCode: each.failureCode }),
  };
}
