import type { StoredEvent } from '../store/store.ts';

/** How telling one event to one destination ended. */
export type Sent =
  | { readonly sent: 'done' }
  /** Not now: the same event again later, and those after it wait (R13: in order per order). */
  | { readonly sent: 'again'; readonly message: string }
  /** The destination wants nothing any more; what waits for it is kept and not sent. */
  | { readonly sent: 'refused'; readonly message: string };

/** Someone who is told of events: an endpoint of the merchant's systems, or a handler in this process. */
export interface Destination {
  /** Stable across restarts: what it has confirmed is remembered by this name. */
  readonly name: string;
  readonly wants: (event: StoredEvent) => boolean;
  /** Tells one event, once; never rejects its promise. Ends within half a lease. */
  readonly send: (event: StoredEvent) => Promise<Sent>;
  /** The waits after the first, second … try that failed; when they are used up the event is given up. */
  readonly againAfterMs: readonly number[];
}
