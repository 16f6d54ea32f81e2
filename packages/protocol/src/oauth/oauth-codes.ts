import type { CodeRow } from '../v2/codes/code-row.ts';

const UNKNOWN_ERRCODE: CodeRow = {
  outcome: 'rejected',
  repeat: 'never',
  meaning: 'an error that is not in our table',
  remedy: 'look the errcode up in the return codes of the WeChat documentation',
};

const RESTART = 'start the authorization again: a code is good once, for five minutes';

/**
 * The errors of page authorization and mini program login, by `errcode`.
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
 */
const OAUTH_CODES: ReadonlyMap<number, CodeRow> = new Map<number, CodeRow>([
  // The code counts as used even then, which is why the same request must not be sent again.
  [
    -1,
    {
      outcome: 'unknown',
      repeat: 'never',
      meaning: 'WeChat had a problem; a code that was sent is used up',
      remedy: RESTART,
    },
  ],
  [
    40001,
    {
      outcome: 'rejected',
      repeat: 'never',
      meaning: 'the access token is no valid credential',
      remedy: 'refresh the token, or start the authorization again',
    },
  ],
  [
    40002,
    {
      outcome: 'rejected',
      repeat: 'never',
      meaning: 'grant_type is wrong',
      remedy: 'send the grant_type of the operation',
    },
  ],
  [
    40003,
    {
      outcome: 'rejected',
      repeat: 'never',
      meaning: 'the openid is not of this account or the token is no longer good for it',
      remedy: 'use the openid that came with the token',
    },
  ],
  [40013, { outcome: 'rejected', repeat: 'never', meaning: 'the appid is wrong', remedy: 'check the appid' }],
  [
    40014,
    {
      outcome: 'rejected',
      repeat: 'never',
      meaning: 'the access token is wrong',
      remedy: 'refresh the token, or start the authorization again',
    },
  ],
  [40029, { outcome: 'rejected', repeat: 'never', meaning: 'the code is unknown or expired', remedy: RESTART }],
  [
    40030,
    {
      outcome: 'rejected',
      repeat: 'never',
      meaning: 'the refresh token is wrong or older than 30 days',
      remedy: 'start the authorization again',
    },
  ],
  [
    40125,
    {
      outcome: 'rejected',
      repeat: 'never',
      meaning: 'the app secret is wrong',
      remedy: 'check the secret; resetting it in the console makes the old one invalid at once',
    },
  ],
  [40163, { outcome: 'rejected', repeat: 'never', meaning: 'the code was used before', remedy: RESTART }],
  [
    40226,
    {
      outcome: 'rejected',
      repeat: 'never',
      meaning: 'WeChat blocks this user as a high risk',
      remedy: 'do not log this user in',
    },
  ],
  [41002, { outcome: 'rejected', repeat: 'never', meaning: 'appid is missing', remedy: 'send the appid' }],
  [41004, { outcome: 'rejected', repeat: 'never', meaning: 'the app secret is missing', remedy: 'send the secret' }],
  [
    41008,
    {
      outcome: 'rejected',
      repeat: 'never',
      meaning: 'the code is missing',
      remedy: 'send the code that came to the redirect address',
    },
  ],
  [
    42001,
    { outcome: 'rejected', repeat: 'never', meaning: 'the access token is expired', remedy: 'refresh the token' },
  ],
  [
    45011,
    {
      outcome: 'rejected',
      repeat: 'later',
      meaning: 'too many calls for this user in a minute',
      remedy: 'wait a minute; a user needs one login, not one per page',
    },
  ],
  [
    48001,
    {
      outcome: 'rejected',
      repeat: 'never',
      meaning: 'the token has not the right for this operation',
      remedy: 'authorize with the scope snsapi_userinfo',
    },
  ],
]);

/** What an `errcode` means. Unlisted ones count as rejected. */
export const oauthCodeRow = (errcode: number): CodeRow => OAUTH_CODES.get(errcode) ?? UNKNOWN_ERRCODE;
