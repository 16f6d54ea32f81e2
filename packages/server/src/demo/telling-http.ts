import { type Http, HttpFailure } from '@orderkeeper/ports';
import { answerOf, operationOf } from './exchange.ts';
import type { Narrator } from './narrator.ts';

/** An {@link Http} whose exchanges are told, and that knows when none is under way. */
export interface TellingHttp {
  readonly http: Http;
  readonly inFlight: () => number;
  /** Does something once, just before the next request of an operation leaves. */
  readonly beforeNext: (operation: string, act: () => void) => void;
}

/** Wraps the way to WeChat Pay. */
export function createTellingHttp(http: Http, narrator: Pick<Narrator, 'call'>): TellingHttp {
  const acts = new Map<string, () => void>();
  let count = 0;
  return {
    http: async (request) => {
      const operation = operationOf(request);
      const act = acts.get(operation);
      acts.delete(operation);
      act?.();
      count += 1;
      try {
        const response = await http(request);
        narrator.call({ operation, ...answerOf(request, response) });
        return response;
      } catch (error) {
        narrator.call({ operation, code: error instanceof HttpFailure ? error.reason : 'failed' });
        throw error;
      } finally {
        count -= 1;
      }
    },
    inFlight: () => count,
    beforeNext: (operation, act) => acts.set(operation, act),
  };
}
