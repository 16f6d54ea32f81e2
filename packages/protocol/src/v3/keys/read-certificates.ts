import { failure, ok, type Result } from '../../values/result.ts';
import type { ApiV3Key } from '../../values/secret.ts';
import type { FieldReason } from '../../v2/field-table.ts';
import { AEAD_ALGORITHM, type AeadReason, openSealedText } from '../cipher/aead.ts';
import { instant, oneOf, optional, receivedList, text } from '../json/json-kinds.ts';
import { type JsonTable, readJson } from '../json/json-table.ts';
import { type JsonTextReason, readJsonText } from '../json/json-value.ts';
import { type AnswerVerifyReason, verifyAnswer, type VerifyRequest } from '../sign/verify.ts';
import { addKeys, type KeyRing, type PlatformCertificate } from './key-ring.ts';
import { type KeyTextReason, readPlatformCertificate } from './read-keys.ts';

/** Why an answer of `/v3/certificates` brings no certificates. */
export type CertificatesReason = JsonTextReason | FieldReason | AeadReason | KeyTextReason | 'serial-mismatch';

interface SealedCertificate {
  readonly serial: string;
  readonly effectiveAtMs?: number;
  readonly algorithm: typeof AEAD_ALGORITHM;
  readonly nonce: string;
  readonly associatedData?: string;
  readonly ciphertext: string;
}

const CERTIFICATE: JsonTable<SealedCertificate> = {
  serial: text(64)('serial_no'),
  effectiveAtMs: optional(instant)('effective_time'),
  algorithm: oneOf<typeof AEAD_ALGORITHM>(AEAD_ALGORITHM)('encrypt_certificate.algorithm'),
  nonce: text(32)('encrypt_certificate.nonce'),
  associatedData: optional(text(32))('encrypt_certificate.associated_data'),
  ciphertext: text(1_048_576)('encrypt_certificate.ciphertext'),
};

const ANSWER: JsonTable<{ readonly data: readonly SealedCertificate[] }> = { data: receivedList(CERTIFICATE)('data') };

/**
 * Reads the body of an answer of `/v3/certificates` and opens its certificates with the APIv3 key. That they open shows
 * that they come from WeChat Pay; the answer's own signature can be verified with one of them afterwards.
 *
 * Since when one counts is told by `effective_time`; its end is the certificate's own, as `expire_time` is brought
 * forward shortly before a replacement.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012551764
 */
export function readCertificates(
  body: Uint8Array,
  key: ApiV3Key,
): Result<readonly PlatformCertificate[], CertificatesReason> {
  const object = readJsonText(body);
  if (!object.ok) return object;
  const answer = readJson(ANSWER, object.value);
  if (!answer.ok) return answer;
  const certificates: PlatformCertificate[] = [];
  for (const sealed of answer.value.data) {
    const certificate = openCertificate(sealed, key);
    if (!certificate.ok) return certificate;
    certificates.push(certificate.value);
  }
  return ok(certificates);
}

function openCertificate(
  { serial, effectiveAtMs, ciphertext, nonce, associatedData = '' }: SealedCertificate,
  key: ApiV3Key,
): Result<PlatformCertificate, CertificatesReason> {
  const pem = openSealedText({ ciphertext, nonce, associatedData }, key);
  if (!pem.ok) return pem;
  const certificate = readPlatformCertificate(pem.value);
  if (!certificate.ok) return certificate;
  if (certificate.value.serial !== serial.toUpperCase()) {
    return failure(
      'serial-mismatch',
      `serial_no ${serial} is not that of its certificate, ${certificate.value.serial}`,
    );
  }
  const { validFromMs } = certificate.value;
  return ok({ ...certificate.value, validFromMs: Math.max(validFromMs, effectiveAtMs ?? validFromMs) });
}

/**
 * Reads an answer of `/v3/certificates` whole: opens the certificates, then verifies the answer with the ring that has
 * them too, which also works the first time, with an empty ring. The value is the larger ring.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012551764
 */
export function readVerifiedCertificates(
  request: VerifyRequest & { readonly apiV3Key: ApiV3Key },
): Result<KeyRing, CertificatesReason | AnswerVerifyReason> {
  const certificates = readCertificates(request.body, request.apiV3Key);
  if (!certificates.ok) return certificates;
  const keys = addKeys(request.keys, certificates.value);
  const verified = verifyAnswer({ ...request, keys });
  return verified.ok ? ok(keys) : verified;
}
