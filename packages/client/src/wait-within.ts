import type { Clock } from '@orderkeeper/ports';
import type { Patience } from './make-call.ts';

/** How a wait ended. */
export type Waited<Value> = { readonly end: 'came'; readonly value: Value } | { readonly end: 'late' | 'aborted' };

/** Waits for what others wait for too, at most until the deadline or the abort of one call; it goes on without it. */
export function waitWithin<Value>(
  clock: Clock,
  { deadlineAtMs, signal }: Patience,
  awaited: Promise<Value>,
): Promise<Waited<Value>> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      resolve({ end: 'aborted' });
      return;
    }
    const onAbort = (): void => settle({ end: 'aborted' });
    const release = (): void => {
      cancel();
      signal?.removeEventListener('abort', onAbort);
    };
    const settle = (waited: Waited<Value>): void => {
      release();
      resolve(waited);
    };
    const cancel = clock.after(Math.max(0, deadlineAtMs - clock.nowMs()), () => settle({ end: 'late' }));
    signal?.addEventListener('abort', onAbort, { once: true });
    awaited.then(
      (value) => settle({ end: 'came', value }),
      (error: unknown) => {
        release();
        reject(error);
      },
    );
  });
}
