import { setTimeout as sleep } from 'node:timers/promises';
import { startBusyCount } from './busy.js';

const REST_MS = 300;
/** So long at most a whole run waits for calm. */
export const CALM_MS_MAX = 1_800_000;

/**
 * Runs jobs while others leave the machine alone: waits until they use at most `othersMax` cores, and repeats a job
 * during which they used more. What the job found plays no part in that. After `untilMs` it takes what it gets.
 */
export function createCalm({ othersMax, untilMs }) {
  const isOver = () => performance.now() >= untilMs;
  return async (job) => {
    for (;;) {
      while (!isOver() && (await othersNow()) > othersMax) await sleep(REST_MS);
      const result = await job();
      if (isOver() || result.othersCores <= othersMax) return result;
    }
  };
}

async function othersNow() {
  const { othersCores } = startBusyCount();
  await sleep(REST_MS);
  return othersCores(0);
}
