import type { Mchid } from '@orderkeeper/protocol';
import type { Alarm, DutyKind, DutyPriority, EventType } from '../core/decision.ts';
import type { OrderId } from '../core/order.ts';
import type { NoticeEvent } from './notice-event.ts';
import type { DeliveryEvent } from './delivery-event.ts';

/** How a run of a duty ended. */
export type DutyOutcome =
  /** WeChat Pay, or a destination, gave an answer that was committed. */
  | 'done'
  | 'rejected'
  | 'unknown'
  /** It was no longer wanted, or not yet. */
  | 'not-wanted'
  /** The merchant's budget was used up (R18). */
  | 'over-budget'
  /** A bug or a broken world: it comes due again by itself. */
  | 'failed';

/** What happens in a keeper, for logs, metrics and traces; never a key, a payer, a code or a body. */
export type KeeperEvent =
  | NoticeEvent
  | DeliveryEvent
  | {
      readonly kind: 'duty-run';
      readonly duty: DutyKind;
      readonly subject: string;
      readonly orderId: OrderId;
      readonly mchid: Mchid;
      readonly priority: DutyPriority;
      readonly outcome: DutyOutcome;
      /** How late it was picked up. */
      readonly lagMs: number;
      readonly tookMs: number;
      readonly atMs: number;
      /** With `failed`: what was thrown. */
      readonly message?: string;
    }
  | {
      readonly kind: 'alarm';
      readonly orderId: OrderId;
      readonly mchid: Mchid;
      readonly alarm: Alarm;
      readonly atMs: number;
    }
  | {
      readonly kind: 'event-stored';
      readonly orderId: OrderId;
      readonly mchid: Mchid;
      readonly type: EventType;
      readonly sequence: number;
      readonly atMs: number;
    }
  /** A destination has not taken an event in all its tries, or wants nothing more; the event is kept. */
  | {
      readonly kind: 'delivery-given-up';
      readonly orderId: OrderId;
      readonly mchid: Mchid;
      readonly eventId: string;
      readonly destination: string;
      readonly message: string;
      readonly atMs: number;
    }
  /** The share of payments first learned by query, and what follows from it (R6). */
  | ({ readonly kind: 'notices-measured'; readonly mchid: Mchid; readonly atMs: number } & NoticeMeasure)
  /** The runner could not reach the store; it goes on trying. */
  | { readonly kind: 'store-failed'; readonly message: string; readonly atMs: number };

/** How a merchant's payments were first learned during a window. */
export interface NoticeMeasure {
  readonly byNotice: number;
  readonly byQuery: number;
  /** `byQuery` of both; 0 when there were none. */
  readonly queryShare: number;
  readonly notices: 'arriving' | 'being-lost';
}

/** Takes events as they happen. What it throws is ignored: a broken log must not break a payment. */
export type ObserveKeeper = (event: KeeperEvent) => void;

/** Makes an {@link ObserveKeeper} harmless. */
export function guardedObserver(observe: ObserveKeeper): ObserveKeeper {
  return (event) => {
    try {
      observe(event);
    } catch {
      // See the promise of ObserveKeeper.
    }
  };
}
