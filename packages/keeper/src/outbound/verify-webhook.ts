import { timingSafeEqual } from 'node:crypto';
import { failure, ok, type Result } from '@orderkeeper/protocol';
import type { EventType } from '../core/decision.ts';
import { type EventData, isEventData, isEventType } from './event-data.ts';
import { signWebhook } from './webhook-message.ts';
import type { WebhookSecret } from './webhook-secret.ts';

/** An event as its receiver knows it; `switch (event.type)` narrows `data`. */
export type WebhookEvent = {
  readonly [Type in EventType]: {
    /** The same on every try: drop what you have seen. */
    readonly eventId: string;
    readonly type: Type;
    /** When it happened, UTC milliseconds. */
    readonly atMs: number;
    /** 1, 2, 3 … within the order; events of an order arrive in this order. */
    readonly sequence: number;
    readonly data: EventData[Type];
  };
}[EventType];

/** A message as a receiver got it. */
export interface ReceivedWebhook {
  /** One, or while a new one is being introduced both. */
  readonly secrets: readonly WebhookSecret[];
  /** As the framework gives them; names in any case. For `fetch` style: `Object.fromEntries(request.headers)`. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The raw body, never a parsed one that was printed again. */
  readonly body: string | Uint8Array;
  /** Now, UTC milliseconds. */
  readonly nowMs: number;
  /** How far the message's time may be from now; default five minutes. */
  readonly toleranceMs?: number;
}

/**
 * Why a message is not taken. Answer 400 or 401 to all of them but `unknown-event`: that one is genuine, of a newer
 * sender, and is best answered 204 and forgotten.
 */
export type WebhookReason =
  | 'header-missing'
  | 'timestamp-malformed'
  | 'signature-mismatch'
  | 'too-old'
  | 'too-new'
  | 'body-malformed'
  | 'unknown-event';

const TOLERANCE_MS = 5 * 60_000;

/**
 * Verifies a message at its receiver: signature first, over the bytes as received and in constant time, then its age, then
 * its content. Afterwards do the work and write down its `eventId` in one transaction, unless it was written down before,
 * and then answer 2xx; work that takes longer than seconds is written down and done after the answer.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function verifyWebhook(received: ReceivedWebhook): Result<WebhookEvent, WebhookReason> {
  const headers = readHeaders(received.headers);
  if (!headers.ok) return headers;
  const body = textOf(received.body);
  if (body === undefined) return failure('body-malformed', 'the body is not UTF-8');
  const { eventId, timestampSeconds, signatures } = headers.value;
  const isGenuine = received.secrets.some((secret) => {
    const expected = signWebhook(eventId, timestampSeconds, body, secret);
    return signatures.some((signature) => isEqual(signature, expected));
  });
  if (!isGenuine) {
    return failure('signature-mismatch', 'webhook-signature does not belong to this id, time, body and secret');
  }
  const { nowMs, toleranceMs = TOLERANCE_MS } = received;
  const ageMs = nowMs - timestampSeconds * 1000;
  if (ageMs > toleranceMs)
    return failure('too-old', `the message was sent ${ageMs} ms ago, allowed are ${toleranceMs}`);
  if (ageMs < -toleranceMs) return failure('too-new', `the message is ${-ageMs} ms ahead: compare the two clocks`);
  return readEvent(eventId, body);
}

interface WebhookHeaders {
  readonly eventId: string;
  readonly timestampSeconds: number;
  readonly signatures: readonly string[];
}

function readHeaders(
  received: ReceivedWebhook['headers'],
): Result<WebhookHeaders, 'header-missing' | 'timestamp-malformed'> {
  const headers = new Map(Object.entries(received).map(([name, value]) => [name.toLowerCase(), value]));
  const [eventId, timestamp, signature] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => {
    const value = headers.get(name);
    return typeof value === 'string' ? value : value?.join(' ');
  });
  if (!eventId) return failure('header-missing', 'webhook-id is missing');
  if (!timestamp) return failure('header-missing', 'webhook-timestamp is missing');
  if (!signature) return failure('header-missing', 'webhook-signature is missing');
  if (!/^[0-9]{1,12}$/.test(timestamp))
    return failure('timestamp-malformed', 'webhook-timestamp is no Unix time in seconds');
  const signatures = signature.split(' ').filter((one) => one !== '');
  return ok({ eventId, timestampSeconds: Number(timestamp), signatures });
}

function textOf(body: string | Uint8Array): string | undefined {
  if (typeof body === 'string') return body;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

function isEqual(received: string, expected: string): boolean {
  const [a, b] = [Buffer.from(received), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function readEvent(eventId: string, body: string): Result<WebhookEvent, 'body-malformed' | 'unknown-event'> {
  const fields = objectOf(body);
  const { type, timestamp, sequence, data } = fields ?? {};
  const atMs = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  if (typeof type !== 'string' || typeof sequence !== 'number' || !Number.isFinite(atMs)) {
    return failure('body-malformed', 'the body is not {"type", "timestamp", "sequence", "data"}');
  }
  if (!isEventType(type)) return failure('unknown-event', `there is no event ${type} in this version`);
  const event = { eventId, type, atMs, sequence, data };
  if (!isWebhookEvent(event)) return failure('body-malformed', `data is not what ${type} says`);
  return ok(event);
}

type UnreadEvent = Readonly<Record<'eventId', string>> & {
  readonly type: EventType;
  readonly atMs: number;
  readonly sequence: number;
  readonly data: unknown;
};

const isWebhookEvent = (event: UnreadEvent): event is WebhookEvent => isEventData(event.type, event.data);

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}
