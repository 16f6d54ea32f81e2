import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Result } from '../values/result.ts';
import { type ApiV3Key, parseApiV3Key } from '../values/secret.ts';
import { objectOf, readJsonText } from './json/json-value.ts';
import { createKeyRing, type KeyRing, type PlatformCertificate, type WechatpayPublicKey } from './keys/key-ring.ts';
import { readPlatformCertificate, readWechatpayPublicKey } from './keys/read-keys.ts';

/** The value of a result that a test counts on. */
export function valueOf<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(`${result.reason}: ${result.message}`);
  return result.value;
}

/** The bytes of a text. */
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A file of `vectors/`; the README of its folder says where it comes from. */
export const vectorBytes = (path: string): Uint8Array =>
  readFileSync(new URL(`../../vectors/${path}`, import.meta.url));

/** The same as text. */
export const vectorText = (path: string): string => new TextDecoder().decode(vectorBytes(path));

/** An object of texts and numbers, all as texts; a name without a value reads as the empty text. */
export type Row = (name: string) => string;

const rowOf = (value: unknown): Row => {
  const members = objectOf(value) ?? new Map<string, unknown>();
  return (name) => {
    const member = members.get(name);
    return typeof member === 'string' || typeof member === 'number' ? String(member) : '';
  };
};

/** A JSON file of vectors, or one object of it. */
export function vectorRow(path: string, name?: string): Row {
  const file = valueOf(readJsonText(vectorBytes(path)));
  return rowOf(name === undefined ? Object.fromEntries(file) : file.get(name));
}

/** The `rows` of a JSON file of vectors. */
export function vectorRows(path: string): readonly Row[] {
  const rows = valueOf(readJsonText(vectorBytes(path))).get('rows');
  if (!Array.isArray(rows)) throw new TypeError(`${path} has no rows`);
  return rows.map(rowOf);
}

/** A key file of `vectors/v3-keys`. */
export const keyText = (name: string): string => vectorText(`v3-keys/${name}.pem`);
/** A private key made for the vectors; it was never used anywhere. */
export const privateKey = (name: string): KeyObject => createPrivateKey(keyText(name));
/** A public key of the vectors. */
export const publicKey = (name: string): KeyObject => createPublicKey(keyText(name));

/** When all vectors were signed, 2026-01-01T08:00:00+08:00. */
export const SIGNED_AT_MS = 1_767_225_600_000;
/** The platform certificate's serial. */
export const PLATFORM_SERIAL = '3C2CFC143FD20F786EA6B921CD9BA110900A11CE';
/** The id of WeChat Pay's public key. */
export const PUBLIC_KEY_ID = 'PUB_KEY_ID_0119000000012026010100000000000001';
/** The key of all sealed texts but one. */
export const API_V3_KEY: ApiV3Key = valueOf(parseApiV3Key('0123456789abcdefghijklmnopqrstuv'));

/** The certificate of the vectors. */
export const CERTIFICATE: PlatformCertificate = valueOf(readPlatformCertificate(keyText('platform-certificate')));
/** The public key of the vectors. */
export const PUBLIC_KEY: WechatpayPublicKey = valueOf(
  readWechatpayPublicKey(PUBLIC_KEY_ID, keyText('wechatpay-public-key')),
);
/** Both, as during a switch from the one to the other. */
export const KEYS: KeyRing = createKeyRing([CERTIFICATE, PUBLIC_KEY]);

/** The five headers of a vector that has a nonce, a signature and a serial. */
export const headersOf = (row: Row): Readonly<Record<string, string>> => ({
  'wechatpay-timestamp': row('timestamp') || String(SIGNED_AT_MS / 1000),
  'wechatpay-nonce': row('nonce'),
  'wechatpay-signature': row('signature'),
  'wechatpay-serial': row('serial'),
  'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
});

/** Both keys of the platform's side, by serial, for signing what nobody captured. */
export const PLATFORM_PRIVATE_KEYS: Readonly<Record<string, KeyObject>> = {
  [PLATFORM_SERIAL]: privateKey('platform-private-key'),
  [PUBLIC_KEY_ID]: privateKey('wechatpay-private-key'),
};
