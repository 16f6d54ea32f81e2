export { closableAtMs } from './core/close-order.ts';
export { decide } from './core/decide.ts';
export type {
  Alarm,
  Decision,
  DutyChange,
  DutyKey,
  DutyKind,
  DutyPriority,
  EventDraft,
  EventType,
  Refusal,
  RefusalReason,
} from './core/decision.ts';
export { explain, type Explanation } from './core/explain.ts';
export { mayPay, type MayPayReason, type Payable } from './core/may-pay.ts';
export type { Moment } from './core/moment.ts';
export type { Observation, RefundReport, TradeReport } from './core/observation.ts';
export { openOrder, type OpenOrderReason, type OrderWish } from './core/open-order.ts';
export type {
  Attempt,
  AttemptContent,
  AttemptState,
  CloseReason,
  CloseReceipt,
  LatePaymentPolicy,
  LearnedBy,
  Order,
  OrderState,
  Prepay,
  ProtocolVersion,
  ReceivedPayment,
  Refund,
  RefundReason,
  RefundState,
} from './core/order.ts';
export { type OrderId, type OrderIdReason, parseOrderId } from './core/order-id.ts';
export { payAgain, type PayAgainAnswer, type PayAgainWish } from './core/pay-again.ts';
export { DEFAULT_RULES, type Rules } from './core/rules.ts';
export { openSqliteStore, type OpenSqliteReason, type SqliteStoreOptions } from './store/sqlite/open-sqlite-store.ts';
export {
  type Change,
  type ClaimRequest,
  type InsertResult,
  type LeasedDuty,
  type ListCursor,
  type ListRequest,
  type OrderPage,
  parseListCursor,
  type ReceivedNotice,
  type RememberedAnswer,
  type Store,
  type StoredEvent,
  type TimelineEntry,
} from './store/store.ts';
export { createKeeper, type KeeperSettings } from './create-keeper.ts';
export type { KeeperMerchant, SpokenProtocols } from './keeper-merchant.ts';
export type {
  EventHandler,
  Keeper,
  KeeperReason,
  MicropayRequest,
  OpenedOrder,
  OpenOrderRequest,
  PayAgainChange,
} from './keeper.ts';
export type { IncomingNotice, NoticeReply } from './notice.ts';
export type { RefundRequest } from './keeper.ts';
export { CALL_LIMITS_DEFAULT, type CallLimits } from './core/call-limits.ts';
export type { Destination, Sent } from './work/destination.ts';
export type { DutyOutcome, KeeperEvent, NoticeMeasure, ObserveKeeper } from './observe/keeper-event.ts';
export { RUNNER_SETTINGS_DEFAULT, type RunnerSettings } from './work/runner.ts';
export type { NoticeEvent } from './observe/notice-event.ts';
export { createTestEvent, type TestEvent } from './outbound/create-test-event.ts';
export type { DeliveryEvent, EndpointDisabled, EventSent } from './observe/delivery-event.ts';
export { type Endpoint, type EndpointTexts, parseEndpoint } from './outbound/endpoint.ts';
export { EVENT_TYPES, type EventData, isEventType } from './outbound/event-data.ts';
export { RETRY_AFTER_MS } from './outbound/retry-schedule.ts';
export { type Delivery, sendEvent, type SendPorts } from './outbound/send-event.ts';
export {
  type ReceivedWebhook,
  verifyWebhook,
  type WebhookEvent,
  type WebhookReason,
} from './outbound/verify-webhook.ts';
export type { WebhookMessage } from './outbound/webhook-message.ts';
export { createWebhookSecret, parseWebhookSecret, type WebhookSecret } from './outbound/webhook-secret.ts';
