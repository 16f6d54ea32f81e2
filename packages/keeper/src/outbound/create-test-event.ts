import type { EventType } from '../core/decision.ts';
import type { EventData, PaymentData, RefundData } from './event-data.ts';
import { printWebhook, type WebhookMessage } from './webhook-message.ts';
import type { WebhookSecret } from './webhook-secret.ts';

/** An event to be made up for a test of a receiver. */
export interface TestEvent<Type extends EventType> {
  readonly type: Type;
  /** Replaces parts of a complete sample. */
  readonly data?: Partial<EventData[Type]>;
  readonly secrets: readonly WebhookSecret[];
  /** When it is sent and when it happened, UTC milliseconds. */
  readonly nowMs: number;
  /** Default `evt_` and 32 zeros. */
  readonly eventId?: string;
  /** Default 1. */
  readonly sequence?: number;
}

const ORDER = { orderId: 'test-order', mchid: '1900000109', outTradeNo: 'test-order-1' };

const payment = (nowMs: number): PaymentData => ({
  ...ORDER,
  appid: 'wxd678efh567hg6787',
  tradeType: 'JSAPI',
  transactionId: '4200000001202101060000000004',
  totalFen: 1990,
  cashFen: 1990,
  openid: 'oUpF8uMEb4qRXf22hE3X68TekukE',
  bankType: 'OTHERS',
  paidAtMs: nowMs,
});

const refund = (state: string): RefundData => ({
  ...ORDER,
  outRefundNo: 'test-refund-1',
  refundFen: 990,
  reason: 'asked',
  state,
});

const SAMPLES: { readonly [Type in EventType]: (nowMs: number) => EventData[Type] } = {
  'order.paid': payment,
  'order.closed': () => ({ orderId: ORDER.orderId, because: 'expired' }),
  'order.reversed': () => ({ orderId: ORDER.orderId, outTradeNo: ORDER.outTradeNo }),
  'order.paid_twice': (nowMs) => ({
    ...payment(nowMs),
    outTradeNo: 'test-order-2',
    paidBy: ORDER.outTradeNo,
    outRefundNo: 'test-order-2-paid-twice',
  }),
  'order.paid_after_close': (nowMs) => ({
    ...payment(nowMs),
    policy: 'refund',
    outRefundNo: 'test-order-1-paid-after-close',
  }),
  'attempt.failed': () => ({
    orderId: ORDER.orderId,
    outTradeNo: ORDER.outTradeNo,
    state: 'failed',
    failureCode: 'PAYERROR',
  }),
  'refund.succeeded': (nowMs) => ({
    ...refund('succeeded'),
    refundId: '50000000012021010600000000001',
    finishedAtMs: nowMs,
  }),
  'refund.closed': () => refund('closed'),
  'refund.abnormal': () => refund('abnormal'),
  'refund.rejected': () => ({ ...refund('rejected'), failureCode: 'NOTENOUGH' }),
};

/** Makes an event with valid signatures, as the keeper would send it, so that a receiver can be tested without one. */
export function createTestEvent<Type extends EventType>(event: TestEvent<Type>): WebhookMessage {
  const { type, data, secrets, nowMs, eventId = `evt_${'0'.repeat(32)}`, sequence = 1 } = event;
  const printed = JSON.stringify({ ...SAMPLES[type](nowMs), ...data });
  return printWebhook({ eventId, type, atMs: nowMs, sequence, data: printed }, secrets, nowMs);
}
