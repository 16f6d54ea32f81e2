import { Webhook } from 'standardwebhooks';
import type { StoredEvent } from '../store/store.ts';
import type { WebhookSecret } from './webhook-secret.ts';

/** What goes over the wire for an event. */
export interface WebhookMessage {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, the same on every try. */
  readonly body: string;
}

/** What is printed of an event. */
export type PrintedEvent = Pick<StoredEvent, 'eventId' | 'type' | 'atMs' | 'sequence' | 'data'>;

/**
 * Prints an event after the Standard Webhooks specification. `sentAtMs` is the moment of this try; it is signed, so that an
 * old message cannot be played again. Every secret signs: while a new one is being introduced, both sides have one in
 * common at any moment.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function printWebhook(event: PrintedEvent, secrets: readonly WebhookSecret[], sentAtMs: number): WebhookMessage {
  const body = printBody(event);
  const timestampSeconds = Math.floor(sentAtMs / 1000);
  const signatures = secrets.map((secret) => signWebhook(event.eventId, timestampSeconds, body, secret));
  return {
    headers: {
      'content-type': 'application/json',
      'webhook-id': event.eventId,
      'webhook-timestamp': String(timestampSeconds),
      'webhook-signature': signatures.join(' '),
    },
    body,
  };
}

/** The data is JSON text already, and is not read again: the receiver gets what was committed, to the byte. */
function printBody({ type, atMs, sequence, data }: PrintedEvent): string {
  const timestamp = new Date(atMs).toISOString();
  return `{"type":${JSON.stringify(type)},"timestamp":"${timestamp}","sequence":${sequence},"data":${data}}`;
}

/** The signature of one secret: `v1,` and base64 of HMAC-SHA256 over id, time and body. */
export function signWebhook(id: string, timestampSeconds: number, body: string, secret: WebhookSecret): string {
  return new Webhook(secret.reveal()).sign(id, new Date(timestampSeconds * 1000), body);
}
