import { failure, type Mchid, ok, parseMchid, type Result } from '@orderkeeper/protocol';
import type { EventType } from '../core/decision.ts';
import type { StoredEvent } from '../store/store.ts';
import { EVENT_TYPES, isEventType } from './event-data.ts';
import { parseWebhookSecret, type WebhookSecret } from './webhook-secret.ts';

/** An address of the merchant's systems that is told of events. */
export interface Endpoint {
  /** Stable: what it has confirmed is remembered by this name. */
  readonly name: string;
  /** Where events are posted; http or https, without user and password. */
  readonly url: string;
  /** Each of them signs; two while a new one is being introduced. */
  readonly secrets: readonly WebhookSecret[];
  /** Default all. */
  readonly types?: readonly EventType[];
  /** Default all. */
  readonly mchids?: readonly Mchid[];
}

/** An endpoint as it stands in a configuration: texts, not yet looked at. */
export interface EndpointTexts {
  readonly name: string;
  readonly url: string;
  readonly secrets: readonly string[];
  readonly types?: readonly string[];
  readonly mchids?: readonly string[];
}

const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** Makes an endpoint out of texts. A failure names the field and what is wrong with it, and never repeats a secret. */
export function parseEndpoint(texts: EndpointTexts): Result<Endpoint, 'endpoint-invalid'> {
  const { name, types } = texts;
  if (!NAME.test(name)) return invalid('name has 1 to 64 characters: a-z, 0-9, _ and -, the first a letter or digit');
  const url = parseUrl(texts.url);
  if (!url.ok) return url;
  const secrets: WebhookSecret[] = [];
  for (const text of texts.secrets) {
    const secret = parseWebhookSecret(text);
    if (!secret.ok) return invalid(`secrets: ${secret.message}`);
    secrets.push(secret.value);
  }
  if (secrets.length === 0) return invalid('secrets is empty: without one nobody could tell our messages from others');
  const strange = types?.find((type) => !isEventType(type));
  if (strange !== undefined) return invalid(`types: there is no event ${strange}; there are ${EVENT_TYPES.join(', ')}`);
  const mchids: Mchid[] = [];
  for (const text of texts.mchids ?? []) {
    const mchid = parseMchid(text);
    if (!mchid.ok) return invalid(`mchids: ${mchid.message}`);
    mchids.push(mchid.value);
  }
  return ok({
    name,
    url: url.value,
    secrets,
    ...(types === undefined ? {} : { types: types.filter(isEventType) }),
    ...(texts.mchids === undefined ? {} : { mchids }),
  });
}

/** Whether an endpoint is told of an event at all. */
export function isWantedBy({ types, mchids }: Endpoint, { type, mchid }: Pick<StoredEvent, 'type' | 'mchid'>): boolean {
  return (types?.includes(type) ?? true) && (mchids?.includes(mchid) ?? true);
}

const invalid = (message: string) => failure('endpoint-invalid', message);

function parseUrl(text: string): Result<string, 'endpoint-invalid'> {
  if (!URL.canParse(text)) return invalid('url is no absolute address, such as https://shop.example.com/hooks');
  const { protocol, username, password, href } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return invalid('url begins with https:// or http://');
  if (username !== '' || password !== '') return invalid('url contains a user or a password; the signature proves us');
  return ok(href);
}
