import type { Call, CallLog } from '../world.ts';

/** The oldest calls are forgotten beyond this many, so that a long run does not fill the memory. */
export const CALLS_MAX = 5000;

/** Creates an empty list of calls. */
export function createCallLog(): CallLog {
  let calls: Call[] = [];
  let id = 0;
  return {
    add: (call) => {
      const numbered = { ...call, id: ++id };
      calls.push(numbered);
      if (calls.length >= 2 * CALLS_MAX) calls = calls.slice(-CALLS_MAX);
      return numbered;
    },
    list: () => calls.slice(-CALLS_MAX),
    clear: () => {
      calls = [];
    },
  };
}
