import type { Openid } from '../values/numbers.ts';
import { ok, type Result } from '../values/result.ts';
import type { Secret } from '../values/secret.ts';
import { type JsonObject, type JsonReason, optionalText } from './json-object.ts';
import { oauthAnswerReader, type OauthOperation, printOauthPath } from './oauth-operation.ts';
import { readOpenid } from './token.ts';

/** A token of scope `snsapi_userinfo` and the openid that came with it. */
export interface UserinfoRequest {
  readonly accessToken: Secret;
  readonly openid: Openid;
  /** Language of country, province and city; default `zh_CN`. */
  readonly lang?: 'zh_CN' | 'zh_TW' | 'en';
}

/** A visitor's profile. Sex and region have not been filled since October 2021. */
export interface Userinfo {
  readonly openid: Openid;
  readonly nickname?: string;
  readonly sex: 'male' | 'female' | 'not-told';
  readonly province?: string;
  readonly city?: string;
  readonly country?: string;
  readonly headimgurl?: string;
  readonly privilege: readonly string[];
  readonly unionid?: string;
}

const OPTIONAL_TEXTS = ['nickname', 'province', 'city', 'country', 'headimgurl', 'unionid'] as const;

function readUserinfo(object: JsonObject): Result<Userinfo, JsonReason> {
  const openid = readOpenid(object);
  if (!openid.ok) return openid;
  const texts: Partial<Record<(typeof OPTIONAL_TEXTS)[number], string>> = {};
  for (const name of OPTIONAL_TEXTS) {
    const text = optionalText(object, name);
    if (text !== undefined) texts[name] = text;
  }
  const privilege = object.get('privilege');
  return ok({
    openid: openid.value,
    ...texts,
    sex: sexOf(object.get('sex')),
    privilege: Array.isArray(privilege) ? privilege.filter((word: unknown) => typeof word === 'string') : [],
  });
}

function sexOf(code: unknown): Userinfo['sex'] {
  if (code === 1) return 'male';
  return code === 2 ? 'female' : 'not-told';
}

/**
 * Asks for the profile of a visitor who agreed to it.
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
 */
export const oauthUserinfo: OauthOperation<UserinfoRequest, Userinfo> = {
  name: 'userinfo',
  printPath: (request) =>
    printOauthPath('/sns/userinfo', {
      access_token: request.accessToken.reveal(),
      openid: request.openid,
      lang: request.lang ?? 'zh_CN',
    }),
  afterUnknown: 'repeat',
  readAnswer: oauthAnswerReader(readUserinfo),
};
