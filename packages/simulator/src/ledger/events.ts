import type { WorldEvent, WorldEvents } from '../world.ts';

/** Creates a list of listeners. */
export function createEvents(): WorldEvents {
  const listeners: ((event: WorldEvent) => void)[] = [];
  return {
    on: (listener) => {
      listeners.push(listener);
    },
    tell: (event) => {
      for (const listener of listeners) listener(event);
    },
  };
}
