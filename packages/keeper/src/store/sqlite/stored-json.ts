import type { Alarm } from '../../core/decision.ts';
import type { Order } from '../../core/order.ts';

// Nothing but the store writes these columns, and it does so from typed values: their shape is known, and checking it on
// every read would cost more than the rest of a change.

/** Reads an order as the order writer has stored it. */
export const readOrder = (body: string): Order => JSON.parse(body) as Order;

/** Reads alarms as the timeline has stored them. */
export const readAlarms = (json: string): readonly Alarm[] => JSON.parse(json) as readonly Alarm[];
