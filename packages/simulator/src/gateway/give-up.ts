import {
  type Clock,
  type Delivery,
  type Http,
  HttpFailure,
  type HttpRequest,
  type HttpResponse,
} from '@orderkeeper/ports';

/**
 * Lets a caller in the same process give up as one behind a socket does: when the answer takes longer than the request
 * allows, or its signal aborts. Work that has begun goes on all the same.
 */
export function untilGivenUp(work: Http, request: HttpRequest, clock: Clock): Promise<HttpResponse> {
  const { signal, timeLimits } = request;
  if (signal === undefined && timeLimits === undefined) return work(request);
  const { host } = new URL(request.url);
  const givenUp = (delivery: Delivery): HttpFailure =>
    new HttpFailure('aborted', delivery, `the call to ${host} was given up`);
  if (signal?.aborted === true) return Promise.reject(givenUp('not-sent'));
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(givenUp('maybe-sent'));
    const expire = (): void =>
      reject(new HttpFailure('answer-timeout', 'maybe-sent', `${host} did not answer in time`));
    const stopClock = timeLimits === undefined ? undefined : clock.after(timeLimits.answerMs, expire);
    signal?.addEventListener('abort', abort, { once: true });
    const settle = (): void => {
      stopClock?.();
      signal?.removeEventListener('abort', abort);
    };
    work(request).finally(settle).then(resolve, reject);
  });
}
