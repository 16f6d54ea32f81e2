import { type Merchant, parseMerchant, type V3Merchant } from '@orderkeeper/client';
import type { SpokenProtocols } from '@orderkeeper/keeper';
import type { TlsIdentity } from '@orderkeeper/ports';
import {
  type ApiKey,
  type ApiV3Key,
  parseApiKey,
  parseApiV3Key,
  parseAppid,
  parseMchid,
  readMerchantCredentials,
  type Result,
} from '@orderkeeper/protocol';
import type { ConfiguredMerchant } from './config.ts';
import type { MerchantTextsOfFile, SecretSource } from './config-schema.ts';
import type { ConfigProblem, PathPart } from './problem.ts';
import { certificateKeyOf, readCertificate } from './read-certificate.ts';
import { readPublicKeys } from './read-public-keys.ts';
import { readSecret, type SourceFolder } from './read-secret.ts';

/** A merchant, or everything that is wrong with it, each problem at its key within the merchant's table. */
export type MerchantReading =
  | { readonly ok: true; readonly merchant: ConfiguredMerchant }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Reads a merchant's keys and certificate, and makes sure that they will work. */
export function readMerchant(texts: MerchantTextsOfFile, from: SourceFolder): MerchantReading {
  const problems: ConfigProblem[] = [];
  const reading: Reading = { ...from, report: (path, message) => problems.push({ path, message }) };
  checkChoice(texts, reading);
  const account = readAccount(texts, reading);
  const identity = readIdentity(texts, account, reading);
  const v2 = readV2(texts, account, identity, reading);
  const v3 = readV3(texts, account, identity, reading);
  const speaks = spoken(v2, v3);
  const { mchid } = account;
  if (problems.length > 0 || mchid === undefined || speaks === undefined) return { ok: false, problems };
  const { protocol, late_payment: latePayment, unsigned_refusals: unsignedRefusals } = texts;
  const chosen = {
    ...(protocol === undefined ? {} : { protocol }),
    ...(unsignedRefusals === undefined ? {} : { unsignedRefusals }),
  };
  return { ok: true, merchant: { mchid, speaks, latePayment, ...chosen } };
}

/** Gathers problems, so that a user sees all of them at once. */
interface Reading extends SourceFolder {
  readonly report: (path: readonly PathPart[], message: string) => void;
}

/** The value, or `undefined` and a problem of its key. */
function take<Value>(
  { report }: Reading,
  key: keyof MerchantTextsOfFile,
  result: Result<Value, string>,
): Value | undefined {
  if (result.ok) return result.value;
  report([key], result.message);
  return undefined;
}

const hasCertificate = (texts: MerchantTextsOfFile): boolean =>
  [texts.certificate_p12, texts.certificate_pem, texts.private_key_pem].some((path) => path !== undefined);

/** One protocol has to be complete, the chosen one first of all, and nothing may lie about unused. */
function checkChoice(texts: MerchantTextsOfFile, { report }: Reading): void {
  const { protocol, api_v2_key: v2Key, api_v3_key: v3Key } = texts;
  if (v3Key === undefined && protocol === 'v3') report(['api_v3_key'], 'is missing, and protocol is v3');
  if (v2Key === undefined && protocol === 'v2') report(['api_v2_key'], 'is missing, and protocol is v2');
  if (v2Key === undefined && v3Key === undefined && protocol === undefined) {
    report(['api_v3_key'], 'is missing: APIv3 needs it, and the certificate');
    report(['api_v2_key'], 'is missing too: the classic API needs it, and one of both has to be spoken');
  }
  if ((v3Key !== undefined || protocol === 'v3') && !hasCertificate(texts)) {
    const instead = 'give certificate_pem and private_key_pem, or certificate_p12';
    report(['certificate_pem'], `is missing: APIv3 signs every request with the merchant's own key; ${instead}`);
  }
  if (v3Key === undefined && texts.wechatpay_public_keys.length > 0)
    report(
      ['wechatpay_public_keys', 0, 'id'],
      'is of APIv3, and is not used without api_v3_key; add that, or take it out',
    );
  if (v3Key === undefined && texts.unsigned_refusals !== undefined)
    report(['unsigned_refusals'], 'is of APIv3, and is not used without api_v3_key; take it out');
  if (v2Key === undefined && texts.sign_type !== undefined)
    report(['sign_type'], 'is of the classic API, and is not used without api_v2_key; take it out');
}

/** Who the merchant is, as far as that can be read. */
type Account = Readonly<Partial<Pick<Merchant, 'mchid' | 'appid' | 'subMchid' | 'subAppid'>>>;

function readAccount(texts: MerchantTextsOfFile, reading: Reading): Account {
  const mchid = readNumber(reading, 'mchid', texts.mchid, parseMchid);
  const appid = readNumber(reading, 'appid', texts.appid, parseAppid);
  const { sub_mchid: subMchidText, sub_appid: subAppidText } = texts;
  const subMchid = subMchidText === undefined ? undefined : take(reading, 'sub_mchid', parseMchid(subMchidText));
  const subAppid = subAppidText === undefined ? undefined : take(reading, 'sub_appid', parseAppid(subAppidText));
  if (subAppidText !== undefined && subMchidText === undefined)
    reading.report(['sub_mchid'], 'is missing beside sub_appid');
  return {
    ...(mchid === undefined ? {} : { mchid }),
    ...(appid === undefined ? {} : { appid }),
    ...(subMchid === undefined ? {} : { subMchid }),
    ...(subAppid === undefined ? {} : { subAppid }),
  };
}

/** Reads a number that every merchant has. */
function readNumber<Value>(
  reading: Reading,
  key: 'mchid' | 'appid',
  text: string | undefined,
  parse: (text: string) => Result<Value, string>,
): Value | undefined {
  if (text !== undefined) return take(reading, key, parse(text));
  reading.report([key], 'is missing');
  return undefined;
}

/** Whose certificate it is can only be seen when it is known who the merchant is. */
function readIdentity(texts: MerchantTextsOfFile, { mchid }: Account, reading: Reading): TlsIdentity | undefined {
  if (mchid === undefined || !hasCertificate(texts)) return undefined;
  const identity = readCertificate(texts, mchid, reading);
  return identity.ok ? identity.value : take(reading, identity.reason, identity);
}

/** Reads a key and checks its form. */
function readKey<Key>(
  reading: Reading,
  key: 'api_v2_key' | 'api_v3_key',
  source: SecretSource,
  parse: (text: string) => Result<Key, string>,
): Key | undefined {
  const secret = take(reading, key, readSecret(source, reading));
  return secret === undefined ? undefined : take(reading, key, parse(secret.reveal()));
}

function readV2(
  texts: MerchantTextsOfFile,
  { mchid, appid, ...sub }: Account,
  identity: TlsIdentity | undefined,
  reading: Reading,
): Merchant | undefined {
  if (texts.api_v2_key === undefined) return undefined;
  const apiKey: ApiKey | undefined = readKey(reading, 'api_v2_key', texts.api_v2_key, parseApiKey);
  if (apiKey === undefined || mchid === undefined || appid === undefined) return undefined;
  const { sign_type: signType } = texts;
  const account = { mchid, appid, apiKey: apiKey.reveal(), ...sub, ...(signType === undefined ? {} : { signType }) };
  return take(reading, 'mchid', parseMerchant(account, identity === undefined ? {} : { identity }));
}

function readV3(
  texts: MerchantTextsOfFile,
  { mchid, appid, ...sub }: Account,
  identity: TlsIdentity | undefined,
  reading: Reading,
): V3Merchant | undefined {
  if (texts.api_v3_key === undefined) return undefined;
  const apiV3Key: ApiV3Key | undefined = readKey(reading, 'api_v3_key', texts.api_v3_key, parseApiV3Key);
  const publicKeys = readPublicKeys(texts.wechatpay_public_keys, { from: reading, ...identity });
  for (const { path, message } of publicKeys.problems) reading.report(['wechatpay_public_keys', ...path], message);
  if (identity === undefined) return undefined;
  const { certificatePem, privateKeyPem = '' } = identity;
  const credentials = take(
    reading,
    certificateKeyOf(texts),
    readMerchantCredentials({ certificatePem, privateKeyPem }),
  );
  if (apiV3Key === undefined || credentials === undefined || mchid === undefined || appid === undefined)
    return undefined;
  const keys = publicKeys.keys.length === 0 ? {} : { publicKeys: publicKeys.keys };
  return { mchid, appid, credentials, apiV3Key, ...keys, ...sub };
}

function spoken(v2: Merchant | undefined, v3: V3Merchant | undefined): SpokenProtocols | undefined {
  if (v3 === undefined) return v2 === undefined ? undefined : { v2 };
  return v2 === undefined ? { v3 } : { v2, v3 };
}
