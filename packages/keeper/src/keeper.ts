import type { Fen, Mchid, Openid, OutRefundNo, OutTradeNo, Result, TradeType } from '@orderkeeper/protocol';
import type { EventType } from './core/decision.ts';
import type { Explanation } from './core/explain.ts';
import type { LatePaymentPolicy, Order, OrderId, ProtocolVersion } from './core/order.ts';
import type { PaymentParameters } from './gateway/payment-gateway.ts';
import type { IncomingNotice, NoticeReply } from './notice.ts';
import type { ListRequest, OrderPage, StoredEvent, TimelineEntry } from './store/store.ts';
import type { NoticeMeasure } from './observe/keeper-event.ts';

/** What the merchant wants to be paid for. */
export interface OpenOrderRequest {
  readonly orderId: OrderId;
  readonly mchid: Mchid;
  readonly totalFen: Fen;
  readonly description: string;
  readonly tradeType: Exclude<TradeType, 'MICROPAY'>;
  /** UTC milliseconds; default 30 minutes from now, at most 7 days. */
  readonly expiresAtMs?: number;
  /** The payer's address; for NATIVE the caller's. */
  readonly payerIp: string;
  readonly openid?: Openid;
  readonly productId?: string;
  readonly attach?: string;
  readonly sceneInfo?: string;
  readonly latePayment?: LatePaymentPolicy;
  /** What the attempt is to speak; default as the merchant has chosen. A repetition is the same request whatever it says. */
  readonly protocol?: ProtocolVersion;
}

/** A charge of the code on a payer's phone. */
export interface MicropayRequest {
  readonly orderId: OrderId;
  readonly mchid: Mchid;
  readonly totalFen: Fen;
  readonly description: string;
  readonly authCode: string;
  readonly payerIp: string;
  readonly attach?: string;
  /** As in {@link OpenOrderRequest}. */
  readonly protocol?: ProtocolVersion;
}

/** What the merchant wants to give back. */
export interface RefundRequest {
  readonly orderId: OrderId;
  /** The merchant's number of the refund: the same again is the same refund. */
  readonly outRefundNo: OutRefundNo;
  readonly refundFen: Fen;
  /** Default: the attempt that paid the order. */
  readonly outTradeNo?: OutTradeNo;
  /** Shown to the payer, at most 80 UTF-8 bytes. */
  readonly note?: string;
}

/** Why an operation of the keeper did not do what was asked. Nothing was changed. */
export type KeeperReason =
  | 'no-such-order'
  | 'no-such-merchant'
  | 'order-exists-different'
  | 'not-payable'
  | 'not-closable-yet'
  | 'not-paid'
  | 'already-final'
  | 'refund-too-large'
  | 'too-many-refunds'
  | 'refund-exists-different'
  | 'rejected-by-wechat-pay'
  | 'protocol-not-spoken'
  | 'invalid-request';

/**
 * What a payer may change when paying again; the rest is as in the last attempt. `protocol` is what a new attempt is to
 * speak, default as the merchant has chosen; by itself it is no reason for a new one.
 */
export type PayAgainChange = Partial<
  Pick<OpenOrderRequest, 'tradeType' | 'openid' | 'payerIp' | 'productId' | 'sceneInfo' | 'expiresAtMs' | 'protocol'>
>;

/** An order with what its payer needs, when it can be paid. */
export interface OpenedOrder {
  readonly order: Order;
  /** Absent while the placing is not answered: ask again, the keeper goes on. */
  readonly parameters?: PaymentParameters;
}

/** In-process receiver of events; called at least once per event, in order per order, until it resolves. */
export type EventHandler = (event: StoredEvent) => void | Promise<void>;

/**
 * Follows each order to its one true final state and tells about it exactly once (at least once, with a stable id).
 * Every method is safe to repeat.
 */
export interface Keeper {
  readonly openOrder: (request: OpenOrderRequest) => Promise<Result<OpenedOrder, KeeperReason>>;
  readonly micropay: (request: MicropayRequest) => Promise<Result<OpenedOrder, KeeperReason>>;
  /** Signs fresh parameters for the payer's client; refused with the reason when the order cannot be paid. */
  readonly paymentParameters: (orderId: OrderId) => Promise<Result<PaymentParameters, KeeperReason>>;
  /** A new attempt when the old one is final, else the parameters of the live one (R9). */
  readonly payAgain: (orderId: OrderId, change?: PayAgainChange) => Promise<Result<OpenedOrder, KeeperReason>>;
  readonly show: (orderId: OrderId) => Promise<Result<Order, KeeperReason>>;
  readonly list: (request: ListRequest) => Promise<OrderPage>;
  /** Asks WeChat Pay now, at most once per 2 s and order; answers the order as it is afterwards. */
  readonly ask: (orderId: OrderId) => Promise<Result<Order, KeeperReason>>;
  /** Query, close, query (R7). Answers at once; follow the order until it is closed or paid. */
  readonly close: (orderId: OrderId, because: 'asked') => Promise<Result<Order, KeeperReason>>;
  /** Gives money back (R12). Answers at once, with the refund asked for; follow the order until it is final. */
  readonly refund: (request: RefundRequest) => Promise<Result<Order, KeeperReason>>;
  readonly timeline: (orderId: OrderId) => Promise<Result<readonly TimelineEntry[], KeeperReason>>;
  readonly explain: (orderId: OrderId) => Promise<Result<Explanation, KeeperReason>>;
  /** Of a merchant's latest payments: how many were first learned by query, because their notices were lost (R6). */
  readonly noticeMeasure: (mchid: Mchid) => Promise<Result<NoticeMeasure, KeeperReason>>;
  /** Raw bytes and headers in, a reply out; the reply is given only when the notice is durable. */
  readonly receiveNotice: (notice: IncomingNotice) => Promise<NoticeReply>;
  /** Registers an in-process receiver under a stable name; it gets what it has not confirmed yet, also after a restart. */
  readonly on: (type: EventType | '*', name: string, handler: EventHandler) => void;
  /** Does everything that is due now, once; answers how many duties were done. For tests, scenarios and cron. */
  readonly runDue: () => Promise<number>;
  /** Works on its own schedule until `stop`. */
  readonly start: () => void;
  /** Takes no new work, finishes what is under way, releases the rest. */
  readonly stop: () => Promise<void>;
}
