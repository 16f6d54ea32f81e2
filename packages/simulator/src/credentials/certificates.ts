import { generateKeyPair, generateKeyPairSync } from 'node:crypto';
import { promisify } from 'node:util';
import type { Random } from '@orderkeeper/ports';
import { beijingDayOf } from '@orderkeeper/protocol';
import forge from 'node-forge';

/** An RSA key with the certificate for it, PEM. */
export interface CertifiedKey {
  /** 40 hexadecimal digits, upper case. */
  readonly serial: string;
  readonly certificatePem: string;
  /** PKCS#8. */
  readonly privateKeyPem: string;
  /** SubjectPublicKeyInfo. */
  readonly publicKeyPem: string;
}

/** Everything the simulator proves itself with, and the merchant's certificate. */
export interface Certificates {
  readonly authority: CertifiedKey;
  /** Names localhost, 127.0.0.1 and WeChat Pay's hosts. */
  readonly server: CertifiedKey;
  /** Signs WeChat Pay's answers and notices of APIv3. */
  readonly platform: CertifiedKey;
  /** Signs in the certificate's place for merchants in public-key mode (微信支付公钥). */
  readonly publicKey: PlatformPublicKey;
  readonly merchant: CertifiedKey;
}

/** A key pair of WeChat Pay that is known by an id and has no certificate. */
export interface PlatformPublicKey {
  /** `PUB_KEY_ID_` and 34 digits. */
  readonly id: string;
  /** PKCS#8. */
  readonly privateKeyPem: string;
  /** SubjectPublicKeyInfo. */
  readonly publicKeyPem: string;
}

/** When and out of what certificates are made. */
export interface IssueOptions {
  /** Real time, in UTC milliseconds: TLS compares the validity with the machine's clock, never with a simulated one. */
  readonly nowMs: number;
  readonly random: Random;
}

/** Beside the addresses of loopback, the names a client would verify if the real hosts were directed here. */
const SERVER_NAMES = ['localhost', 'api.mch.weixin.qq.com', 'api2.mch.weixin.qq.com', 'api.weixin.qq.com'];
const LOOPBACK = '127.0.0.1';
const DAY_MS = 24 * 60 * 60 * 1000;
const VALID_DAYS = 5 * 365;
const RSA_BITS = 2048;
const SERIAL_BYTES = 20;

interface RsaKey {
  readonly publicKey: string;
  readonly privateKey: string;
}

const generate = promisify(generateKeyPair);

const RSA_OPTIONS = {
  modulusLength: RSA_BITS,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
} as const;

const createRsaKey = (): Promise<RsaKey> => generate('rsa', RSA_OPTIONS);

/** What one certificate says, apart from keys and dates. */
interface Statement {
  readonly name: string;
  readonly unit: string;
  readonly extensions: object[];
}

const AUTHORITY: Statement = {
  name: 'Orderkeeper Simulator Root CA',
  unit: 'Simulator',
  extensions: [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ],
};

const SERVER: Statement = {
  name: 'api.mch.weixin.qq.com',
  unit: 'Simulator',
  extensions: [
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: [...SERVER_NAMES.map((value) => ({ type: 2, value })), { type: 7, ip: LOOPBACK }],
    },
  ],
};

const PLATFORM: Statement = {
  name: 'Orderkeeper Simulator Platform',
  unit: 'Simulator',
  extensions: [{ name: 'keyUsage', digitalSignature: true, critical: true }],
};

/** The common name is the mchid: that is how the gateway knows whose certificate it is. */
const merchantStatement = (mchid: string): Statement => ({
  name: mchid,
  unit: 'Simulated Merchant',
  extensions: [
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', clientAuth: true },
  ],
});

/** Makes a new authority and everything it signs; takes a fraction of a second, mostly for five RSA keys. */
export async function issueCertificates(mchid: string, options: IssueOptions): Promise<Certificates> {
  const [authorityKey, serverKey, platformKey, merchantKey, publicKey] = await Promise.all([
    createRsaKey(),
    createRsaKey(),
    createRsaKey(),
    createRsaKey(),
    createRsaKey(),
  ]);
  const authority = certify(authorityKey, AUTHORITY, options);
  return {
    authority,
    server: certify(serverKey, SERVER, options, authority),
    platform: certify(platformKey, PLATFORM, options, authority),
    publicKey: {
      id: `PUB_KEY_ID_01${mchid}${beijingDayOf(options.nowMs).text}00000000000001`,
      privateKeyPem: publicKey.privateKey,
      publicKeyPem: publicKey.publicKey,
    },
    merchant: certify(merchantKey, merchantStatement(mchid), options, authority),
  };
}

/** Makes a certificate for one more merchant. */
export async function issueMerchantCertificate(
  mchid: string,
  authority: CertifiedKey,
  options: IssueOptions,
): Promise<CertifiedKey> {
  return certify(await createRsaKey(), merchantStatement(mchid), options, authority);
}

/** Makes a new platform certificate, as WeChat Pay does before an old one ends. */
export async function issuePlatformCertificate(authority: CertifiedKey, options: IssueOptions): Promise<CertifiedKey> {
  return certify(await createRsaKey(), PLATFORM, options, authority);
}

/** The same at once, for a certificate that falls due while an answer is being signed. Here the time may be simulated. */
export const issuePlatformCertificateAtOnce = (authority: CertifiedKey, options: IssueOptions): CertifiedKey =>
  certify(generateKeyPairSync('rsa', RSA_OPTIONS), PLATFORM, options, authority);

/** Signs a statement about a key; without an issuer the key signs for itself. */
function certify(
  key: RsaKey,
  statement: Statement,
  { nowMs, random }: IssueOptions,
  issuer?: CertifiedKey,
): CertifiedKey {
  const certificate = forge.pki.createCertificate();
  const serial = serialOf(random);
  certificate.publicKey = forge.pki.publicKeyFromPem(key.publicKey);
  certificate.serialNumber = serial;
  certificate.validity.notBefore = new Date(nowMs - DAY_MS);
  certificate.validity.notAfter = new Date(nowMs + VALID_DAYS * DAY_MS);
  certificate.setSubject([
    { name: 'commonName', value: statement.name },
    { name: 'organizationName', value: 'Orderkeeper' },
    { name: 'organizationalUnitName', value: statement.unit },
    { name: 'countryName', value: 'CN' },
  ]);
  const issuerOf = issuer === undefined ? certificate : forge.pki.certificateFromPem(issuer.certificatePem);
  certificate.setIssuer(issuerOf.subject.attributes);
  certificate.setExtensions([...statement.extensions, { name: 'subjectKeyIdentifier' }]);
  certificate.sign(forge.pki.privateKeyFromPem(issuer?.privateKeyPem ?? key.privateKey), forge.md.sha256.create());
  return {
    serial: serial.toUpperCase(),
    certificatePem: forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n'),
    privateKeyPem: key.privateKey,
    publicKeyPem: key.publicKey,
  };
}

/** A serial is a positive number: the first digit of 40 stays between 4 and 7. */
function serialOf(random: Random): string {
  const bytes = random.bytes(SERIAL_BYTES);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}
