import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { TlsIdentity } from '@orderkeeper/ports';
import { failure, type Mchid, ok, type Result } from '@orderkeeper/protocol';
import { readP12 } from './read-p12.ts';

/** Why a merchant certificate cannot be used. */
export type TlsIdentityReason =
  | 'wrong-password'
  | 'legacy-encryption'
  | 'key-does-not-match'
  | 'certificate-of-another-merchant'
  | 'expired'
  | 'unreadable';

/** The merchant certificate as WeChat Pay hands it out: `apiclient_cert.p12`, or its two PEM files. */
export type TlsIdentitySource =
  | {
      /** The content of `apiclient_cert.p12`. */
      readonly p12: Uint8Array;
      /** WeChat Pay sets the merchant's number as password. */
      readonly password: string;
    }
  | {
      /** `apiclient_cert.pem` */
      readonly certificatePem: string;
      /** `apiclient_key.pem` */
      readonly privateKeyPem: string;
    };

/** What a certificate is held against. */
export interface TlsIdentityExpectations {
  readonly mchid: Mchid;
  /** UTC milliseconds. */
  readonly nowMs: number;
}

/**
 * Loads a merchant certificate and makes sure that it will work: it opens, the key is its own, it has not expired, and
 * it was issued to this merchant (its CN is the merchant's number).
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_3
 */
export function loadTlsIdentity(
  source: TlsIdentitySource,
  expectations: TlsIdentityExpectations,
): Result<TlsIdentity, TlsIdentityReason> {
  if (!('p12' in source)) return checkPair(source.certificatePem, source.privateKeyPem, expectations);
  const opened = openP12(source.p12, source.password);
  if (!opened.ok) return opened;
  const pair = readP12(source.p12, source.password);
  return pair.ok ? checkPair(pair.value.certificatePem, pair.value.privateKeyPem, expectations) : pair;
}

/** OpenSSL goes first: only its error codes tell a wrong password from an old encryption. */
function openP12(p12: Uint8Array, password: string): Result<'opened', TlsIdentityReason> {
  try {
    createSecureContext({ pfx: Buffer.from(p12), passphrase: password });
    return ok('opened');
  } catch (error) {
    return p12Failure(error instanceof Error ? error : new Error('unknown'));
  }
}

const CONVERT =
  'openssl pkcs12 -legacy -in apiclient_cert.p12 -nodes -out merchant.pem && openssl pkcs12 -export -in merchant.pem -out apiclient_cert.new.p12';

function p12Failure(error: Error): Result<never, TlsIdentityReason> {
  const code = 'code' in error ? error.code : undefined;
  if (/mac verify (?:failure|error)|invalid password/i.test(error.message)) {
    return failure(
      'wrong-password',
      'p12: the password is wrong; WeChat Pay sets the merchant number (mch_id) as password',
    );
  }
  if (code === 'ERR_CRYPTO_UNSUPPORTED_OPERATION' || /unsupported/i.test(error.message)) {
    return failure(
      'legacy-encryption',
      `p12: it is encrypted in an old way (RC2) that OpenSSL 3 refuses; use apiclient_cert.pem and apiclient_key.pem instead, or convert it and delete merchant.pem afterwards: ${CONVERT}`,
    );
  }
  return failure('unreadable', 'p12: it is no PKCS#12 file; pass the bytes of apiclient_cert.p12 as they are');
}

function checkPair(
  certificatePem: string,
  privateKeyPem: string,
  { mchid, nowMs }: TlsIdentityExpectations,
): Result<TlsIdentity, TlsIdentityReason> {
  const certificate = parsed(() => new X509Certificate(certificatePem));
  if (certificate === undefined) return failure('unreadable', 'certificatePem: it is no X.509 certificate in PEM');
  const key: KeyObject | undefined = parsed(() => createPrivateKey(privateKeyPem));
  if (key === undefined) return failure('unreadable', 'privateKeyPem: it is no unencrypted private key in PEM');
  if (!certificate.checkPrivateKey(key)) {
    return failure(
      'key-does-not-match',
      'privateKeyPem: it does not belong to certificatePem; both must be of one download',
    );
  }
  const commonName = commonNameOf(certificate);
  if (commonName !== mchid) {
    return failure(
      'certificate-of-another-merchant',
      `the certificate was issued to ${commonName ?? 'nobody'}, the merchant is ${mchid}; download it again in the merchant console of ${mchid}`,
    );
  }
  if (Date.parse(certificate.validTo) <= nowMs) {
    return failure(
      'expired',
      `the certificate expired on ${certificate.validTo}; apply for a new one in the merchant console (API security)`,
    );
  }
  return ok({ certificatePem, privateKeyPem });
}

function commonNameOf({ subject }: X509Certificate): string | undefined {
  return /^CN=(.*)$/m.exec(subject)?.[1];
}

function parsed<Value>(parse: () => Value): Value | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
