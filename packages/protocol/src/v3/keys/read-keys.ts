import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { failure, ok, type Result } from '../../values/result.ts';
import { type PlatformCertificate, PUBLIC_KEY_ID_PREFIX, type WechatpayPublicKey } from './key-ring.ts';

/** Why a text is no key of the kind that was expected. */
export type KeyTextReason = 'not-a-public-key-id' | 'not-pem' | 'not-rsa-2048' | 'key-mismatch';

/** What a merchant signs with. */
export interface MerchantCredentials {
  /** The serial of the certificate, upper-case hex digits; goes into `Authorization`. */
  readonly serial: string;
  readonly privateKey: KeyObject;
}

const RSA_BITS_MIN = 2048;
const PUBLIC_KEY_ID = new RegExp(`^${PUBLIC_KEY_ID_PREFIX}[0-9A-Za-z]{1,64}$`);

/**
 * Reads WeChat Pay's public key, the file `pub_key.pem`, under the id that the merchant console shows beside it.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012153196
 */
export function readWechatpayPublicKey(id: string, pem: string): Result<WechatpayPublicKey, KeyTextReason> {
  if (!PUBLIC_KEY_ID.test(id)) {
    return failure(
      'not-a-public-key-id',
      `the id of a public key is ${PUBLIC_KEY_ID_PREFIX} and digits; the merchant console shows it beside the key`,
    );
  }
  // Node makes a public key of a certificate or a private key too; here only the file itself is meant.
  if (!isBlockOf('PUBLIC KEY', pem)) return notPem('a public key', 'pub_key.pem', 'PUBLIC KEY');
  const key = keyOfPem(() => createPublicKey(pem), 'pub_key.pem');
  return key.ok ? ok({ kind: 'public-key', serial: id, publicKey: key.value }) : key;
}

/** Reads a certificate of WeChat Pay. */
export function readPlatformCertificate(pem: string): Result<PlatformCertificate, KeyTextReason> {
  const read = readCertificate(pem, 'the platform certificate');
  if (!read.ok) return read;
  const { serial, publicKey, x509 } = read.value;
  const validFromMs = Date.parse(x509.validFrom);
  const validUntilMs = Date.parse(x509.validTo);
  return ok({ kind: 'certificate', serial, publicKey, validFromMs, validUntilMs });
}

/** The two files that the certificate tool of WeChat Pay leaves with a merchant. */
export interface MerchantFiles {
  /** `apiclient_key.pem`. */
  readonly privateKeyPem: string;
  /** `apiclient_cert.pem`. */
  readonly certificatePem: string;
}

/** Reads a merchant's private key, the file `apiclient_key.pem`. */
export function readMerchantPrivateKey(pem: string): Result<KeyObject, KeyTextReason> {
  if (!isBlockOf('(?:RSA )?PRIVATE KEY', pem)) {
    return notPem('a private key without a password', 'apiclient_key.pem', 'PRIVATE KEY');
  }
  return keyOfPem(() => createPrivateKey(pem), 'apiclient_key.pem');
}

/**
 * Reads a merchant's private key and the serial of its certificate, and sees that they belong together: a gateway that
 * refuses every call says only that the signature is wrong.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function readMerchantCredentials(files: MerchantFiles): Result<MerchantCredentials, KeyTextReason> {
  const privateKey = readMerchantPrivateKey(files.privateKeyPem);
  if (!privateKey.ok) return privateKey;
  const certificate = readCertificate(files.certificatePem, 'apiclient_cert.pem');
  if (!certificate.ok) return certificate;
  if (!certificate.value.x509.checkPrivateKey(privateKey.value)) {
    return failure(
      'key-mismatch',
      'apiclient_key.pem is not the private key of apiclient_cert.pem; take both out of the same download',
    );
  }
  return ok({ serial: certificate.value.serial, privateKey: privateKey.value });
}

interface ReadCertificate {
  readonly serial: string;
  readonly publicKey: KeyObject;
  readonly x509: X509Certificate;
}

function readCertificate(pem: string, file: string): Result<ReadCertificate, KeyTextReason> {
  if (!isBlockOf('CERTIFICATE', pem)) return notPem('a certificate', file, 'CERTIFICATE');
  let x509: X509Certificate;
  try {
    x509 = new X509Certificate(pem);
  } catch {
    return notPem('a certificate', file, 'CERTIFICATE');
  }
  const publicKey = keyOfPem(() => x509.publicKey, file);
  return publicKey.ok ? ok({ serial: x509.serialNumber.toUpperCase(), publicKey: publicKey.value, x509 }) : publicKey;
}

function keyOfPem(make: () => KeyObject, file: string): Result<KeyObject, KeyTextReason> {
  let key: KeyObject;
  try {
    key = make();
  } catch {
    return failure('not-pem', `${file} is damaged: its PEM block does not hold a key`);
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType === 'rsa' && bits >= RSA_BITS_MIN) return ok(key);
  return failure('not-rsa-2048', `${file} must hold an RSA key of at least ${RSA_BITS_MIN} bits`);
}

const isBlockOf = (label: string, pem: string): boolean => new RegExp(`^\\s*-----BEGIN ${label}-----\\s`).test(pem);

const notPem = (what: string, file: string, label: string) =>
  failure('not-pem', `${file} must hold ${what} in PEM, beginning with -----BEGIN ${label}-----`);
