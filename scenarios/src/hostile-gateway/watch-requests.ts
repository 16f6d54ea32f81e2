import { type Http, HttpFailure, type HttpRequest, type HttpResponse } from '@orderkeeper/ports';
import type { Call, Simulator } from '@orderkeeper/simulator';

/** A request as it left, and what the gateway made of it. */
export interface WatchedRequest {
  readonly request: HttpRequest;
  /** Whether the gateway may have seen it. */
  readonly delivery: 'not-sent' | 'maybe-sent';
  /** The gateway's own record; absent while it is under way. */
  readonly call?: Call;
  /** What came back, and whether the same was given to a request before. */
  readonly answer?: { readonly headers: HttpResponse['headers']; readonly isRepeated: boolean };
}

/** Sees every request between a client and a gateway. */
export interface RequestWatch {
  readonly http: Http;
  /** The requests that carried this signal, which is how a call is told from others. */
  readonly requestsOf: (signal: AbortSignal) => readonly WatchedRequest[];
  readonly all: () => readonly WatchedRequest[];
}

interface Seen extends Pick<WatchedRequest, 'request'> {
  readonly host: string;
  delivery: WatchedRequest['delivery'];
  answer?: NonNullable<WatchedRequest['answer']>;
}

/** Every request goes to a port of its own, by which it is found again in the gateway's list of calls. */
export function watchRequests({ handle, world }: Pick<Simulator, 'handle' | 'world'>): RequestWatch {
  const seen: Seen[] = [];
  const signatures = new Set<string>();
  const watched = (wanted: readonly Seen[]): WatchedRequest[] => {
    const calls = new Map(world.calls.list().map((call) => [call.host, call]));
    return wanted.map(({ host, ...entry }) => {
      const call = calls.get(host);
      return { ...entry, ...(call === undefined ? {} : { call }) };
    });
  };
  return {
    http: async (request) => {
      const host = `${new URL(request.url).host}:${1_000 + seen.length}`;
      const entry: Seen = { request, host, delivery: 'maybe-sent' };
      seen.push(entry);
      try {
        const response = await handle({ ...request, headers: { ...request.headers, host } });
        const { headers } = response;
        const signature = headers['wechatpay-signature'] ?? '';
        entry.answer = { headers, isRepeated: signature !== '' && signatures.has(signature) };
        signatures.add(signature);
        return response;
      } catch (error) {
        if (error instanceof HttpFailure) entry.delivery = error.delivery;
        throw error;
      }
    },
    requestsOf: (signal) => watched(seen.filter(({ request }) => request.signal === signal)),
    all: () => watched(seen),
  };
}

/** The path of a request on whichever host, without its query. */
export const pathOf = ({ url }: Pick<HttpRequest, 'url'>): string => new URL(url).pathname;
