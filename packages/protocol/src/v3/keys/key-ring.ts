import type { KeyObject } from 'node:crypto';
import { failure, ok, type Result } from '../../values/result.ts';

/** A certificate of WeChat Pay (微信支付平台证书): fetched from `/v3/certificates`, replaced every five years. */
export interface PlatformCertificate {
  readonly kind: 'certificate';
  /** Upper-case hex digits. */
  readonly serial: string;
  readonly publicKey: KeyObject;
  /** The first and the last moment at which it is valid, UTC milliseconds. */
  readonly validFromMs: number;
  readonly validUntilMs: number;
}

/** A public key of WeChat Pay (微信支付公钥): downloaded by a person from the merchant console, without an end. */
export interface WechatpayPublicKey {
  readonly kind: 'public-key';
  /** `PUB_KEY_ID_` and digits. */
  readonly serial: string;
  readonly publicKey: KeyObject;
}

/** What a signature of WeChat Pay is verified with. */
export type VerificationKey = PlatformCertificate | WechatpayPublicKey;

/**
 * All keys of one merchant, by serial. Certificates and public keys stand side by side, because WeChat Pay signs with
 * either while it rotates a certificate or a merchant moves to the public key; each message says which one it is.
 */
export type KeyRing = ReadonlyMap<string, VerificationKey>;

/** Why there is no key. */
export type KeyReason = 'unknown-serial' | 'key-not-valid';

/** What the id of a public key begins with; everything else is the serial of a certificate. */
export const PUBLIC_KEY_ID_PREFIX = 'PUB_KEY_ID_';

/** A ring of these keys; of two with one serial the later counts. */
export const createKeyRing = (keys: Iterable<VerificationKey>): KeyRing =>
  new Map([...keys].map((key) => [key.serial, key]));

/**
 * A ring with more keys. The old ones stay: during a switch messages signed with them are still under way, and one that
 * expired does no harm, as it is refused.
 */
export const addKeys = (ring: KeyRing, keys: Iterable<VerificationKey>): KeyRing =>
  createKeyRing([...ring.values(), ...keys]);

/** The key of exactly this serial, when it is valid at `nowMs`. */
export function keyOf(ring: KeyRing, serial: string, nowMs: number): Result<VerificationKey, KeyReason> {
  const key = ring.get(serial);
  if (key === undefined) return failure('unknown-serial', unknownSerial(ring, serial));
  if (!isValidAt(key, nowMs)) {
    return failure(
      'key-not-valid',
      `the platform certificate ${serial} is not valid now; fetch /v3/certificates again and check the clock`,
    );
  }
  return ok(key);
}

/**
 * What to encrypt the fields of a request with, and to name in `Wechatpay-Serial`: the public key where there is one,
 * else the valid certificate that began last.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export function encryptionKeyOf(ring: KeyRing, nowMs: number): Result<VerificationKey, KeyReason> {
  const usable = [...ring.values()].filter((key) => isValidAt(key, nowMs));
  const [best] = usable.toSorted((a, b) => beginningOf(b) - beginningOf(a));
  if (best !== undefined) return ok(best);
  return failure(
    'key-not-valid',
    `no key of WeChat Pay is valid now; ${DOWNLOAD_PUBLIC_KEY}, or fetch /v3/certificates`,
  );
}

const isValidAt = (key: VerificationKey, nowMs: number): boolean =>
  key.kind === 'public-key' || (key.validFromMs <= nowMs && nowMs <= key.validUntilMs);

const beginningOf = (key: VerificationKey): number => (key.kind === 'public-key' ? Number.MAX_VALUE : key.validFromMs);

const DOWNLOAD_PUBLIC_KEY =
  'download the public key from the merchant console (account centre, API security 账户中心 - API安全, 微信支付公钥) and configure it under its id';

function unknownSerial(ring: KeyRing, serial: string): string {
  if (serial.startsWith(PUBLIC_KEY_ID_PREFIX)) {
    return `WeChat Pay signed with its public key ${serial}, which is not configured: ${DOWNLOAD_PUBLIC_KEY}`;
  }
  const hasCertificates = [...ring.values()].some(({ kind }) => kind === 'certificate');
  if (hasCertificates) {
    return `no known platform certificate has the serial ${serial}: fetch /v3/certificates once; when it is not among them, the message is not from WeChat Pay`;
  }
  return `WeChat Pay signed with the platform certificate ${serial}, but only public keys are configured: send the id of the public key in Wechatpay-Serial with every request, and fetch /v3/certificates while the merchant still has certificates`;
}
