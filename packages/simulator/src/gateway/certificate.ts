import { X509Certificate } from 'node:crypto';
import type { HttpRequest } from '@orderkeeper/ports';

/** What a client certificate is worth. */
export type CertificateVerdict =
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'none' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'of-merchant'; readonly mchid: string };

/** Looks at the client certificate; it must come from `authorityPem` where one is given. Its common name is the mchid. */
export function inspectCertificate(request: HttpRequest, authorityPem: string | undefined): CertificateVerdict {
  if (request.identity === undefined) return { kind: 'none' };
  try {
    const certificate = new X509Certificate(request.identity.certificatePem);
    const isTrusted = authorityPem === undefined || certificate.verify(new X509Certificate(authorityPem).publicKey);
    const name = /^CN=(.*)$/m.exec(certificate.subject)?.[1];
    return isTrusted && name !== undefined ? { kind: 'of-merchant', mchid: name } : { kind: 'broken' };
  } catch {
    return { kind: 'broken' };
  }
}

/** The page of the web server in front of the gateway. */
export const certificatePage = (title: 'No required SSL certificate was sent' | 'The SSL certificate error'): string =>
  `<html>\r\n<head><title>400 ${title}</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n` +
  `<center>${title}</center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
