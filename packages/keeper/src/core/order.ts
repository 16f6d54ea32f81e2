import type {
  Appid,
  Fen,
  Mchid,
  Openid,
  OutRefundNo,
  OutTradeNo,
  RefundId,
  TradeState,
  TradeType,
  TransactionId,
} from '@orderkeeper/protocol';
import type { OrderId } from './order-id.ts';

export type { OrderId } from './order-id.ts';

/** Which protocol an attempt speaks. Nothing above the gateway asks. */
export type ProtocolVersion = 'v2' | 'v3';

/**
 * Where an order stands, for the merchant.
 * `open`: can be paid or paid again. `paid`: money is there (refunds, if any, are listed). `closed`: nothing can be paid
 * any more. `reversed`: a micropay order taken back. `refunded`: everything that was paid went back.
 */
export type OrderState = 'open' | 'paid' | 'closed' | 'reversed' | 'refunded';

/**
 * Where an attempt stands, as the keeper knows it.
 *
 * `creating` (committed, the call may be on its way) → `open` ⇄ `paying` → `paid`; `open` → `closing` → `closed`;
 * `open`/`paying` → `reversing` → `reversed`; `creating` → `rejected`; `open`/`paying` → `failed` (PAYERROR).
 */
export type AttemptState =
  | 'creating'
  | 'open'
  | 'paying'
  | 'paid'
  | 'closing'
  | 'closed'
  | 'reversing'
  | 'reversed'
  | 'rejected'
  | 'failed';

/** What to do with money that arrives after an order was closed (R11). */
export type LatePaymentPolicy = 'refund' | 'reopen';

/**
 * Why an attempt or an order is being closed. `replaced`: the order is paid, or is to be paid, under another number.
 * `elsewhere`: nobody here wanted it; WeChat Pay or another system of the merchant closed it.
 */
export type CloseReason = 'expired' | 'asked' | 'replaced' | 'elsewhere';

/** How the keeper learned that an attempt was paid. */
export type LearnedBy = 'notice' | 'query' | 'bill' | 'answer';

/** A payment that WeChat Pay vouched for. */
export interface ReceivedPayment {
  readonly transactionId: TransactionId;
  readonly totalFen: Fen;
  readonly cashFen: Fen;
  readonly settlementTotalFen?: Fen;
  readonly openid?: Openid;
  readonly bankType: string;
  readonly paidAtMs: number;
  readonly learnedBy: LearnedBy;
  readonly learnedAtMs: number;
}

/** What the payer's client needs; handed out only while the attempt is `open` and younger than two hours. */
export interface Prepay {
  /** JSAPI and app have it; of a QR code or an address some protocols tell nothing else. */
  readonly prepayId?: string;
  /** NATIVE: the content of the QR code. */
  readonly codeUrl?: string;
  /** H5: where the phone's browser goes; valid for five minutes. */
  readonly mwebUrl?: string;
  readonly receivedAtMs: number;
}

/** Proof that nothing can be paid any more under this number (R7). */
export interface CloseReceipt {
  readonly closedAtMs: number;
  readonly because: CloseReason;
  /** `closed-at-wechat`: a query said CLOSED, or a close ORDERCLOSED. `never-arrived`: the order is unknown there and no prepay id was ever handed out. */
  readonly proof: 'closed-at-wechat' | 'never-arrived';
}

/** What an attempt is placed with; enough to repeat the call with the same content. */
export interface AttemptContent {
  readonly totalFen: Fen;
  readonly description: string;
  readonly tradeType: TradeType;
  readonly expiresAtMs: number;
  readonly payerIp: string;
  readonly openid?: Openid;
  readonly productId?: string;
  readonly attach?: string;
  /** H5: JSON text of scene_info. */
  readonly sceneInfo?: string;
  /** MICROPAY: the code on the payer's phone. Single use; a digest is enough once the call was answered. */
  readonly authCode?: string;
}

/** Tries of one call that had no final answer, and when the next one may leave. */
export interface Tries {
  readonly triesMade: number;
  readonly notBeforeMs: number;
}

/**
 * Query, close, query (R7): `ask` whether it is still unpaid, `close` it, `prove` by a last question that it is closed;
 * or `fetch` the payment that the close's ORDERPAID spoke of.
 */
export type CloseStep = 'ask' | 'close' | 'prove' | 'fetch';

/** How far the closing of an attempt has come. */
export interface Closing extends Tries {
  readonly because: CloseReason;
  readonly sinceMs: number;
  readonly step: CloseStep;
}

/** What a report of WeChat Pay must have in common with what was ordered (R4). */
export type Mismatch =
  | 'appid'
  | 'mchid'
  | 'outTradeNo'
  | 'totalFen'
  | 'feeType'
  | 'transactionId'
  | 'payment'
  | 'outRefundNo'
  | 'refundFen';

/** One order at WeChat Pay. */
export interface Attempt {
  readonly outTradeNo: OutTradeNo;
  readonly protocol: ProtocolVersion;
  readonly content: AttemptContent;
  readonly state: AttemptState;
  /** When the intent was committed; the call left at this moment or later. */
  readonly openedAtMs: number;
  readonly prepay?: Prepay;
  /** WeChat Pay's last verified word. */
  readonly tradeState?: TradeState;
  readonly payment?: ReceivedPayment;
  /** Placing calls that ended unknown; absent until the first one has. */
  readonly placing?: Tries;
  /** Present since the closing began; kept afterwards. */
  readonly closing?: Closing;
  /** Present since the reversing began; kept afterwards. */
  readonly reversing?: Tries & { readonly sinceMs: number };
  readonly receipt?: CloseReceipt;
  /** Why it was rejected or failed: WeChat Pay's code or our own. */
  readonly failureCode?: string;
  /** How many queries were made while the answer could still change anything (R6). */
  readonly queriesMade: number;
  /** When the last of them was answered, or was given up; the schedule goes on from here. */
  readonly lastQueryAtMs?: number;
  /** A query out of turn, still to be made: the payer's client came back, or an answer left a doubt. */
  readonly ask?: { readonly atMs: number; readonly because: 'payer-returned' | 'doubt' };
  /** A report that did not match what was ordered, set aside (R4); kept so that the alarm rings once. */
  readonly quarantined?: { readonly fields: readonly Mismatch[]; readonly atMs: number };
}

/** `asked` committed, not answered; `processing` accepted; the rest is final except `abnormal`, which a person may still mend. */
export type RefundState = 'asked' | 'processing' | 'succeeded' | 'closed' | 'abnormal' | 'rejected';

/** Why money goes back. `elsewhere`: refunded in the merchant console or by another system; WeChat Pay told us. */
export type RefundReason = 'asked' | 'paid-twice' | 'paid-after-close' | 'elsewhere';

/** One refund of one attempt. */
export interface Refund {
  readonly outRefundNo: OutRefundNo;
  readonly outTradeNo: OutTradeNo;
  readonly refundFen: Fen;
  readonly reason: RefundReason;
  readonly note?: string;
  readonly state: RefundState;
  readonly refundId?: RefundId;
  readonly askedAtMs: number;
  /** When WeChat Pay accepted it; the schedule of R12 starts here. */
  readonly acceptedAtMs?: number;
  /** When we learned that it could not reach the payer; looks for what a person makes of it start here. */
  readonly abnormalAtMs?: number;
  readonly finishedAtMs?: number;
  readonly failureCode?: string;
  /** How many times its state was asked for, the position in the schedule of R12. */
  readonly looksMade: number;
  /** When the last look was answered, or was given up. */
  readonly lastLookAtMs?: number;
  /** Calls that ended unknown or asked to come back later; absent until the first one has. */
  readonly sending?: Tries;
  /** A look out of turn, still to be made, because a call left a doubt. */
  readonly lookAtMs?: number;
}

/** What the merchant wants to be paid for, with everything that happened to it. */
export interface Order {
  readonly orderId: OrderId;
  readonly mchid: Mchid;
  readonly appid: Appid;
  readonly totalFen: Fen;
  readonly description: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly latePayment: LatePaymentPolicy;
  readonly state: OrderState;
  /** Oldest first; at most one can still be paid. */
  readonly attempts: readonly Attempt[];
  readonly refunds: readonly Refund[];
  /** The attempt whose payment made the order `paid`. */
  readonly paidBy?: OutTradeNo;
  /** Since when, and why, nothing more is wanted for this order; it is `closed` once no attempt can be paid. */
  readonly ending?: { readonly because: CloseReason; readonly sinceMs: number };
  /** The number of events told so far; the next event has this number plus one. */
  readonly eventCount: number;
}
