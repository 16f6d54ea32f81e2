import { resolve } from 'node:path';
import { loadTlsIdentity, type TlsIdentitySource } from '@orderkeeper/client';
import type { TlsIdentity } from '@orderkeeper/ports';
import { failure, type Mchid, ok, type Result } from '@orderkeeper/protocol';
import type { MerchantTextsOfFile } from './config-schema.ts';
import { readText, type SourceFolder } from './read-secret.ts';

/** The keys that say where the merchant's certificate is. */
export type CertificateKey = 'certificate_p12' | 'certificate_pem' | 'private_key_pem';

type Texts = Pick<MerchantTextsOfFile, CertificateKey>;

/** The key under which the certificate itself is configured. */
export const certificateKeyOf = ({ certificate_p12 }: Texts): CertificateKey =>
  certificate_p12 === undefined ? 'certificate_pem' : 'certificate_p12';

/** Reads the merchant's certificate and private key, from whichever files, and makes sure that they will work. */
export function readCertificate(texts: Texts, mchid: Mchid, from: SourceFolder): Result<TlsIdentity, CertificateKey> {
  const source = readSource(texts, mchid, from);
  if (!source.ok) return source;
  const identity = loadTlsIdentity(source.value, { mchid, nowMs: from.world.nowMs });
  if (identity.ok) return identity;
  const key = identity.message.startsWith('privateKeyPem:') ? 'private_key_pem' : certificateKeyOf(texts);
  return failure(key, inConfigurationsWords(identity.message));
}

/** The files are known by other names in a program than in a configuration. */
const inConfigurationsWords = (message: string): string =>
  message
    .replace(/^(?:p12|certificatePem|privateKeyPem): /, '')
    .replaceAll('certificatePem', 'certificate_pem')
    .replaceAll('privateKeyPem', 'private_key_pem');

function readSource(texts: Texts, mchid: Mchid, from: SourceFolder): Result<TlsIdentitySource, CertificateKey> {
  const { certificate_p12: p12, certificate_pem: certificate, private_key_pem: key } = texts;
  if (p12 !== undefined) {
    if (certificate !== undefined || key !== undefined)
      return failure('certificate_p12', 'is there beside the PEM files; keep one of both');
    const bytes = from.world.readFile(resolve(from.folder, p12));
    return bytes.ok ? ok({ p12: bytes.value, password: mchid }) : failure('certificate_p12', bytes.message);
  }
  if (certificate === undefined) return failure('certificate_pem', 'is missing beside private_key_pem');
  if (key === undefined) return failure('private_key_pem', 'is missing beside certificate_pem');
  const certificatePem = readText(certificate, from);
  if (!certificatePem.ok) return failure('certificate_pem', certificatePem.message);
  const privateKeyPem = readText(key, from);
  if (!privateKeyPem.ok) return failure('private_key_pem', privateKeyPem.message);
  return ok({ certificatePem: certificatePem.value, privateKeyPem: privateKeyPem.value });
}
