import type { Clock } from '@orderkeeper/ports';
import type { Patience } from './make-call.ts';

/** How a wait ended. */
export type Waited<Value> = { readonly end: 'came'; readonly value: Value } | { readonly end: 'late' | 'aborted' };

/** Waits for what others wait for too, at most until the deadline or the abort of one call; it goes on without it. */
export async function waitWithin<Value>(
  clock: Clock,
  { deadlineAtMs, signal }: Patience,
  awaited: Promise<Value>,
): Promise<Waited<Value>> {
  if (signal?.aborted === true) return { end: 'aborted' };
  const came = awaited.then((value): Waited<Value> => ({ end: 'came', value }));
  let release = (): void => {};
  const ended = new Promise<Waited<Value>>((resolve) => {
    const onAbort = (): void => resolve({ end: 'aborted' });
    const cancel = clock.after(deadlineAtMs - clock.nowMs(), () => resolve({ end: 'late' }));
    signal?.addEventListener('abort', onAbort, { once: true });
    release = () => {
      cancel();
      signal?.removeEventListener('abort', onAbort);
    };
  });
  try {
    return await Promise.race([came, ended]);
  } finally {
    release();
  }
}
