import type { TlsIdentity } from '@orderkeeper/ports';
import { createSecret, failure, ok, parseApiKey, parseAppid, parseMchid, type Result } from '@orderkeeper/protocol';
import type { Merchant } from './merchant.ts';

/** A merchant as it stands in a configuration: texts, not yet looked at. */
export interface MerchantTexts {
  readonly appid: string;
  readonly mchid: string;
  readonly apiKey: string;
  readonly signType?: string;
  readonly subAppid?: string;
  readonly subMchid?: string;
  readonly appSecret?: string;
}

/** Where each text is found. */
export const MERCHANT_TEXTS_FOUND: Readonly<Record<keyof MerchantTexts, string>> = {
  appid:
    'console of the official account, mini program or app (开发设置, AppID); it must be bound to the merchant in the merchant console under product centre, AppID (产品中心, AppID账号管理)',
  mchid: 'merchant console, account centre, merchant information (账户中心, 商户信息)',
  apiKey: 'merchant console, account centre, API security, APIv2 key (账户中心, API安全, APIv2密钥)',
  signType: 'your own choice: HMAC-SHA256 or MD5',
  subAppid: 'the sub-merchant, who finds it where you find your appid',
  subMchid: 'provider console, list of sub-merchants (服务商功能, 特约商户)',
  appSecret: 'console of the official account or mini program (开发设置, AppSecret)',
};

/**
 * Makes a merchant out of texts. A failure names the field, what is wrong with it and where the right text is found;
 * it never repeats the text. `identity` comes from `loadTlsIdentity`.
 */
export function parseMerchant(
  texts: MerchantTexts,
  options: { readonly identity?: TlsIdentity } = {},
): Result<Merchant, 'merchant-invalid'> {
  const appid = parseAppid(texts.appid);
  if (!appid.ok) return invalid('appid', appid.message);
  const mchid = parseMchid(texts.mchid);
  if (!mchid.ok) return invalid('mchid', mchid.message);
  const apiKey = parseApiKey(texts.apiKey);
  if (!apiKey.ok) return invalid('apiKey', apiKey.message);
  const { signType } = texts;
  if (signType !== undefined && signType !== 'MD5' && signType !== 'HMAC-SHA256') {
    return invalid('signType', 'is neither HMAC-SHA256 nor MD5');
  }
  const subAppid = texts.subAppid === undefined ? undefined : parseAppid(texts.subAppid);
  if (subAppid?.ok === false) return invalid('subAppid', subAppid.message);
  const subMchid = texts.subMchid === undefined ? undefined : parseMchid(texts.subMchid);
  if (subMchid?.ok === false) return invalid('subMchid', subMchid.message);
  if (texts.appSecret === '') return invalid('appSecret', 'is empty');
  return ok({
    appid: appid.value,
    mchid: mchid.value,
    apiKey: apiKey.value,
    ...(signType === undefined ? {} : { signType }),
    ...(subAppid === undefined ? {} : { subAppid: subAppid.value }),
    ...(subMchid === undefined ? {} : { subMchid: subMchid.value }),
    ...(texts.appSecret === undefined ? {} : { appSecret: createSecret(texts.appSecret) }),
    ...options,
  });
}

function invalid(field: keyof MerchantTexts, message: string): Result<never, 'merchant-invalid'> {
  return failure('merchant-invalid', `${field}: ${message}. Found at: ${MERCHANT_TEXTS_FOUND[field]}`);
}
