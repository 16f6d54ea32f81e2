import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type PlatformCertificate, readPlatformCertificate } from '@orderkeeper/protocol';
import forge from 'node-forge';
import { parseV3Merchant, type V3MerchantTexts } from '../v3/parse-v3-merchant.ts';
import type { V3Merchant } from '../v3/v3-merchant.ts';
import { valueOf } from './test-world.ts';

/** A key of the protocol's vectors, which say where it comes from; none was ever used anywhere. */
export const keyText = (name: string): string =>
  readFileSync(new URL(`../../../protocol/vectors/v3-keys/${name}.pem`, import.meta.url), 'utf8');

/** A key that WeChat Pay signs with. */
export interface PlatformKey {
  /** What `Wechatpay-Serial` says. */
  readonly serial: string;
  readonly privateKey: KeyObject;
  /** Of a certificate. */
  readonly certificatePem?: string;
}

const platformKey = (serial: string, name: string): PlatformKey => ({
  serial,
  privateKey: createPrivateKey(keyText(name)),
});

/** WeChat Pay's public-key pair, and its platform certificate, valid from 2026 to 2036. */
export const PUBLIC_KEY = platformKey('PUB_KEY_ID_0119000000012026010100000000000001', 'wechatpay-private-key');
export const CERTIFICATE: PlatformKey = {
  ...platformKey('3C2CFC143FD20F786EA6B921CD9BA110900A11CE', 'platform-private-key'),
  certificatePem: keyText('platform-certificate'),
};

/** Any certificate over one of the keys, self-signed as those of the vectors. */
export function createCertificate(
  serial: string,
  { keyName, fromMs, untilMs }: { readonly keyName: string; readonly fromMs: number; readonly untilMs: number },
): PlatformKey {
  const key = forge.pki.privateKeyFromPem(keyText(keyName));
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e);
  certificate.serialNumber = serial;
  certificate.validity.notBefore = new Date(fromMs);
  certificate.validity.notAfter = new Date(untilMs);
  const names = [{ name: 'commonName', value: 'Test' }];
  certificate.setSubject(names);
  certificate.setIssuer(names);
  certificate.sign(key, forge.md.sha256.create());
  return { ...platformKey(serial, keyName), certificatePem: forge.pki.certificateToPem(certificate) };
}

/** What the client knows of a certificate. */
export const knownCertificate = ({ certificatePem = '' }: PlatformKey): PlatformCertificate =>
  valueOf(readPlatformCertificate(certificatePem));

/** The key that WeChat Pay signs with after a rotation. */
export const NEXT_CERTIFICATE = createCertificate('5F0000000000000000000000000000000000BEEF', {
  keyName: 'wechatpay-private-key',
  fromMs: Date.UTC(2026, 0, 1),
  untilMs: Date.UTC(2031, 0, 1),
});

export const API_V3_KEY = '0123456789abcdefghijklmnopqrstuv';
export const MERCHANT_PUBLIC_KEY = createPublicKey(keyText('merchant-public-key'));

/** The merchant's texts without any key of WeChat Pay. */
export const V3_TEXTS: V3MerchantTexts = {
  appid: 'wxd678efh567hg6787',
  mchid: '1900000001',
  privateKeyPem: keyText('merchant-private-key'),
  certificateSerial: '5A1E0F3C9B7D4E62A8C1D0F4B3E2A19C87654321',
  apiV3Key: API_V3_KEY,
};
const PUBLIC_KEY_TEXTS = { id: PUBLIC_KEY.serial, pem: keyText('wechatpay-public-key') };

/** A merchant with certificates only, one with the public key, and a service provider. */
export const CERTIFICATE_MERCHANT: V3Merchant = valueOf(parseV3Merchant(V3_TEXTS));
export const PUBLIC_KEY_MERCHANT: V3Merchant = valueOf(
  parseV3Merchant({ ...V3_TEXTS, publicKeys: [PUBLIC_KEY_TEXTS] }),
);
export const PROVIDER: V3Merchant = valueOf(
  parseV3Merchant({ ...V3_TEXTS, publicKeys: [PUBLIC_KEY_TEXTS], subMchid: '1900000555' }),
);
