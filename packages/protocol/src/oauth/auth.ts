import type { Openid } from '../values/numbers.ts';
import { ok } from '../values/result.ts';
import type { Secret } from '../values/secret.ts';
import { oauthAnswerReader, type OauthOperation, printOauthPath } from './oauth-operation.ts';

/** A token and the openid that came with it. */
export interface AuthRequest {
  readonly accessToken: Secret;
  readonly openid: Openid;
}

/** The token is good; there is nothing else to know. */
export type AuthAnswer = Readonly<Record<never, never>>;

/**
 * Asks whether a token is still good for an openid.
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
 */
export const oauthAuth: OauthOperation<AuthRequest, AuthAnswer> = {
  name: 'auth',
  printPath: (request) =>
    printOauthPath('/sns/auth', { access_token: request.accessToken.reveal(), openid: request.openid }),
  afterUnknown: 'repeat',
  readAnswer: oauthAnswerReader(() => ok({})),
};
