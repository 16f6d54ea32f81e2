import type { OutTradeNo } from '@orderkeeper/protocol';
import type { Order } from './order.ts';

/** What the merchant's systems are told. */
export type EventType =
  | 'order.paid'
  | 'order.closed'
  | 'order.reversed'
  | 'order.paid_twice'
  | 'order.paid_after_close'
  | 'attempt.failed'
  | 'refund.succeeded'
  | 'refund.closed'
  | 'refund.abnormal'
  | 'refund.rejected';

/** An event to be stored with the change that caused it (R13). Its id is derived from the order and `sequence`. */
export interface EventDraft {
  readonly type: EventType;
  /** 1, 2, 3 … within the order; receivers see them in this order. */
  readonly sequence: number;
  readonly atMs: number;
  /** JSON-safe; amounts in fen, instants in UTC milliseconds. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Work that the keeper does at a time. */
export type DutyKind = 'place' | 'query' | 'close' | 'reverse' | 'refund' | 'follow-refund' | 'deliver';

/** Who goes first when the platform's limits are tight (R18). */
export type DutyPriority = 'payer-waits' | 'close' | 'sweep';

/** A duty is named by kind and subject; scheduling it again moves it. */
export interface DutyKey {
  readonly kind: DutyKind;
  /** An outTradeNo, an outRefundNo, or for `deliver` the orderId. */
  readonly subject: string;
}

/** What happens to the duties of an order. */
export type DutyChange =
  | ({ readonly change: 'schedule'; readonly dueAtMs: number; readonly priority: DutyPriority } & DutyKey)
  | ({ readonly change: 'cancel' } & DutyKey);

/** Something a person should look at. */
export interface Alarm {
  readonly kind:
    | 'quarantined'
    | 'paid-twice'
    | 'paid-after-close'
    | 'refund-abnormal'
    | 'refund-not-final'
    | 'duplicate-refund-above-cap'
    | 'attempt-stuck';
  readonly message: string;
  readonly outTradeNo?: OutTradeNo;
}

/** Why a wish was not followed; the order is unchanged. */
export type RefusalReason =
  | 'order-paid'
  | 'order-closed'
  | 'order-reversed'
  | 'order-closing'
  | 'order-expired'
  | 'attempt-live'
  | 'out-trade-no-used'
  | 'amount-differs'
  | 'not-micropay'
  | 'no-live-attempt'
  | 'not-paid'
  | 'no-such-attempt'
  | 'nothing-to-refund'
  | 'more-than-paid'
  | 'too-many-parts'
  | 'out-refund-no-used';

/** A wish that was not followed. */
export interface Refusal {
  readonly reason: RefusalReason;
  /** For people: what is in the way, and what to do. */
  readonly message: string;
}

/** What {@link decide} answers: everything the shell saves in one transaction before it acts. */
export interface Decision {
  readonly order: Order;
  readonly events: readonly EventDraft[];
  readonly duties: readonly DutyChange[];
  readonly alarms: readonly Alarm[];
  /** One sentence for the timeline; always there, also when nothing changed. */
  readonly summary: string;
  /** Present when the observation was a wish that the rules forbid now. */
  readonly refused?: Refusal;
}
