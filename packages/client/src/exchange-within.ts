import { type Clock, type Http, HttpFailure, type HttpRequest, type HttpResponse } from '@orderkeeper/ports';
import type { NoAnswer } from './core/verdict.ts';

/** An exchange that cannot outlast its limit, whatever the transport does. */
export type Exchanged = { readonly kind: 'response'; readonly response: HttpResponse } | NoAnswer;

const noAnswer = (reason: NoAnswer['reason'], delivery: NoAnswer['delivery'], message: string): NoAnswer => ({
  kind: 'no-answer',
  reason,
  delivery,
  message,
});

/**
 * Sends `request` and settles within `limitMs` or on abort; never rejects. The transport has limits of its own, which
 * free the connection; this one makes sure that the caller gets its outcome in time. What comes later is not looked at.
 */
export function exchangeWithin(http: Http, clock: Clock, request: HttpRequest, limitMs: number): Promise<Exchanged> {
  return new Promise((resolve) => {
    const { signal } = request;
    const settle = (exchanged: Exchanged): void => {
      cancel();
      signal?.removeEventListener('abort', onAbort);
      resolve(exchanged);
    };
    const onAbort = (): void => settle(noAnswer('aborted', 'maybe-sent', 'the call was aborted'));
    const cancel = clock.after(limitMs, () =>
      settle(noAnswer('answer-timeout', 'maybe-sent', `no complete answer within ${limitMs} ms`)),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      http(request).then(
        (response) => settle({ kind: 'response', response }),
        (error: unknown) => settle(noAnswerOf(error)),
      );
    } catch (error) {
      settle(noAnswerOf(error));
    }
  });
}

/** A transport that breaks its promise and rejects with something else has still not answered. */
function noAnswerOf(error: unknown): NoAnswer {
  if (error instanceof HttpFailure) return noAnswer(error.reason, error.delivery, error.message);
  return noAnswer('connection-lost', 'maybe-sent', 'the transport failed in a way of its own');
}
