import { resolve } from 'node:path';
import { loadTlsIdentity, parseMerchant, type TlsIdentitySource } from '@orderkeeper/client';
import { type ApiKey, failure, ok, parseApiKey, type Result } from '@orderkeeper/protocol';
import type { ConfiguredMerchant } from './config.ts';
import type { MerchantTextsOfFile } from './config-schema.ts';
import { readSecret, readText, type SourceFolder } from './read-secret.ts';

/** What is wrong with a merchant, and at which of its keys. */
export type MerchantReading = Result<ConfiguredMerchant, keyof MerchantTextsOfFile>;

/** Reads a merchant's key and certificate, and makes sure that they will work. */
export function readMerchant(texts: MerchantTextsOfFile, from: SourceFolder): MerchantReading {
  const apiKey = readApiKey(texts, from);
  if (!apiKey.ok) return apiKey;
  const source = readCertificate(texts, from);
  if (!source.ok) return source;
  const { mchid } = texts;
  const identity =
    source.value === undefined ? undefined : loadTlsIdentity(source.value, { mchid, nowMs: from.world.nowMs });
  if (identity?.ok === false) return failure(certificateKeyOf(texts), identity.message);
  const merchant = parseMerchant(
    {
      mchid,
      appid: texts.appid,
      apiKey: apiKey.value.reveal(),
      ...(texts.sign_type === undefined ? {} : { signType: texts.sign_type }),
      ...(texts.sub_mchid === undefined ? {} : { subMchid: texts.sub_mchid }),
      ...(texts.sub_appid === undefined ? {} : { subAppid: texts.sub_appid }),
    },
    identity === undefined ? {} : { identity: identity.value },
  );
  if (!merchant.ok) return failure('mchid', merchant.message);
  return ok({ merchant: merchant.value, latePayment: texts.late_payment });
}

function readApiKey(texts: MerchantTextsOfFile, from: SourceFolder): Result<ApiKey, 'api_v2_key'> {
  const secret = readSecret(texts.api_v2_key, from);
  if (!secret.ok) return failure('api_v2_key', secret.message);
  const key = parseApiKey(secret.value.reveal());
  return key.ok ? key : failure('api_v2_key', key.message);
}

const certificateKeyOf = ({ certificate_p12 }: MerchantTextsOfFile) =>
  certificate_p12 === undefined ? 'certificate_pem' : 'certificate_p12';

type CertificateReading = Result<
  TlsIdentitySource | undefined,
  'certificate_p12' | 'certificate_pem' | 'private_key_pem'
>;

function readCertificate(texts: MerchantTextsOfFile, from: SourceFolder): CertificateReading {
  const { certificate_p12: p12, certificate_pem: certificate, private_key_pem: key, mchid } = texts;
  if (p12 !== undefined) {
    if (certificate !== undefined || key !== undefined)
      return failure('certificate_p12', 'is there beside the PEM files; keep one of both');
    const bytes = from.world.readFile(resolve(from.folder, p12));
    return bytes.ok ? ok({ p12: bytes.value, password: mchid }) : failure('certificate_p12', bytes.message);
  }
  if (certificate === undefined && key === undefined) return ok(undefined);
  if (certificate === undefined) return failure('certificate_pem', 'is missing beside private_key_pem');
  if (key === undefined) return failure('private_key_pem', 'is missing beside certificate_pem');
  const certificatePem = readText(certificate, from);
  if (!certificatePem.ok) return failure('certificate_pem', certificatePem.message);
  const privateKeyPem = readText(key, from);
  if (!privateKeyPem.ok) return failure('private_key_pem', privateKeyPem.message);
  return ok({ certificatePem: certificatePem.value, privateKeyPem: privateKeyPem.value });
}
