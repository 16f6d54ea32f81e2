import type {
  Appid,
  Fen,
  Mchid,
  Openid,
  OutRefundNo,
  OutTradeNo,
  RefundId,
  TradeState,
  TransactionId,
} from '@orderkeeper/protocol';
import type { Attempt, CloseReason, LearnedBy, Prepay, Refund } from './order.ts';

/** A verified statement of WeChat Pay about an attempt, from a query, a notice, an answer or a bill. */
export interface TradeReport {
  readonly appid: Appid;
  readonly mchid: Mchid;
  readonly outTradeNo: OutTradeNo;
  readonly tradeState: TradeState;
  /** Present exactly when money was received (SUCCESS, REFUND). */
  readonly payment?: {
    readonly transactionId: TransactionId;
    readonly totalFen: Fen;
    readonly cashFen: Fen;
    readonly settlementTotalFen?: Fen;
    /** ISO 4217; absent means CNY. */
    readonly feeType?: string;
    readonly openid?: Openid;
    readonly bankType: string;
    readonly paidAtMs: number;
  };
}

/** A verified statement about a refund. */
export interface RefundReport {
  /** Whose it is, where the message says so. */
  readonly mchid?: Mchid;
  readonly outRefundNo: OutRefundNo;
  readonly outTradeNo: OutTradeNo;
  readonly refundId?: RefundId;
  readonly refundFen: Fen;
  readonly state: 'processing' | 'succeeded' | 'closed' | 'abnormal';
  readonly finishedAtMs?: number;
}

/** Everything that can happen to an order. {@link decide} answers for each in every state. */
export type Observation =
  /** Intent: a first or further attempt is to be placed (R1, R9). */
  | { readonly kind: 'attempt-wanted'; readonly attempt: Attempt }
  | { readonly kind: 'placed'; readonly outTradeNo: OutTradeNo; readonly prepay: Prepay }
  | {
      readonly kind: 'place-rejected';
      readonly outTradeNo: OutTradeNo;
      readonly code: string;
      readonly message: string;
    }
  /** Refused, but something exists under this number: only a query can tell what became of it. */
  | {
      readonly kind: 'place-doubtful';
      readonly outTradeNo: OutTradeNo;
      readonly code: string;
      readonly message: string;
    }
  | { readonly kind: 'place-unknown'; readonly outTradeNo: OutTradeNo }
  /** Verified, from wherever it came. */
  | { readonly kind: 'trade'; readonly report: TradeReport; readonly learnedBy: LearnedBy }
  /** A query said that no order has this number. */
  | { readonly kind: 'trade-not-found'; readonly outTradeNo: OutTradeNo }
  | { readonly kind: 'query-unknown'; readonly outTradeNo: OutTradeNo }
  /** The merchant or the schedule wants nothing more to be paid. */
  | { readonly kind: 'close-wanted'; readonly because: CloseReason }
  | {
      readonly kind: 'close-answered';
      readonly outTradeNo: OutTradeNo;
      readonly answer: 'done' | 'order-paid' | 'order-closed' | 'order-not-exist' | 'busy' | 'unknown';
    }
  /** Micropay (R8). */
  | { readonly kind: 'micropay-answered'; readonly outTradeNo: OutTradeNo; readonly answer: 'user-paying' | 'unknown' }
  | { readonly kind: 'reverse-wanted'; readonly outTradeNo: OutTradeNo }
  | {
      readonly kind: 'reverse-answered';
      readonly outTradeNo: OutTradeNo;
      readonly answer: 'done' | 'again' | 'unknown' | 'expired';
    }
  /** Refunds (R12). */
  | { readonly kind: 'refund-wanted'; readonly refund: Refund }
  | { readonly kind: 'refund-reported'; readonly report: RefundReport; readonly learnedBy: LearnedBy }
  | {
      readonly kind: 'refund-rejected';
      readonly outRefundNo: OutRefundNo;
      readonly code: string;
      readonly message: string;
    }
  /** Not accepted this time: the same number is to be sent again. */
  | {
      readonly kind: 'refund-postponed';
      readonly outRefundNo: OutRefundNo;
      readonly code: string;
      readonly message: string;
    }
  | { readonly kind: 'refund-unknown'; readonly outRefundNo: OutRefundNo }
  /** A look said that no refund has this number. */
  | { readonly kind: 'refund-not-found'; readonly outRefundNo: OutRefundNo }
  /** A look at a refund ended without an answer. */
  | { readonly kind: 'refund-look-unknown'; readonly outRefundNo: OutRefundNo }
  /** The payer's client came back: ask now. */
  | { readonly kind: 'payer-returned' }
  /** The merchant's rules are different now (notices being lost, or arriving again): plan the duties anew. */
  | { readonly kind: 'rules-changed' };
