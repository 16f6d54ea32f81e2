import type { Attempt, UnknownReason } from './outcome.ts';

/** What happens during a call, for logs, metrics and traces; never a key, signature, payer or body. */
export type ClientEvent =
  | {
      readonly kind: 'call-started';
      /** The same in all events of one call, different in every call of one client. */
      readonly callId: number;
      readonly operation: string;
      readonly mchid: string;
      /** The merchant's number of the order, where the call is about one. */
      readonly outTradeNo?: string;
      readonly atMs: number;
    }
  | {
      readonly kind: 'attempt-finished';
      readonly callId: number;
      readonly operation: string;
      readonly attemptNumber: number;
      readonly attempt: Attempt;
    }
  | {
      readonly kind: 'call-finished';
      readonly callId: number;
      readonly operation: string;
      readonly outcome: 'done' | 'rejected' | 'unknown';
      readonly code?: string;
      readonly reason?: UnknownReason;
      readonly attemptsCount: number;
      readonly tookMs: number;
      readonly atMs: number;
    };

/** Takes events as they happen. What it throws is ignored: a broken log must not break a payment. */
export type Observe = (event: ClientEvent) => void;

/** Makes an {@link Observe} harmless. */
export function guarded(observe: Observe): Observe {
  return (event) => {
    try {
      observe(event);
    } catch {
      // See the promise of Observe.
    }
  };
}
