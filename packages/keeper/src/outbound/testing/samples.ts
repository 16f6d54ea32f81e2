import { type Http, HttpFailure, type HttpRequest, type HttpResponse } from '@orderkeeper/ports';
import type { Result } from '@orderkeeper/protocol';
import type { EventType } from '../../core/decision.ts';
import { MCHID, OPENED_MS, orderId } from '../../core/testing/samples.ts';
import type { StoredEvent } from '../../store/store.ts';
import { type Endpoint, parseEndpoint } from '../endpoint.ts';
import { parseWebhookSecret, type WebhookSecret } from '../webhook-secret.ts';

/** The value of a result that must be there. */
export function given<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** The secret of the test vectors that the libraries of Standard Webhooks share. */
export const SECRET_TEXT = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
export const SECRET: WebhookSecret = given(parseWebhookSecret(SECRET_TEXT));
export const NEXT_SECRET: WebhookSecret = given(parseWebhookSecret(`whsec_${Buffer.alloc(32, 7).toString('base64')}`));

export const storedEvent = (changes: Partial<StoredEvent> = {}): StoredEvent => ({
  eventId: `evt_${'a'.repeat(32)}`,
  orderId: orderId('order-1'),
  mchid: MCHID,
  sequence: 1,
  type: 'order.closed',
  atMs: OPENED_MS,
  data: '{"orderId":"order-1","because":"expired"}',
  ...changes,
});

export const eventOf = (type: EventType): StoredEvent => storedEvent({ type });

export const ENDPOINT: Endpoint = given(
  parseEndpoint({ name: 'shop', url: 'https://shop.example.com/hooks', secrets: [SECRET_TEXT] }),
);

/** A receiver that answers with a status, or not at all. */
export interface PretendReceiver {
  readonly http: Http;
  readonly requests: readonly HttpRequest[];
  /** How it takes the messages from now on. */
  reaction: number | HttpFailure;
}

export function createPretendReceiver(reaction: number | HttpFailure = 204): PretendReceiver {
  const requests: HttpRequest[] = [];
  const receiver: PretendReceiver = {
    requests,
    reaction,
    http: (request): Promise<HttpResponse> => {
      requests.push(request);
      const { reaction: current } = receiver;
      if (current instanceof HttpFailure) return Promise.reject(current);
      return Promise.resolve({ status: current, headers: {}, body: new Uint8Array(0) });
    },
  };
  return receiver;
}
