import forge from 'node-forge';
import type { CertifiedKey } from './certificates.ts';

/**
 * Packs key, certificate and authority as `apiclient_cert.p12`. Encrypted with triple DES: the one algorithm that
 * both the Java of old SDKs and OpenSSL 3 read (RC2 is refused by the latter, AES by the former).
 */
export function createP12(owner: CertifiedKey, authority: CertifiedKey, password: string): Uint8Array {
  const chain = [owner, authority].map(({ certificatePem }) => forge.pki.certificateFromPem(certificatePem));
  const p12 = forge.pkcs12.toPkcs12Asn1(forge.pki.privateKeyFromPem(owner.privateKeyPem), chain, password, {
    algorithm: '3des',
    friendlyName: 'Tenpay Certificate',
    generateLocalKeyId: true,
  });
  return Buffer.from(forge.asn1.toDer(p12).getBytes(), 'latin1');
}
