import type { Random } from '@orderkeeper/ports';
import { createSecret, failure, ok, type Result, type Secret } from '@orderkeeper/protocol';

/** What an endpoint's messages are signed with: `whsec_` and 24 to 64 bytes in base64. Prints as `[secret]`. */
export interface WebhookSecret extends Secret {
  readonly kind: 'webhook';
}

const PREFIX = 'whsec_';
const BYTES_MIN = 24;
const BYTES_MAX = 64;
const BYTES_NEW = 32;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const wrap = (text: string): WebhookSecret => ({ ...createSecret(text), kind: 'webhook' });

/** Reads a secret as the Standard Webhooks specification writes it; the message never repeats the text. */
export function parseWebhookSecret(text: string): Result<WebhookSecret, 'not-a-webhook-secret'> {
  const key = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : undefined;
  if (key === undefined || !BASE64.test(key)) {
    return failure(
      'not-a-webhook-secret',
      `a webhook secret is ${PREFIX} and base64, as createWebhookSecret() makes it`,
    );
  }
  const bytesCount = Buffer.from(key, 'base64').length;
  if (bytesCount < BYTES_MIN || bytesCount > BYTES_MAX) {
    const message = `a webhook secret has ${BYTES_MIN} to ${BYTES_MAX} bytes, this one has ${bytesCount}`;
    return failure('not-a-webhook-secret', message);
  }
  return ok(wrap(text));
}

/** Makes a new secret of 32 bytes; `random` must be the system's. */
export function createWebhookSecret(random: Pick<Random, 'bytes'>): WebhookSecret {
  return wrap(`${PREFIX}${Buffer.from(random.bytes(BYTES_NEW)).toString('base64')}`);
}
