import { failure, ok, type Result } from '@orderkeeper/protocol';
import forge from 'node-forge';

/** The content of a PKCS#12 file. */
export interface P12Content {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/**
 * Reads key and certificate out of a PKCS#12 file. Node can open one for TLS and can not show what is in it; forge can.
 * Where the file holds a chain, the certificate of the key comes first.
 */
export function readP12(p12: Uint8Array, password: string): Result<P12Content, 'unreadable'> {
  try {
    const der = forge.util.createBuffer(Buffer.from(p12).toString('binary'));
    const content = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(der), password);
    const bags = content.safeContents.flatMap(({ safeBags }) => safeBags);
    const key = bags.find((bag) => bag.key !== undefined && bag.key !== null)?.key;
    const certificates = bags.flatMap(({ cert }) => (cert === undefined || cert === null ? [] : [cert]));
    if (key === undefined || key === null || certificates.length === 0) {
      return failure('unreadable', 'p12: it does not hold both an RSA key and a certificate');
    }
    const own = certificates.find(({ publicKey }) => 'n' in publicKey && publicKey.n.equals(key.n));
    const [certificate] = own === undefined ? certificates : [own];
    if (certificate === undefined) return failure('unreadable', 'p12: it holds no certificate');
    return ok({
      certificatePem: forge.pki.certificateToPem(certificate),
      privateKeyPem: forge.pki.privateKeyToPem(key),
    });
  } catch {
    return failure(
      'unreadable',
      'p12: its key and certificate cannot be read; pass apiclient_cert.pem and apiclient_key.pem',
    );
  }
}
