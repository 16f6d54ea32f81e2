import type { Appid, Openid } from '../values/numbers.ts';
import { ok, type Result } from '../values/result.ts';
import { createSecret, type Secret } from '../values/secret.ts';
import { type JsonObject, type JsonReason, optionalText, requiredText } from './json-object.ts';
import { oauthAnswerReader, type OauthOperation, printOauthPath } from './oauth-operation.ts';
import { readOpenid } from './token.ts';

/** The code that `wx.login` gave to the mini program. */
export interface Jscode2sessionRequest {
  readonly appid: Appid;
  readonly secret: Secret;
  readonly jsCode: string;
}

/** Who opened the mini program. */
export interface MiniProgramSession {
  readonly openid: Openid;
  /** Decrypts what the mini program hands over. Never send it to the mini program. */
  readonly sessionKey: Secret;
  readonly unionid?: string;
}

function readSession(object: JsonObject): Result<MiniProgramSession, JsonReason> {
  const openid = readOpenid(object);
  if (!openid.ok) return openid;
  const sessionKey = requiredText(object, 'session_key');
  if (!sessionKey.ok) return sessionKey;
  const unionid = optionalText(object, 'unionid');
  return ok({
    openid: openid.value,
    sessionKey: createSecret(sessionKey.value),
    ...(unionid === undefined ? {} : { unionid }),
  });
}

/**
 * Exchanges the code of a mini program's login for the payer's openid.
 * @see https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=7_7
 */
export const jscode2session: OauthOperation<Jscode2sessionRequest, MiniProgramSession> = {
  name: 'jscode2session',
  printPath: ({ appid, secret, jsCode }) =>
    printOauthPath('/sns/jscode2session', {
      appid,
      secret: secret.reveal(),
      js_code: jsCode,
      grant_type: 'authorization_code',
    }),
  afterUnknown: 'restart',
  readAnswer: oauthAnswerReader(readSession),
};
