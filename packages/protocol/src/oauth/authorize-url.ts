import type { Appid } from '../values/numbers.ts';
import { failure, ok, type Result } from '../values/result.ts';

/** Where to send a payer's browser so that the account learns their openid. */
export interface AuthorizeRequest {
  readonly appid: Appid;
  /** Absolute address on the registered domain, without a port; `code` and `state` are added to it. */
  readonly redirectUri: string;
  /** `snsapi_base` is silent and gives the openid only; `snsapi_userinfo` asks the payer. */
  readonly scope: 'snsapi_base' | 'snsapi_userinfo';
  /** Comes back unchanged: at most 128 letters and digits. Bind it to the browser's session. */
  readonly state?: string;
  /** `forced` shows the confirmation even to those who confirmed before. */
  readonly confirmation?: 'as-needed' | 'forced';
}

/** Why there is no address. */
export type AuthorizeReason = 'redirect-uri-invalid' | 'state-invalid';

/**
 * The address of the authorization page. The order of its parameters and the fragment are part of the contract: WeChat
 * matches the link by its pattern. The code that comes back is good once, for five minutes.
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
 */
export function authorizeUrl(request: AuthorizeRequest): Result<string, AuthorizeReason> {
  const { appid, redirectUri, scope, state, confirmation } = request;
  if (!/^https?:\/\/[^/?#:@\s]+([/?#]|$)/i.test(redirectUri) || !URL.canParse(redirectUri)) {
    return failure(
      'redirect-uri-invalid',
      'redirect_uri must be an absolute http or https address without a port, on the registered domain',
    );
  }
  if (state !== undefined && !/^[0-9A-Za-z]{1,128}$/.test(state)) {
    return failure('state-invalid', 'state must be 1 to 128 letters and digits');
  }
  const stateParameter = state === undefined ? '' : `&state=${state}`;
  const forcePopup = confirmation === 'forced' ? '&forcePopup=true' : '';
  return ok(
    `https://open.weixin.qq.com/connect/oauth2/authorize?appid=${appid}&redirect_uri=${encodeURIComponent(redirectUri)}` +
      `&response_type=code&scope=${scope}${stateParameter}${forcePopup}#wechat_redirect`,
  );
}
