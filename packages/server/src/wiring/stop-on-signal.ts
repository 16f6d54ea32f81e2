import type { Logger } from 'pino';
import { EXIT_CODE } from '../exit-code.ts';
import type { RunningService } from './start-service.ts';

/** How a stop is done. */
export interface StopRules {
  /** Afterwards the process ends anyway; whatever is cut off comes due again (R16). */
  readonly withinMs: number;
  readonly log: Logger;
}

/** Stops the service in good order on SIGTERM or SIGINT, and ends the process. A second signal does not wait. */
export function stopOnSignal(service: Pick<RunningService, 'stop'>, { withinMs, log }: StopRules): void {
  let signals = 0;
  const stop = (signal: NodeJS.Signals): void => {
    signals += 1;
    if (signals > 1) process.exit(EXIT_CODE.unknown);
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error({ withinMs }, 'not stopped in time; what was under way comes due again');
      process.exit(EXIT_CODE.unknown);
    }, withinMs).unref();
    service.stop().then(
      () => {
        log.info('stopped');
        process.exit(EXIT_CODE.done);
      },
      (error: unknown) => {
        log.error({ err: error }, 'stopped with an error');
        process.exit(EXIT_CODE.unknown);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
