import type { KeeperEvent, ObserveKeeper } from '@orderkeeper/keeper';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';

/** Turns what happens in the keeper into figures and log lines. */
export function createObserver(log: Logger, metrics: Pick<Metrics, 'countEvent'>): ObserveKeeper {
  return (event) => {
    metrics.countEvent(event);
    write(log, event);
  };
}

function write(log: Logger, event: KeeperEvent): void {
  const { kind: _kind, ...facts } = event;
  switch (event.kind) {
    case 'duty-run':
      if (event.outcome === 'failed') log.error(facts, 'duty failed; it comes due again');
      else log.debug(facts, 'duty run');
      return;
    case 'alarm':
      log.warn(facts, `a person should look at this: ${event.alarm.message}`);
      return;
    case 'event-stored':
      log.info(facts, 'event stored');
      return;
    case 'notices-measured':
      log[event.notices === 'being-lost' ? 'warn' : 'info'](facts, `notices are ${event.notices}`);
      return;
    case 'notice-received':
      log[event.verdict === 'unverified' ? 'warn' : 'info'](facts, 'notice answered');
      return;
    case 'event-sent':
      log[event.outcome === 'delivered' ? 'info' : 'warn'](facts, 'event sent');
      return;
    case 'delivery-given-up':
      log.error(facts, 'an event was not taken in all its tries; it is kept');
      return;
    case 'endpoint-disabled':
      log.error(facts, 'an endpoint is told nothing any more until the service is started again');
      return;
    case 'store-failed':
      log.error(facts, 'the worker could not reach the store; it goes on trying');
      return;
  }
}
