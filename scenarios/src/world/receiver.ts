import type { EventHandler, StoredEvent } from '@orderkeeper/keeper';
import type { Mishap } from '../plan/plan.ts';

/** The merchant's system: takes events in, and keeps every one that it has understood. */
export interface Receiver {
  readonly handler: EventHandler;
  /** In the order of arrival, duplicates included. */
  readonly heard: () => readonly StoredEvent[];
}

type Deafness = Extract<Mishap, { kind: 'deaf-receiver' }>;

/** Creates a receiver that does not confirm some of what it is sent, whether it has understood it or not. */
export function createReceiver(deafness: readonly Deafness[], note: (line: string) => void): Receiver {
  const heard: StoredEvent[] = [];
  let sent = 0;
  return {
    heard: () => heard,
    handler: (event) => {
      sent += 1;
      const now = sent;
      const mishap = deafness.find(({ nth, times }) => now >= nth && now < nth + times);
      const isHeard = mishap === undefined || mishap.understood === 'yes';
      if (isHeard) heard.push(event);
      note(`the shop ${isHeard ? 'hears' : 'does not hear'} ${event.orderId} #${event.sequence} ${event.type}`);
      if (mishap !== undefined) throw new Error('deaf on purpose');
    },
  };
}
