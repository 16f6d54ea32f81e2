/** Counts calls; answers whether this one is still within `callsMax` of its second. */
export type RateLimit = (who: string, nowMs: number, callsMax: number) => 'within' | 'beyond';

/** Creates counters per second, as the limits of the platform are stated. */
export function createRateLimit(): RateLimit {
  const counters = new Map<string, { second: number; calls: number }>();
  return (who, nowMs, callsMax) => {
    if (callsMax === 0) return 'within';
    const second = Math.floor(nowMs / 1000);
    const counter = counters.get(who);
    if (counter?.second !== second) {
      counters.set(who, { second, calls: 1 });
      return 'within';
    }
    counter.calls++;
    return counter.calls > callsMax ? 'beyond' : 'within';
  };
}
