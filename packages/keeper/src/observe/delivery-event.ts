import type { Mchid } from '@orderkeeper/protocol';
import type { EventType } from '../core/decision.ts';
import type { OrderId } from '../core/order.ts';

/** A try to tell an event to an endpoint; for logs and metrics. Never a body, an address or a signature. */
export interface EventSent {
  readonly kind: 'event-sent';
  readonly endpoint: string;
  readonly eventId: string;
  readonly type: EventType;
  readonly orderId: OrderId;
  readonly mchid: Mchid;
  readonly outcome: 'delivered' | 'failed' | 'gone';
  readonly message: string;
  readonly tookMs: number;
  readonly atMs: number;
}

/**
 * An endpoint is told nothing any more: a person should look. `gone`: it answered 410. `failing`: it has taken nothing for
 * days. What waits for it is kept; it goes on with the next event after it was switched on again.
 */
export interface EndpointDisabled {
  readonly kind: 'endpoint-disabled';
  readonly endpoint: string;
  readonly because: 'gone' | 'failing';
  readonly message: string;
  readonly atMs: number;
}

/** What happens at the way out. */
export type DeliveryEvent = EventSent | EndpointDisabled;
