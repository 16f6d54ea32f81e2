import type { Appid } from '../values/numbers.ts';
import type { Secret } from '../values/secret.ts';
import { oauthAnswerReader, type OauthOperation, printOauthPath } from './oauth-operation.ts';
import { type OauthToken, readToken } from './token.ts';

/** A refresh token, at most 30 days old. */
export interface RefreshTokenRequest {
  readonly appid: Appid;
  readonly refreshToken: Secret;
}

/**
 * Makes a token good for another two hours; an expired one is replaced.
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
 */
export const oauthRefreshToken: OauthOperation<RefreshTokenRequest, OauthToken> = {
  name: 'refresh_token',
  printPath: (request) =>
    printOauthPath('/sns/oauth2/refresh_token', {
      appid: request.appid,
      grant_type: 'refresh_token',
      refresh_token: request.refreshToken.reveal(),
    }),
  afterUnknown: 'repeat',
  readAnswer: oauthAnswerReader(readToken),
};
