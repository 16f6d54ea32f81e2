import { failure, ok, type Result } from '../../values/result.ts';
import { type CombinedOrderReport, readCombinedOrder } from '../combined-order.ts';
import type { JsonObject } from '../json/json-value.ts';
import { readOrder, type V3QueryAnswer } from '../operations/query.ts';
import { type NoticeEnvelope, type NoticeEnvelopeReason, openNotice, type V3NoticeRequest } from './notice-envelope.ts';
import { readNoticedRefund, type V3NoticedRefund } from './refund-notice.ts';

/**
 * What WeChat Pay tells, verified and opened. Whether the amount, the merchant and the appid are right is the receiver's
 * to check before acting.
 */
export type V3Notice = { readonly envelope: NoticeEnvelope } & (
  | { readonly kind: 'payment'; readonly order: PaidOrder }
  /** Orders of several merchants that were paid together. */
  | { readonly kind: 'combined-payment'; readonly order: CombinedOrderReport }
  /** A refund came to its end. */
  | { readonly kind: 'refund'; readonly refund: V3NoticedRefund }
);

/** An order that received money. */
export type PaidOrder = Extract<V3QueryAnswer, { readonly tradeState: 'SUCCESS' | 'REFUND' }>;

/**
 * Why a request is no notice. `event-unknown` is verified, but about something that this package does not know. In
 * `not-a-payment` and `event-mismatch` the event says one thing and what was sealed another, so neither is believed.
 */
export type V3NoticeReason = NoticeEnvelopeReason | 'event-unknown' | 'not-a-payment' | 'event-mismatch';

/**
 * Reads a notice (回调通知) from the headers and the raw body of a request: `probe` and every other failure is answered
 * with `printV3NoticeReply` and FAIL, which brings the notice again.
 *
 * The same notice arrives again until it is answered with success, also twice at the same moment.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791861
 */
export function readV3Notice(request: V3NoticeRequest): Result<V3Notice, V3NoticeReason> {
  const opened = openNotice(request);
  if (!opened.ok) return opened;
  const { envelope, resource } = opened.value;
  const { eventType } = envelope;
  switch (eventType) {
    case 'TRANSACTION.SUCCESS':
      return resource.has('combine_out_trade_no')
        ? readCombinedPayment(envelope, resource)
        : readPayment(envelope, resource);
    case 'REFUND.SUCCESS':
    case 'REFUND.ABNORMAL':
    case 'REFUND.CLOSED':
      return readRefund(envelope, resource, eventType);
    default:
      return failure('event-unknown', `event_type ${eventType} is none of those about payments and refunds`);
  }
}

function readPayment(envelope: NoticeEnvelope, resource: JsonObject): Result<V3Notice, V3NoticeReason> {
  const order = readOrder(resource);
  if (!order.ok) return order;
  const { value } = order;
  if (value.tradeState !== 'SUCCESS' && value.tradeState !== 'REFUND') {
    return failure('not-a-payment', `trade_state is ${value.tradeState}, although the notice tells of a payment`);
  }
  return ok({ kind: 'payment', envelope, order: value });
}

function readCombinedPayment(envelope: NoticeEnvelope, resource: JsonObject): Result<V3Notice, V3NoticeReason> {
  const order = readCombinedOrder(resource);
  return order.ok ? ok({ kind: 'combined-payment', envelope, order: order.value }) : order;
}

/** What the events are called in the words of v2. */
const STATUS_OF = { 'REFUND.SUCCESS': 'SUCCESS', 'REFUND.ABNORMAL': 'CHANGE', 'REFUND.CLOSED': 'REFUNDCLOSE' } as const;

function readRefund(
  envelope: NoticeEnvelope,
  resource: JsonObject,
  eventType: keyof typeof STATUS_OF,
): Result<V3Notice, V3NoticeReason> {
  const refund = readNoticedRefund(resource);
  if (!refund.ok) return refund;
  if (refund.value.refundStatus !== STATUS_OF[eventType]) {
    return failure(
      'event-mismatch',
      `refund_status is ${refund.value.refundStatus}, although event_type is ${eventType}`,
    );
  }
  return ok({ kind: 'refund', envelope, refund: refund.value });
}
