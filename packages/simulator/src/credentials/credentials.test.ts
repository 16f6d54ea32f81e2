import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { createSeededRandom } from '@orderkeeper/ports';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount } from './account.ts';
import { issueMerchantCertificate } from './certificates.ts';
import { createCredentials, type Credentials } from './credentials.ts';
import { readCredentials, writeCredentials } from './credentials-file.ts';
import { createP12 } from './p12.ts';

const NOW_MS = Date.parse('2026-11-24T02:00:00Z');
const ADDRESSES = { http: 'http://127.0.0.1:1', https: 'https://127.0.0.1:2', control: 'http://127.0.0.1:3' };
const options = { random: createSeededRandom(7), nowMs: NOW_MS };

let credentials: Credentials;
let folder: string;

beforeAll(async () => {
  [credentials, folder] = await Promise.all([createCredentials(options), mkdtemp(join(tmpdir(), 'credentials-'))]);
});

afterAll(() => rm(folder, { recursive: true }));

describe('an account', () => {
  test('has numbers and keys of the shapes that WeChat Pay gives out', () => {
    const account = createAccount(createSeededRandom(1));
    expect(account).toMatchObject({
      mchid: expect.stringMatching(/^1900[0-9]{6}$/),
      appid: expect.stringMatching(/^wx[0-9a-f]{16}$/),
      appSecret: expect.stringMatching(/^[0-9a-f]{32}$/),
      v2Key: expect.stringMatching(/^[0-9A-Za-z]{32}$/),
      v3Key: expect.stringMatching(/^[0-9A-Za-z]{32}$/),
    });
    expect(account.v2Key).not.toBe(account.v3Key);
  });

  test('keeps the parts that are given', () => {
    const account = createAccount(createSeededRandom(1), { mchid: '1230000109', v2Key: 'k'.repeat(32) });
    expect(account).toMatchObject({ mchid: '1230000109', v2Key: 'k'.repeat(32) });
  });
});

describe('certificates', () => {
  const read = (name: 'authority' | 'server' | 'platform' | 'merchant') =>
    new X509Certificate(credentials.certificates[name].certificatePem);

  test.each(['server', 'platform', 'merchant'] as const)('of the %s are signed by the authority', (name) => {
    expect(read(name).checkIssued(read('authority'))).toBe(true);
    expect(read(name).verify(read('authority').publicKey)).toBe(true);
    expect(read(name).ca).toBe(false);
  });

  test.each(['authority', 'server', 'platform', 'merchant'] as const)(
    'of the %s belong to their private keys',
    (name) => {
      const { privateKeyPem, publicKeyPem, serial } = credentials.certificates[name];
      expect(read(name).checkPrivateKey(createPrivateKey(privateKeyPem))).toBe(true);
      expect(createPublicKey(privateKeyPem).export({ type: 'spki', format: 'pem' })).toBe(publicKeyPem);
      expect(serial).toMatch(/^[0-9A-F]{40}$/);
      expect(read(name).serialNumber).toBe(serial);
    },
  );

  test('of the server name loopback and the hosts of WeChat Pay', () => {
    for (const host of ['localhost', 'api.mch.weixin.qq.com', 'api2.mch.weixin.qq.com', 'api.weixin.qq.com']) {
      expect(read('server').checkHost(host)).toBe(host);
    }
    expect(read('server').checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(read('server').checkHost('pay.example.com')).toBeUndefined();
  });

  test('of a merchant carry the mchid as common name', async () => {
    expect(read('merchant').subject).toContain(`CN=${credentials.account.mchid}`);
    const other = await issueMerchantCertificate('1900009999', credentials.certificates.authority, options);
    expect(new X509Certificate(other.certificatePem).subject).toContain('CN=1900009999');
    expect(new X509Certificate(other.certificatePem).checkIssued(read('authority'))).toBe(true);
  });
});

describe('a p12', () => {
  test('opens with the mchid as its password, and with nothing else', () => {
    const { authority, merchant } = credentials.certificates;
    const pfx = Buffer.from(createP12(merchant, authority, '1900000109'));
    expect(() => createSecureContext({ pfx, passphrase: '1900000109' })).not.toThrow();
    expect(() => createSecureContext({ pfx, passphrase: '1900000108' })).toThrow('mac verify failure');
  });
});

describe('a credentials file', () => {
  test('has the documented shape, and only its owner can read it', async () => {
    const file = join(folder, 'shape.json');
    await writeCredentials(file, credentials, ADDRESSES);
    const { account, certificates } = credentials;
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      appid: account.appid,
      mchid: account.mchid,
      v2Key: account.v2Key,
      v3Key: account.v3Key,
      merchant: {
        serial: certificates.merchant.serial,
        privateKey: certificates.merchant.privateKeyPem,
        certificate: certificates.merchant.certificatePem,
        p12: join(folder, 'shape.p12'),
      },
      platform: {
        serial: certificates.platform.serial,
        certificate: certificates.platform.certificatePem,
        publicKey: certificates.publicKey.publicKeyPem,
        publicKeyId: expect.stringMatching(/^PUB_KEY_ID_[0-9]{34}$/),
      },
      tls: { ca: join(folder, 'shape.ca.pem') },
      ...ADDRESSES,
    });
    for (const name of ['shape.json', 'shape.p12', 'shape.ca.pem', 'shape.simulator.json']) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    }
    const pfx = await readFile(join(folder, 'shape.p12'));
    expect(() => createSecureContext({ pfx, passphrase: account.mchid })).not.toThrow();
  });

  test('gives a restarted simulator the same credentials', async () => {
    const file = join(folder, 'restart.json');
    await writeCredentials(file, credentials, ADDRESSES);
    expect(await readCredentials(file)).toEqual({ ok: true, value: credentials });
  });

  test('are written into a folder that did not exist', async () => {
    const file = join(folder, 'new', 'deeper', 'credentials.json');
    await writeCredentials(file, credentials, ADDRESSES);
    expect((await readCredentials(file)).ok).toBe(true);
  });

  test('that was never written is not found', async () => {
    expect(await readCredentials(join(folder, 'never.json'))).toMatchObject({ ok: false, reason: 'not-found' });
  });

  test('without the half of the simulator is refused, not replaced', async () => {
    const file = join(folder, 'half.json');
    await writeFile(file, '{}');
    expect(await readCredentials(file)).toMatchObject({ ok: false, reason: 'incomplete' });
  });

  test('that is damaged is refused with the name of the field', async () => {
    const file = join(folder, 'damaged.json');
    await writeCredentials(file, credentials, ADDRESSES);
    await writeFile(join(folder, 'damaged.simulator.json'), '{"account":{"mchid":"1900000109","appid":7}}');
    const result = await readCredentials(file);
    expect(result).toMatchObject({ ok: false, reason: 'malformed', message: expect.stringContaining('account.appid') });
  });
});
