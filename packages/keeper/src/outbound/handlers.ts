import { type Clock, sleep } from '@orderkeeper/ports';
import type { EventType } from '../core/decision.ts';
import type { EventHandler } from '../keeper.ts';
import type { StoredEvent } from '../store/store.ts';
import type { Destination, Sent } from '../work/destination.ts';
import { HANDLER_RETRY_AFTER_MS } from './retry-schedule.ts';

/** Receivers of events in this process. */
export interface Handlers {
  /**
   * Registers a handler under a name of its own; what it has confirmed is remembered by that name, also after a restart.
   * Register before the keeper starts to work: an event that finds nobody to tell is done. Throws when the name is taken.
   */
  readonly on: (type: EventType | '*', name: string, handler: EventHandler) => void;
  readonly destinations: () => readonly Destination[];
}

/** A handler that has not ended by then counts as failed, and is called again later; it may still be running then. */
const HANDLER_MS_MAX = 20_000;

/** Creates an empty {@link Handlers}. */
export function createHandlers(clock: Clock): Handlers {
  const destinations = new Map<string, Destination>();
  return {
    on: (type, name, handler) => {
      if (name === '') throw new TypeError('a handler has a name: what it has confirmed is remembered by it');
      if (destinations.has(name)) throw new TypeError(`the handler ${name} is registered already; choose another name`);
      destinations.set(name, {
        name: `handler:${name}`,
        wants: (event) => type === '*' || event.type === type,
        againAfterMs: HANDLER_RETRY_AFTER_MS,
        send: (event) => callInTime(handler, event, clock),
      });
    },
    destinations: () => [...destinations.values()],
  };
}

async function callInTime(handler: EventHandler, event: StoredEvent, clock: Clock): Promise<Sent> {
  const ended = new AbortController();
  const tooLong = async (): Promise<Sent> => {
    await sleep(clock, HANDLER_MS_MAX, ended.signal);
    return { sent: 'again', message: `has not ended after ${HANDLER_MS_MAX} ms` };
  };
  try {
    return await Promise.race([call(handler, event), tooLong()]);
  } finally {
    ended.abort();
  }
}

async function call(handler: EventHandler, event: StoredEvent): Promise<Sent> {
  try {
    await handler(event);
    return { sent: 'done' };
  } catch (error) {
    return { sent: 'again', message: error instanceof Error ? error.message : String(error) };
  }
}
