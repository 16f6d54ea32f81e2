import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseMchid } from '@orderkeeper/protocol';
import forge from 'node-forge';
import { describe, expect, test } from 'vitest';
import { valueOf } from '../testing/test-world.ts';
import { loadTlsIdentity, type TlsIdentitySource } from './load-tls-identity.ts';

const MCHID = valueOf(parseMchid('10000100'));
const NOW_MS = Date.UTC(2026, 10, 24);
const EXPECTED = { mchid: MCHID, nowMs: NOW_MS };

interface Pair {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** A self-signed certificate of a merchant. */
function createPair(commonName: string = MCHID, validToMs: number = NOW_MS + 86_400_000): Pair {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const key = forge.pki.privateKeyFromPem(privateKeyPem);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e);
  certificate.serialNumber = '01';
  certificate.validity.notBefore = new Date(Date.UTC(2020, 0, 1));
  certificate.validity.notAfter = new Date(validToMs);
  const names = [
    { name: 'countryName', value: 'CN' },
    { name: 'commonName', value: commonName },
  ];
  certificate.setSubject(names);
  certificate.setIssuer(names);
  certificate.sign(key, forge.md.sha256.create());
  return { certificatePem: forge.pki.certificateToPem(certificate), privateKeyPem };
}

function createP12(
  { certificatePem, privateKeyPem }: Pair,
  password: string = MCHID,
  chain: readonly Pair[] = [],
): Uint8Array {
  const certificates = [...chain.map((pair) => pair.certificatePem), certificatePem];
  const p12 = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromPem(privateKeyPem),
    certificates.map((pem) => forge.pki.certificateFromPem(pem)),
    password,
    { algorithm: 'aes256' },
  );
  return Buffer.from(forge.asn1.toDer(p12).getBytes(), 'binary');
}

const OWN = createPair();

function refusalOf(source: TlsIdentitySource): { readonly reason: string; readonly message: string } {
  const identity = loadTlsIdentity(source, EXPECTED);
  if (identity.ok) throw new Error('expected a refusal');
  return identity;
}

describe('a merchant certificate is loaded', () => {
  test('from its two PEM files', () => {
    expect(loadTlsIdentity(OWN, EXPECTED)).toEqual({ ok: true, value: OWN });
  });

  test('from its p12 with the merchant number as password', () => {
    const identity = loadTlsIdentity({ p12: createP12(OWN), password: MCHID }, EXPECTED);
    if (!identity.ok) throw new Error(identity.message);
    expect(loadTlsIdentity({ ...OWN, certificatePem: identity.value.certificatePem }, EXPECTED).ok).toBe(true);
    expect(identity.value.privateKeyPem).toContain('PRIVATE KEY');
  });

  test('from a p12 whose chain does not begin with it', () => {
    const p12 = createP12(OWN, MCHID, [createPair('some authority')]);
    expect(loadTlsIdentity({ p12, password: MCHID }, EXPECTED).ok).toBe(true);
  });
});

describe('a merchant certificate is refused', () => {
  test('for a wrong password, with the hint which one WeChat Pay sets', () => {
    const refusal = refusalOf({ p12: createP12(OWN), password: 'wrong' });
    expect(refusal.reason).toBe('wrong-password');
    expect(refusal.message).toContain('mch_id');
  });

  test('for encryption that OpenSSL 3 refuses, with the command that converts it', () => {
    const p12 = Buffer.from(
      readFileSync(new URL('../testing/legacy-rc2.p12.base64', import.meta.url), 'utf8'),
      'base64',
    );
    const refusal = refusalOf({ p12, password: MCHID });
    expect(refusal.reason).toBe('legacy-encryption');
    expect(refusal.message).toContain('openssl pkcs12 -legacy');
  });

  test('when the key belongs to another certificate', () => {
    expect(refusalOf({ ...OWN, privateKeyPem: createPair().privateKeyPem }).reason).toBe('key-does-not-match');
  });

  test('when it was issued to another merchant, naming both', () => {
    const refusal = refusalOf({ p12: createP12(createPair('10000999')), password: MCHID });
    expect(refusal.reason).toBe('certificate-of-another-merchant');
    expect(refusal.message).toContain('10000999');
    expect(refusal.message).toContain(MCHID);
  });

  test('when it has expired', () => {
    expect(refusalOf(createPair(MCHID, NOW_MS)).reason).toBe('expired');
  });

  test.each<[string, TlsIdentitySource]>([
    ['p12', { p12: Buffer.from('not a p12'), password: MCHID }],
    ['p12', { p12: createP12(OWN).subarray(0, 300), password: MCHID }],
    ['certificatePem', { ...OWN, certificatePem: 'not a certificate' }],
    ['privateKeyPem', { ...OWN, privateKeyPem: 'not a key' }],
  ])('when %s cannot be read, naming it (%#)', (field, source) => {
    const refusal = refusalOf(source);
    expect(refusal.reason).toBe('unreadable');
    expect(refusal.message.startsWith(`${field}: `)).toBe(true);
  });

  test('without ever showing the key or the password', () => {
    const sources: TlsIdentitySource[] = [
      { p12: createP12(OWN), password: 'my-wrong-password' },
      { ...OWN, privateKeyPem: createPair().privateKeyPem },
      { ...createPair('10000999') },
    ];
    for (const source of sources) {
      const { message } = refusalOf(source);
      expect(message).not.toContain('my-wrong-password');
      expect(message).not.toContain('PRIVATE KEY');
    }
  });
});
