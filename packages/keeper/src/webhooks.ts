// What the receiving side of events needs, without the keeper and its store.
export { createTestEvent, type TestEvent } from './outbound/create-test-event.ts';
export type { EventType } from './core/decision.ts';
export type {
  AttemptFailedData,
  ClosedData,
  EventData,
  PaidAfterCloseData,
  PaidTwiceData,
  PaymentData,
  RefundData,
  ReversedData,
} from './outbound/event-data.ts';
export {
  type ReceivedWebhook,
  verifyWebhook,
  type WebhookEvent,
  type WebhookReason,
} from './outbound/verify-webhook.ts';
export type { WebhookMessage } from './outbound/webhook-message.ts';
export { createWebhookSecret, parseWebhookSecret, type WebhookSecret } from './outbound/webhook-secret.ts';
