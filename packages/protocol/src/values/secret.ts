import { failure, ok, type Result } from './result.ts';

/** A text that must not be seen: it prints as `[secret]` wherever it is logged, joined or serialised. */
export interface Secret {
  /** The text itself. Only what signs, encrypts or sends it calls this. */
  readonly reveal: () => string;
  readonly toString: () => string;
  readonly toJSON: () => string;
}

/** A merchant's API key for v2 (API密钥): 32 letters and digits. */
export interface ApiKey extends Secret {
  readonly kind: 'v2';
}

/** A merchant's key for the encrypted parts of APIv3 (APIv3密钥): 32 ASCII characters, used as 32 bytes. */
export interface ApiV3Key extends Secret {
  readonly kind: 'v3';
}

const hide = (): string => '[secret]';

/** What `console.log` and `util.inspect` ask an object for; the symbol is in the global registry on purpose. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Wraps a text so that it cannot slip into a log line. */
export function createSecret(text: string): Secret {
  const secret = { reveal: () => text, toString: hide, toJSON: hide, [INSPECT]: hide };
  return secret;
}

/** Wraps the key set on the merchant platform; it has 32 letters and digits. */
export function parseApiKey(text: string): Result<ApiKey, 'not-an-api-key'> {
  if (!/^[0-9A-Za-z]{32}$/.test(text)) {
    return failure(
      'not-an-api-key',
      `an API key has 32 letters and digits, this one has ${text.length} characters; it is set in the merchant console under API security (API安全)`,
    );
  }
  return ok({ ...createSecret(text), kind: 'v2' });
}

/**
 * Wraps the APIv3 key set on the merchant platform; it is another than the API key of v2.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012072195
 */
export function parseApiV3Key(text: string): Result<ApiV3Key, 'not-an-api-v3-key'> {
  if (!/^[!-~]{32}$/.test(text)) {
    return failure(
      'not-an-api-v3-key',
      `an APIv3 key has 32 ASCII characters without blanks, this one has ${text.length} characters; it is set in the merchant console under API security (API安全, APIv3密钥), apart from the API key of v2`,
    );
  }
  return ok({ ...createSecret(text), kind: 'v3' });
}
