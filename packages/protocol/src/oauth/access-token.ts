import type { Appid } from '../values/numbers.ts';
import type { Secret } from '../values/secret.ts';
import { oauthAnswerReader, type OauthOperation, printOauthPath } from './oauth-operation.ts';
import { type OauthToken, readToken } from './token.ts';

/** The code that the authorization page added to the redirect address. */
export interface AccessTokenRequest {
  readonly appid: Appid;
  readonly secret: Secret;
  readonly code: string;
}

/**
 * Exchanges the code of the authorization page for the payer's openid and a token.
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
 */
export const oauthAccessToken: OauthOperation<AccessTokenRequest, OauthToken> = {
  name: 'access_token',
  printPath: ({ appid, secret, code }) =>
    printOauthPath('/sns/oauth2/access_token', {
      appid,
      secret: secret.reveal(),
      code,
      grant_type: 'authorization_code',
    }),
  afterUnknown: 'restart',
  readAnswer: oauthAnswerReader(readToken),
};
