import type { Store } from '@orderkeeper/keeper';
import type { CancelTimer, Clock } from '@orderkeeper/ports';
import type { Logger } from 'pino';

const HOUR_MS = 3_600_000;
/** An Idempotency-Key is known for a week: longer than any queue of repetitions. */
const KEPT_MS = 7 * 24 * HOUR_MS;

/** Forgets old answers once an hour; answers how to end that. */
export function forgetAnswers(store: Pick<Store, 'forgetBefore'>, clock: Clock, log: Logger): CancelTimer {
  let cancel: CancelTimer = () => {};
  const forget = (): void => {
    store.forgetBefore(clock.nowMs() - KEPT_MS).catch((error: unknown) => log.warn({ err: error }, 'cannot forget'));
    cancel = clock.after(HOUR_MS, forget);
  };
  cancel = clock.after(HOUR_MS, forget);
  return () => cancel();
}
