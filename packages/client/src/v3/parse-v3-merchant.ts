import {
  createSecret,
  failure,
  type MerchantCredentials,
  ok,
  parseApiV3Key,
  parseAppid,
  parseMchid,
  readMerchantCredentials,
  readMerchantPrivateKey,
  readWechatpayPublicKey,
  type Result,
  type WechatpayPublicKey,
} from '@orderkeeper/protocol';
import { MERCHANT_TEXTS_FOUND } from '../parse-merchant.ts';
import type { V3Merchant } from './v3-merchant.ts';

/** WeChat Pay's public key as the merchant console gives it. */
export interface PublicKeyTexts {
  /** `PUB_KEY_ID_` and digits, shown beside the key. */
  readonly id: string;
  /** `pub_key.pem` */
  readonly pem: string;
}

/** A merchant of APIv3 as it stands in a configuration: texts, not yet looked at. */
export interface V3MerchantTexts {
  readonly appid: string;
  readonly mchid: string;
  /** `apiclient_key.pem` */
  readonly privateKeyPem: string;
  /** `apiclient_cert.pem`. It may be left out where its serial is given. */
  readonly certificatePem?: string;
  /** The serial of the merchant's certificate, where the certificate itself is not at hand. */
  readonly certificateSerial?: string;
  readonly apiV3Key: string;
  readonly publicKeys?: readonly PublicKeyTexts[];
  readonly subAppid?: string;
  readonly subMchid?: string;
  readonly appSecret?: string;
}

const CERTIFICATE_TOOL =
  'the download of the certificate tool: merchant console, account centre, API security (账户中心, API安全, 商户API证书)';

/** Where each text is found. */
export const V3_MERCHANT_TEXTS_FOUND: Readonly<Record<keyof V3MerchantTexts, string>> = {
  appid: MERCHANT_TEXTS_FOUND.appid,
  mchid: MERCHANT_TEXTS_FOUND.mchid,
  privateKeyPem: `apiclient_key.pem in ${CERTIFICATE_TOOL}`,
  certificatePem: `apiclient_cert.pem in ${CERTIFICATE_TOOL}`,
  certificateSerial:
    'merchant console, account centre, API security, manage certificates (API安全, 管理证书, 证书序列号)',
  apiV3Key: 'merchant console, account centre, API security, APIv3 key (账户中心, API安全, APIv3密钥)',
  publicKeys:
    'merchant console, account centre, API security, WeChat Pay public key (账户中心, API安全, 微信支付公钥): pub_key.pem and its id',
  subAppid: MERCHANT_TEXTS_FOUND.subAppid,
  subMchid: MERCHANT_TEXTS_FOUND.subMchid,
  appSecret: MERCHANT_TEXTS_FOUND.appSecret,
};

type Invalid = Result<never, 'merchant-invalid'>;

/**
 * Makes a merchant of APIv3 out of texts. A failure names the field, what is wrong with it and where the right text is
 * found; it never repeats the text.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012072195
 */
export function parseV3Merchant(texts: V3MerchantTexts): Result<V3Merchant, 'merchant-invalid'> {
  const appid = parseAppid(texts.appid);
  if (!appid.ok) return invalid('appid', appid.message);
  const mchid = parseMchid(texts.mchid);
  if (!mchid.ok) return invalid('mchid', mchid.message);
  const credentials = parseCredentials(texts);
  if (!credentials.ok) return credentials;
  const apiV3Key = parseApiV3Key(texts.apiV3Key);
  if (!apiV3Key.ok) return invalid('apiV3Key', apiV3Key.message);
  const publicKeys = parsePublicKeys(texts.publicKeys ?? []);
  if (!publicKeys.ok) return publicKeys;
  const subAppid = texts.subAppid === undefined ? undefined : parseAppid(texts.subAppid);
  if (subAppid?.ok === false) return invalid('subAppid', subAppid.message);
  const subMchid = texts.subMchid === undefined ? undefined : parseMchid(texts.subMchid);
  if (subMchid?.ok === false) return invalid('subMchid', subMchid.message);
  if (subAppid !== undefined && subMchid === undefined)
    return invalid('subMchid', 'is required together with subAppid');
  if (texts.appSecret === '') return invalid('appSecret', 'is empty');
  return ok({
    appid: appid.value,
    mchid: mchid.value,
    credentials: credentials.value,
    apiV3Key: apiV3Key.value,
    ...(publicKeys.value.length === 0 ? {} : { publicKeys: publicKeys.value }),
    ...(subAppid === undefined ? {} : { subAppid: subAppid.value }),
    ...(subMchid === undefined ? {} : { subMchid: subMchid.value }),
    ...(texts.appSecret === undefined ? {} : { appSecret: createSecret(texts.appSecret) }),
  });
}

/** The pages write the serial in upper case; consoles and OpenSSL show it with blanks or colons at times. */
const SERIAL = /^[0-9A-F]{1,64}$/;

function parseCredentials(texts: V3MerchantTexts): Result<MerchantCredentials, 'merchant-invalid'> {
  const { privateKeyPem, certificatePem, certificateSerial } = texts;
  const privateKey = readMerchantPrivateKey(privateKeyPem);
  if (!privateKey.ok) return invalid('privateKeyPem', privateKey.message);
  const serial = certificateSerial?.replaceAll(/[\s:]/g, '').toUpperCase();
  if (serial !== undefined && !SERIAL.test(serial)) return invalid('certificateSerial', 'is not made of hex digits');
  if (certificatePem === undefined) {
    return serial === undefined
      ? invalid('certificatePem', 'is missing, and there is no certificateSerial either')
      : ok({ serial, privateKey: privateKey.value });
  }
  const credentials = readMerchantCredentials({ privateKeyPem, certificatePem });
  if (!credentials.ok) return invalid('certificatePem', credentials.message);
  return serial === undefined || serial === credentials.value.serial
    ? credentials
    : invalid('certificateSerial', 'is not the serial of certificatePem; leave it out');
}

function parsePublicKeys(
  publicKeys: readonly PublicKeyTexts[],
): Result<readonly WechatpayPublicKey[], 'merchant-invalid'> {
  const keys: WechatpayPublicKey[] = [];
  for (const { id, pem } of publicKeys) {
    const key = readWechatpayPublicKey(id, pem);
    if (!key.ok) return invalid('publicKeys', key.message);
    keys.push(key.value);
  }
  return ok(keys);
}

function invalid(field: keyof V3MerchantTexts, message: string): Invalid {
  return failure('merchant-invalid', `${field}: ${message}. Found at: ${V3_MERCHANT_TEXTS_FOUND[field]}`);
}
