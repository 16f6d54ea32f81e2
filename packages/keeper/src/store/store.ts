import { failure, type Mchid, ok, type OutRefundNo, type OutTradeNo, type Result } from '@orderkeeper/protocol';
import type { Alarm, Decision, DutyKey, DutyKind, DutyPriority, EventType } from '../core/decision.ts';
import type { Order, OrderId, OrderState } from '../core/order.ts';

/** One line of the append-only timeline: what happened, and what WeChat Pay said, byte for byte. */
export interface TimelineEntry {
  readonly orderId: OrderId;
  /** 1, 2, 3 … within the order. */
  readonly position: number;
  readonly atMs: number;
  /** Who or what: `query`, `notice`, `close`, `merchant`, `operator:NAME` … */
  readonly source: string;
  readonly summary: string;
  /** The observation as JSON text, for people and for replay. */
  readonly observation: string;
  /** Verified bytes of WeChat Pay's message, where there was one. */
  readonly evidence?: Uint8Array;
  readonly alarms: readonly Alarm[];
}

/** Everything written together with a decision. */
export interface Change {
  readonly decision: Decision;
  readonly entry: Pick<TimelineEntry, 'atMs' | 'source' | 'observation' | 'evidence'>;
  /** A duty that was claimed and is finished by this change, as with {@link Store.settle}. */
  readonly settles?: LeasedDuty;
  /** The message that brought the news; kept with the change, so that both cost one sync. Renews the verdict of one kept before. */
  readonly notice?: ReceivedNotice;
}

/** An event as stored; never changes. */
export interface StoredEvent {
  /** Stable, for receivers to drop duplicates by: `evt_` and 32 hex digits. */
  readonly eventId: string;
  readonly orderId: OrderId;
  readonly mchid: Mchid;
  readonly sequence: number;
  readonly type: EventType;
  readonly atMs: number;
  /** JSON text. */
  readonly data: string;
}

/**
 * A duty that this process holds until `leaseUntilMs`; after that, it simply comes due again (R16).
 *
 * A lease is lost when it expired and somebody claimed the duty again, or when a change cancelled the duty. A change that
 * schedules a leased duty anew moves it without taking it away: it is not given to a second process before the first one
 * settles it or its lease ends, and settling then leaves it at the new time.
 */
export interface LeasedDuty extends DutyKey {
  readonly orderId: OrderId;
  readonly mchid: Mchid;
  readonly dueAtMs: number;
  readonly priority: DutyPriority;
  /** How often it was claimed since it was last scheduled. */
  readonly claims: number;
  readonly leaseOwner: string;
  readonly leaseUntilMs: number;
}

/** Which duties to claim. */
export interface ClaimRequest {
  readonly nowMs: number;
  readonly leaseMs: number;
  readonly leaseOwner: string;
  readonly limit: number;
  /** Default all. */
  readonly kinds?: readonly DutyKind[];
  /** Merchants whose budget is used up for now. */
  readonly exceptMchids?: readonly Mchid[];
  /** Only those of this order: whoever has just opened it does the first of its duties at once. */
  readonly orderId?: OrderId;
}

/** Where a page of orders ended, printed; made by {@link parseListCursor} from what a caller sends back. */
export type ListCursor = string & { readonly __listCursor: unique symbol };

const LIST_CURSOR = /^[1-9][0-9]{0,14}$/;

/** Reads a cursor as {@link Store.list} gave it out: 1 to 15 digits. */
export function parseListCursor(text: string): Result<ListCursor, 'malformed'> {
  if (LIST_CURSOR.test(text)) return ok(text as ListCursor);
  return failure(
    'malformed',
    'cursor is not one that a page of orders has given out; leave it out to begin with the newest',
  );
}

/** A page of orders, newest first. */
export interface ListRequest {
  readonly mchid?: Mchid;
  readonly state?: OrderState;
  readonly limit: number;
  /** From the previous page's `nextCursor`. */
  readonly cursor?: ListCursor;
}

/** The orders of a page; `nextCursor` is there when older ones follow. */
export interface OrderPage {
  readonly orders: readonly Order[];
  readonly nextCursor?: ListCursor;
}

/** How an order came to be stored, or why not. */
export type InsertResult =
  | { readonly result: 'inserted'; readonly order: Order }
  /** The id exists with the same content: the order as it is now. */
  | { readonly result: 'exists'; readonly order: Order }
  /** The id exists with other content; nothing was changed. `fields` names what differs. */
  | { readonly result: 'exists-different'; readonly fields: readonly string[] };

/** A message from WeChat Pay, kept once per content. */
export interface ReceivedNotice {
  /** Derived from merchant and bytes, so that a repetition has the same id. */
  readonly noticeId: string;
  readonly mchid: Mchid;
  readonly atMs: number;
  readonly body: Uint8Array;
  /** The order it belongs to, or why it was set aside. */
  readonly verdict: string;
}

/** An answer remembered under an Idempotency-Key. */
export interface RememberedAnswer {
  readonly key: string;
  /** Digest of method, path and body: the same key with another request is refused. */
  readonly requestDigest: string;
  readonly status: number;
  readonly body: string;
  readonly atMs: number;
}

/**
 * The keeper's memory. One behaviour, whatever the database (`store.suite.ts`).
 *
 * Expected outcomes are values. A promise rejects when the database refuses or cannot be written: a bug, such as a change
 * that breaks a rule which the schema repeats, or a broken world. Nothing of that change is kept, others are unharmed.
 *
 * Crash promise: when a method's promise resolves, its change survives power loss; when the process dies before, either
 * all of the change is there or nothing of it. Time comes in as a parameter; the store has no clock.
 */
export interface Store {
  /** Commits a new order with its first decision (events, duties, timeline). */
  readonly insert: (change: Change) => Promise<InsertResult>;
  /**
   * Reads the order, lets the pure `change` decide, and commits the result, all in one transaction: two callers see one
   * after the other. `undefined` from `change` commits nothing; if it throws, nothing is changed and the promise rejects
   * with the same error. Answers what was committed.
   */
  readonly change: (
    orderId: OrderId,
    change: (order: Order) => Change | undefined,
  ) => Promise<Change | 'no-such-order' | 'unchanged'>;
  readonly find: (orderId: OrderId) => Promise<Order | undefined>;
  readonly findByOutTradeNo: (mchid: Mchid, outTradeNo: OutTradeNo) => Promise<Order | undefined>;
  /** The order that has used a refund number of this merchant. */
  readonly findByOutRefundNo: (mchid: Mchid, outRefundNo: OutRefundNo) => Promise<Order | undefined>;
  readonly list: (request: ListRequest) => Promise<OrderPage>;
  /** Oldest first. */
  readonly timeline: (orderId: OrderId) => Promise<readonly TimelineEntry[]>;
  /** When the next duties of an order are due, earliest first. */
  readonly dutiesOf: (orderId: OrderId) => Promise<readonly (DutyKey & { readonly dueAtMs: number })[]>;

  /** Leases due duties, most urgent first (priority, then due time); each to one owner only. */
  readonly claim: (request: ClaimRequest) => Promise<readonly LeasedDuty[]>;
  /** Finishes a claimed duty without a decision; ignored when the lease was lost. */
  readonly settle: (duty: LeasedDuty) => Promise<void>;
  /** Moves a claimed duty to another time and gives it back; ignored when the lease was lost. */
  readonly postpone: (duty: LeasedDuty, dueAtMs: number) => Promise<void>;
  /** When the earliest duty is due, leases included. */
  readonly nextDueAtMs: () => Promise<number | undefined>;

  /** Events of one order that a destination has not confirmed, in order. */
  readonly undelivered: (orderId: OrderId, destination: string, limit: number) => Promise<readonly StoredEvent[]>;
  /** Notes that a destination has an event; once is enough, again is harmless. */
  readonly confirmDelivered: (eventId: string, destination: string, atMs: number) => Promise<void>;
  /** Events of all orders after a position, for streams; oldest first. */
  readonly eventsAfter: (
    position: number,
    limit: number,
  ) => Promise<readonly (StoredEvent & { readonly position: number })[]>;

  /** Keeps a notice; `seen-before` when the same bytes were kept already. */
  readonly keepNotice: (notice: ReceivedNotice) => Promise<'kept' | 'seen-before'>;
  /** For R6: of the payments learned since `sinceMs`, how many by notice and how many by query first. */
  readonly learnedCounts: (
    mchid: Mchid,
    sinceMs: number,
  ) => Promise<{ readonly byNotice: number; readonly byQuery: number }>;

  /** The answer given under an Idempotency-Key. */
  readonly recall: (key: string) => Promise<RememberedAnswer | undefined>;
  /** `taken` when another request already uses the key. */
  readonly remember: (answer: RememberedAnswer) => Promise<'remembered' | 'taken'>;
  /** Forgets answers older than `atMs`; orders, events, notices and timelines are kept. */
  readonly forgetBefore: (atMs: number) => Promise<void>;
  /** Commits what is under way and lets go of the database. Once is enough, again is harmless; every other call rejects. */
  readonly close: () => Promise<void>;
}
