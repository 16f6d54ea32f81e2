import { describe, expect, test } from 'vitest';
import { readConfig } from './read-config.ts';
import {
  account,
  API_KEY,
  certificates,
  GOOD_TOML,
  tinyConfigWorld,
  WEBHOOK_SECRET,
} from './testing/tiny-config-world.ts';

const FILE = '/shop/orderkeeper.toml';

const read = (toml: string, env: Readonly<Record<string, string>> = {}) =>
  readConfig({}, tinyConfigWorld({ [FILE]: toml }, env));

function configOf(reading: ReturnType<typeof readConfig>) {
  if (!reading.ok) throw new Error(reading.message);
  return reading.value.config;
}

const messageOf = (reading: ReturnType<typeof readConfig>): string => (reading.ok ? 'accepted' : reading.message);

describe('what holds', () => {
  test('without a file and a merchant there is a simulator, and everything is on loopback', () => {
    const config = configOf(readConfig({}, tinyConfigWorld()));
    expect(config).toMatchObject({
      listen: { host: '127.0.0.1', port: 8720 },
      storePath: '/shop/.orderkeeper/store.sqlite',
      merchants: [],
      gateway: { kind: 'simulator', folder: '/shop/.orderkeeper', controlPort: 8721 },
    });
  });

  test('a file with a merchant talks to WeChat Pay itself', () => {
    const config = configOf(read(GOOD_TOML));
    expect(config).toMatchObject({
      publicUrl: 'https://pay.shop.example',
      merchants: [{ mchid: account.mchid, speaks: { v2: { identity: {} } }, latePayment: 'refund' }],
      gateway: { kind: 'hosts' },
    });
    expect(config.gateway).not.toHaveProperty('hosts');
    expect(config.apiKeys.map(({ name, key }) => [name, key.reveal()])).toEqual([['shop', API_KEY]]);
  });

  test('the environment wins over the file, and the command line over both', () => {
    const env = { ORDERKEEPER_PORT: '9000', ORDERKEEPER_LOG_LEVEL: 'warn', ORDERKEEPER_STORE: 'data/s.sqlite' };
    const world = tinyConfigWorld({ [FILE]: GOOD_TOML }, env);
    expect(configOf(readConfig({}, world))).toMatchObject({
      listen: { port: 9000 },
      logLevel: 'warn',
      storePath: '/shop/data/s.sqlite',
    });
    expect(configOf(readConfig({ port: 9001 }, world)).listen.port).toBe(9001);
  });

  test('the environment alone is enough for one merchant, secrets by value or by file', () => {
    const config = configOf(
      readConfig(
        {},
        tinyConfigWorld(
          {},
          {
            ORDERKEEPER_PUBLIC_URL: 'https://pay.shop.example',
            ORDERKEEPER_API_KEY: API_KEY,
            ORDERKEEPER_MCHID: account.mchid,
            ORDERKEEPER_APPID: account.appid,
            ORDERKEEPER_API_V2_KEY_FILE: 'v2key',
          },
        ),
      ),
    );
    expect(config.merchants[0]?.speaks.v2?.apiKey.reveal()).toBe(account.v2Key);
    expect(config.apiKeys[0]?.name).toBe('default');
  });

  test('a file in another folder is read from there, with what it names', () => {
    const world = tinyConfigWorld({
      '/etc/shop.toml': GOOD_TOML.replaceAll('"key"', '"/shop/key"').replace(
        /"(v2key|cert.pem|key.pem)"/g,
        '"/shop/$1"',
      ),
    });
    expect(configOf(readConfig({ file: '/etc/shop.toml' }, world)).storePath).toBe('/etc/.orderkeeper/store.sqlite');
  });

  test('the credentials file of a simulator elsewhere gives addresses, trust and a merchant of both protocols', () => {
    const credentials = {
      appid: account.appid,
      mchid: account.mchid,
      v2Key: account.v2Key,
      v3Key: account.v3Key,
      merchant: {
        privateKey: certificates.merchant.privateKeyPem,
        certificate: certificates.merchant.certificatePem,
      },
      platform: { publicKey: certificates.publicKey.publicKeyPem, publicKeyId: certificates.publicKey.id },
      tls: { ca: '/shop/ca.pem' },
      https: 'https://127.0.0.1:8443',
    };
    const files = { '/shop/c.json': JSON.stringify(credentials), '/shop/ca.pem': 'the authority' };
    const env = { ORDERKEEPER_SIMULATOR_CREDENTIALS: 'c.json', ORDERKEEPER_API_KEY: API_KEY };
    expect(configOf(readConfig({}, tinyConfigWorld(files, env)))).toMatchObject({
      gateway: { kind: 'hosts', hosts: { primary: 'https://127.0.0.1:8443' }, ca: 'the authority' },
      merchants: [
        { mchid: account.mchid, speaks: { v2: {}, v3: { publicKeys: [{ serial: certificates.publicKey.id }] } } },
      ],
    });
  });
});

describe('what is refused', () => {
  test('every mistake is told at once, each with its line, key and where the right value is found', () => {
    const toml = GOOD_TOML.replace(account.mchid, 'me').replace('{ file = "v2key" }', '{ env = "NO_KEY" }');
    const lines = messageOf(read(`${toml}\n[log]\nlevel = "loud"\n`)).split('\n');
    expect(lines.toSorted()).toEqual([
      expect.stringMatching(/^orderkeeper\.toml:10 merchants\[0\]\.api_v2_key: the variable NO_KEY is not set/),
      expect.stringMatching(/^orderkeeper\.toml:15 log\.level: /),
      expect.stringMatching(/^orderkeeper\.toml:8 merchants\[0\]\.mchid: .*Found at: merchant console/),
    ]);
  });

  test('a secret in the file is refused without being repeated', () => {
    const message = messageOf(read(GOOD_TOML.replace('{ file = "v2key" }', `"${account.v2Key}"`)));
    expect(message).toContain('orderkeeper.toml:10 merchants[0].api_v2_key: a secret is not written into the file');
    expect(message).not.toContain(account.v2Key);
  });

  test('a file that is no TOML is refused by its place, without showing what stands there', () => {
    const message = messageOf(read(`${GOOD_TOML}\nsecret = "${API_KEY}\n`));
    expect(message).toMatch(/^orderkeeper\.toml:14:\d+ is not TOML from here on/);
    expect(message).not.toContain(API_KEY);
  });

  test('no message repeats a secret, whatever is wrong with it', () => {
    const short = 'short-secret';
    const files = { '/shop/v2key': `${account.v2Key}x`, '/shop/key': short, [FILE]: GOOD_TOML };
    const webhook = '[[webhooks]]\nurl = "https://shop.example"\nsecrets = [{ env = "HOOK" }]\n';
    const message = messageOf(
      readConfig({}, tinyConfigWorld({ ...files, [FILE]: `${GOOD_TOML}${webhook}` }, { HOOK: 'whsec_tooshort' })),
    );
    expect(message.split('\n')).toHaveLength(3);
    for (const secret of [account.v2Key, short, 'tooshort']) expect(message).not.toContain(secret);
  });

  test.each([
    ['a key that is none', `colour = "red"\n${GOOD_TOML}`, 'orderkeeper.toml:1 colour: is not a key'],
    ['a merchant twice', `${GOOD_TOML}${GOOD_TOML.slice(GOOD_TOML.indexOf('[[merchants'))}`, 'merchants[0] too'],
    [
      'a key of another merchant',
      GOOD_TOML.replace('"key.pem"', '"platform.pem"'),
      'private_key_pem: it does not belong to certificate_pem',
    ],
    ['half a certificate', GOOD_TOML.replace(/private_key_pem.*\n/, ''), 'private_key_pem: is missing'],
    ['no address for notices', GOOD_TOML.replace(/public_url.*\n/, ''), 'public_url: is missing'],
    ['no key for /v1', GOOD_TOML.replace(/\[\[api_keys\]\][^[]*/, ''), 'api_keys: is missing'],
    ['a file without a merchant', 'public_url = "https://a.example"\n', 'write the table [simulator] instead'],
    ['a query in the address', GOOD_TOML.replace('example/', 'example/?a=1'), 'without credentials, query or fragment'],
    ['play money for everybody', '[listen]\nhost = "0.0.0.0"\n[simulator]\n', 'must be 127.0.0.1 with a simulator'],
    ['a port that is none', '[listen]\nport = 70000\n[simulator]\n', 'orderkeeper.toml:2 listen.port'],
  ])('a configuration with this mistake is refused by its place or key: %s', (_what, toml, message) => {
    expect(messageOf(read(toml))).toContain(message);
  });

  test('a variable that stands for nothing is a slip of the pen, unless the file names it', () => {
    const env = { ORDERKEEPER_PROT: '1' };
    expect(messageOf(read(GOOD_TOML, env))).toContain('ORDERKEEPER_PROT stands for nothing');
    const named = GOOD_TOML.replace('{ file = "key" }', '{ env = "ORDERKEEPER_PROT" }');
    expect(messageOf(read(named, { ORDERKEEPER_PROT: API_KEY }))).toBe('accepted');
  });

  test('a mistake in the environment is told by the variable', () => {
    expect(messageOf(read(GOOD_TOML, { ORDERKEEPER_MCHID: 'me' }))).toContain('ORDERKEEPER_MCHID merchants[0].mchid: ');
    expect(messageOf(read(GOOD_TOML, { ORDERKEEPER_PORT: 'x' }))).toContain('ORDERKEEPER_PORT must be a number');
  });

  test('a file that was named and is not there is a mistake, not a try-out', () => {
    expect(messageOf(readConfig({ file: 'lost.toml' }, tinyConfigWorld()))).toContain('/shop/lost.toml does not exist');
  });
});

test('a webhook takes two secrets while one is replaced', () => {
  const webhook = '[[webhooks]]\nurl = "https://shop.example/hook"\nsecrets = [{ env = "NEW" }, { env = "OLD" }]\n';
  const config = configOf(read(`${GOOD_TOML}${webhook}`, { NEW: WEBHOOK_SECRET, OLD: WEBHOOK_SECRET }));
  expect(config.webhooks).toMatchObject([{ name: 'default', url: 'https://shop.example/hook' }]);
  expect(config.webhooks[0]?.secrets).toHaveLength(2);
});
