import { cpus } from 'node:os';

/** How much of the machine is used, by whoever: a moment to count from. */
export function startBusyCount() {
  const startedAtMs = performance.now();
  const before = usedMs();
  return {
    /** How many cores others have used since then, beside the time `ownMicros` that is known to be ours. */
    othersCores: (ownMicros) => (usedMs() - before - ownMicros / 1000) / (performance.now() - startedAtMs),
  };
}

const usedMs = () => cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);
