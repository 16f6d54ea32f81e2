import { createPublicKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CertifiedKey, PlatformIdentity } from '@orderkeeper/simulator';

/** A file of the folder `keys`, which says where each comes from. The path is the same from the compiled file. */
export const readKeyFile = (name: string): string =>
  readFileSync(new URL(`../../keys/${name}.pem`, import.meta.url), 'utf8');

const publicKeyPemOf = (pem: string): string => createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();

function certifiedKey(name: string): CertifiedKey {
  const certificatePem = readKeyFile(`${name}-certificate`);
  return {
    serial: new X509Certificate(certificatePem).serialNumber,
    certificatePem,
    privateKeyPem: readKeyFile(`${name}-private-key`),
    publicKeyPem: publicKeyPemOf(certificatePem),
  };
}

const wechatpayKeyPem = readKeyFile('wechatpay-private-key');

/** What WeChat Pay signs with when a world begins. */
export const WECHAT_PAY = {
  platform: certifiedKey('platform'),
  publicKey: {
    id: 'PUB_KEY_ID_0119000000012026010100000000000001',
    privateKeyPem: wechatpayKeyPem,
    publicKeyPem: publicKeyPemOf(wechatpayKeyPem),
  },
  strangersKeyPem: readKeyFile('strangers-private-key'),
} satisfies PlatformIdentity;

/** The certificate that comes with a rotation. */
export const NEXT_CERTIFICATE: CertifiedKey = certifiedKey('next-platform');
