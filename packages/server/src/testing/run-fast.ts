// Loaded before the program itself (node --import): everything in this process then lives in the fast time, unchanged.
import { createFastClock, fastTimeOf } from './fast-clock.ts';

const time = fastTimeOf(process.env);
const machineTimeout = globalThis.setTimeout;

Date.now = createFastClock(time).nowMs;
Object.assign(globalThis, {
  setTimeout: (task: (...given: readonly unknown[]) => void, delayMs = 0, ...given: readonly unknown[]) =>
    machineTimeout(task, delayMs / time.rate, ...given),
});
