import { type Http, HttpFailure, type HttpResponse } from '@orderkeeper/ports';
import { readXml } from '@orderkeeper/protocol';
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
      const operation = new URL(request.url).pathname.split('/').at(-1) ?? '';
      const act = acts.get(operation);
      acts.delete(operation);
      act?.();
      count += 1;
      try {
        const response = await http(request);
        narrator.call({ operation, ...answerOf(response) });
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

function answerOf({ status, body }: HttpResponse): { readonly code: string; readonly tradeState?: string } {
  const fields = readXml(body);
  if (!fields.ok) return { code: `HTTP ${status}` };
  const { value } = fields;
  const isSuccess = value.get('return_code') === 'SUCCESS' && value.get('result_code') !== 'FAIL';
  const code = isSuccess ? 'SUCCESS' : (value.get('err_code') ?? value.get('return_msg') ?? 'FAIL');
  const tradeState = value.get('trade_state');
  return tradeState === undefined ? { code } : { code, tradeState };
}
