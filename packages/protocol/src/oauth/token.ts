import { type Openid, parseOpenid } from '../values/numbers.ts';
import { failure, ok, type Result } from '../values/result.ts';
import { createSecret, type Secret } from '../values/secret.ts';
import { type JsonObject, type JsonReason, optionalText, requiredText, requiredWholeNumber } from './json-object.ts';

/** What page authorization gives: who the visitor is, and a token to ask for more. */
export interface OauthToken {
  /** For this page authorization only; not the account's global access token. */
  readonly accessToken: Secret;
  /** How long `accessToken` is good from now on; two hours at first. */
  readonly expiresInMs: number;
  /** Good for 30 days. */
  readonly refreshToken: Secret;
  readonly openid: Openid;
  readonly scopes: readonly string[];
  /** With `snsapi_userinfo` and an account bound to the open platform. */
  readonly unionid?: string;
  /** `snapshot`: a visitor who has not logged in; the openid is made up, take no order from it. */
  readonly visitor: 'person' | 'snapshot';
}

/** Reads an openid. */
export function readOpenid(object: JsonObject): Result<Openid, JsonReason> {
  const text = requiredText(object, 'openid');
  if (!text.ok) return text;
  const openid = parseOpenid(text.value);
  return openid.ok ? openid : failure('field-invalid', openid.message);
}

/** Reads the answer of access_token and of refresh_token. */
export function readToken(object: JsonObject): Result<OauthToken, JsonReason> {
  const accessToken = requiredText(object, 'access_token');
  if (!accessToken.ok) return accessToken;
  const expiresIn = requiredWholeNumber(object, 'expires_in');
  if (!expiresIn.ok) return expiresIn;
  const refreshToken = requiredText(object, 'refresh_token');
  if (!refreshToken.ok) return refreshToken;
  const openid = readOpenid(object);
  if (!openid.ok) return openid;
  const unionid = optionalText(object, 'unionid');
  return ok({
    accessToken: createSecret(accessToken.value),
    expiresInMs: expiresIn.value * 1000,
    refreshToken: createSecret(refreshToken.value),
    openid: openid.value,
    scopes: (optionalText(object, 'scope') ?? '').split(',').filter((scope) => scope !== ''),
    ...(unionid === undefined ? {} : { unionid }),
    visitor: object.get('is_snapshotuser') === 1 ? 'snapshot' : 'person',
  });
}
