import { failure, type Failure, type Result } from '../values/result.ts';
import { createSecret, type Secret } from '../values/secret.ts';
import type { CodeRow } from '../v2/codes/code-row.ts';
import { type JsonObject, type JsonReason, readJsonObject } from './json-object.ts';
import { oauthCodeRow } from './oauth-codes.ts';

/** The hosts of {@link OauthOperation.printPath}: the first, and one to turn to when it cannot be reached. */
export const OAUTH_HOSTS = ['api.weixin.qq.com', 'api2.weixin.qq.com'] as const;

/** What an operation answered. */
export type OauthAnswer<Value> =
  | { readonly kind: 'succeeded'; readonly value: Value }
  /** WeChat said no; `errmsg` ends in a request id for its support. Decide by `errcode` and `code`, never by the text. */
  | { readonly kind: 'failed'; readonly errcode: number; readonly errmsg: string; readonly code: CodeRow }
  /** No knowledge. */
  | ({ readonly kind: 'unreadable' } & Omit<Failure<JsonReason>, 'ok'>);

/** One operation of page authorization or mini program login: always GET, always JSON. */
export interface OauthOperation<Request, Value> {
  readonly name: 'access_token' | 'refresh_token' | 'userinfo' | 'auth' | 'jscode2session';
  /**
   * Path and query of the request. They carry the app secret or a token, so they are a secret themselves: reveal them
   * to what sends them and to nothing else.
   */
  readonly printPath: (request: Request) => Secret;
  /** After an unknown outcome: send the same again, or start anew, because the code may be used up. */
  readonly afterUnknown: 'repeat' | 'restart';
  readonly readAnswer: (body: Uint8Array) => OauthAnswer<Value>;
}

/** Joins a path and its parameters, escaped, in the order given. */
export function printOauthPath(path: string, parameters: Readonly<Record<string, string>>): Secret {
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return createSecret(`${path}?${query.join('&')}`);
}

/**
 * Reads an answer: `errcode` first, where absent means the same as 0, then the value.
 * Answers of success have carried no `errcode` since 2018, some still do.
 */
export function oauthAnswerReader<Value>(
  readValue: (object: JsonObject) => Result<Value, JsonReason>,
): (body: Uint8Array) => OauthAnswer<Value> {
  return (body) => {
    const object = readJsonObject(body);
    if (!object.ok) return unreadable(object);
    const errcode = object.value.get('errcode') ?? 0;
    if (typeof errcode !== 'number' || !Number.isSafeInteger(errcode)) {
      return unreadable(failure('field-invalid', 'errcode is no whole number below 2^53'));
    }
    if (errcode !== 0) {
      const errmsg = object.value.get('errmsg');
      return { kind: 'failed', errcode, errmsg: typeof errmsg === 'string' ? errmsg : '', code: oauthCodeRow(errcode) };
    }
    const value = readValue(object.value);
    return value.ok ? { kind: 'succeeded', value: value.value } : unreadable(value);
  };
}

const unreadable = ({
  reason,
  message,
}: Failure<JsonReason>): { kind: 'unreadable'; reason: JsonReason; message: string } => ({
  kind: 'unreadable',
  reason,
  message,
});
