import { createSeededRandom } from '@orderkeeper/ports';
import { createP12, issueMerchantCertificate } from '@orderkeeper/simulator';
import { describe, expect, test } from 'vitest';
import { START_MS } from '../http/testing/shop.ts';
import { readConfig } from './read-config.ts';
import { account, API_KEY, certificates, GOOD_TOML, tinyConfigWorld, V3_TOML } from './testing/tiny-config-world.ts';

const FILE = '/shop/orderkeeper.toml';
const V2_LINE = 'api_v2_key = { file = "v2key" }\n';
const V3_LINE = 'api_v3_key = { file = "v3key" }\n';
const CERTIFICATE_LINES = 'certificate_pem = "cert.pem"\nprivate_key_pem = "key.pem"\n';
const YEAR_MS = 365 * 86_400_000;

const read = (toml: string, files: Readonly<Record<string, string | Uint8Array>> = {}, nowMs?: number) =>
  readConfig({}, tinyConfigWorld({ ...files, [FILE]: toml }, {}, nowMs));

function merchantsOf(reading: ReturnType<typeof readConfig>) {
  if (!reading.ok) throw new Error(reading.message);
  return reading.value.config.merchants;
}

const linesOf = (reading: ReturnType<typeof readConfig>): readonly string[] =>
  reading.ok ? ['accepted'] : reading.message.split('\n');

describe('what a merchant speaks', () => {
  test('the classic key alone is the classic API', () => {
    expect(merchantsOf(read(GOOD_TOML))).toMatchObject([{ mchid: account.mchid, speaks: { v2: { identity: {} } } }]);
    expect(merchantsOf(read(GOOD_TOML))[0]?.speaks).not.toHaveProperty('v3');
  });

  test('the APIv3 key and the certificate are APIv3, with the serial of that certificate', () => {
    const [merchant] = merchantsOf(read(V3_TOML));
    expect(merchant?.speaks).toMatchObject({
      v3: {
        appid: account.appid,
        mchid: account.mchid,
        credentials: { serial: certificates.merchant.serial },
        publicKeys: [{ serial: certificates.publicKey.id }],
      },
    });
    expect(merchant?.speaks.v3?.apiV3Key.reveal()).toBe(account.v3Key);
    expect(merchant?.speaks).not.toHaveProperty('v2');
  });

  test('the p12 file serves APIv3 as well as the two PEM files', () => {
    const toml = V3_TOML.replace(CERTIFICATE_LINES, 'certificate_p12 = "apiclient_cert.p12"\n');
    const p12 = createP12(certificates.merchant, certificates.authority, account.mchid);
    expect(merchantsOf(read(toml, { '/shop/apiclient_cert.p12': p12 }))).toMatchObject([
      { speaks: { v3: { credentials: { serial: certificates.merchant.serial } } } },
    ]);
  });

  test('without a public key the platform certificates are fetched, so none is needed', () => {
    const [merchant] = merchantsOf(read(V3_TOML.replace(/wechatpay_public_keys.*\n/, '')));
    expect(merchant?.speaks.v3).not.toHaveProperty('publicKeys');
  });

  test('both stand side by side, and the merchant may choose what new attempts speak', () => {
    const choices = 'protocol = "v2"\nunsigned_refusals = "believed"\n';
    expect(merchantsOf(read(V3_TOML.replace(V3_LINE, `${V3_LINE}${V2_LINE}${choices}`)))).toMatchObject([
      { speaks: { v2: {}, v3: {} }, protocol: 'v2', unsignedRefusals: 'believed' },
    ]);
  });

  test('merchants of either protocol stand in one file, a service provider among them', () => {
    const provider = `[[merchants]]
mchid = "1900000999"
appid = "${account.appid}"
sub_mchid = "1900000998"
${V2_LINE}`;
    expect(merchantsOf(read(`${V3_TOML}${provider}`)).map(({ mchid, speaks }) => [mchid, Object.keys(speaks)])).toEqual(
      [
        [account.mchid, ['v3']],
        ['1900000999', ['v2']],
      ],
    );
  });

  test('the environment alone is enough for a merchant of APIv3', () => {
    const env = {
      ORDERKEEPER_PUBLIC_URL: 'https://pay.shop.example',
      ORDERKEEPER_API_KEY: API_KEY,
      ORDERKEEPER_MCHID: account.mchid,
      ORDERKEEPER_APPID: account.appid,
      ORDERKEEPER_PROTOCOL: 'v3',
      ORDERKEEPER_API_V3_KEY: account.v3Key,
      ORDERKEEPER_CERTIFICATE_PEM: 'cert.pem',
      ORDERKEEPER_PRIVATE_KEY_PEM: 'key.pem',
      ORDERKEEPER_WECHATPAY_PUBLIC_KEY_ID: certificates.publicKey.id,
      ORDERKEEPER_WECHATPAY_PUBLIC_KEY: 'pub_key.pem',
    };
    expect(merchantsOf(readConfig({}, tinyConfigWorld({}, env)))).toMatchObject([
      { speaks: { v3: { publicKeys: [{ serial: certificates.publicKey.id }] } }, protocol: 'v3' },
    ]);
  });
});

describe('what is wrong with a merchant', () => {
  test('everything is told at once, each with its line and where the right text is found, whatever else is wrong', () => {
    const toml = V3_TOML.replace(certificates.publicKey.id, '0119000001092026')
      .replace('"wx', '"w x')
      .replace('"key.pem"', '"platform.pem"');
    expect(linesOf(read(`${toml}\n[log]\nlevel = "loud"\n`, { '/shop/v3key': 'x'.repeat(31) })).toSorted()).toEqual([
      expect.stringMatching(
        /^orderkeeper\.toml:10 merchants\[0\]\.api_v3_key: .*this one has 31 characters.*Found at: .*APIv3密钥\)$/,
      ),
      expect.stringMatching(
        /^orderkeeper\.toml:11 merchants\[0\]\.wechatpay_public_keys\[0\]\.id: .*PUB_KEY_ID_.*Found at: .*微信支付公钥\)/,
      ),
      expect.stringMatching(
        /^orderkeeper\.toml:13 merchants\[0\]\.private_key_pem: it does not belong to certificate_pem.*Found at: apiclient_key\.pem .*商户API证书\)$/,
      ),
      expect.stringMatching(/^orderkeeper\.toml:16 log\.level: /),
      expect.stringMatching(/^orderkeeper\.toml:9 merchants\[0\]\.appid: .*Found at: /),
    ]);
  });

  test('a merchant without any key is told where both are found', () => {
    expect(linesOf(read(GOOD_TOML.replace(V2_LINE, '')))).toEqual([
      expect.stringMatching(/api_v3_key: is missing: APIv3 needs it.*Found at: .*APIv3密钥/),
      expect.stringMatching(/api_v2_key: is missing too.*Found at: .*APIv2密钥/),
    ]);
  });

  test('a merchant that is nothing but its number is told everything that is missing', () => {
    const env = { ORDERKEEPER_MCHID: 'me' };
    expect(linesOf(readConfig({}, tinyConfigWorld({}, env)))).toEqual([
      expect.stringMatching(/^merchants\[0\]\.api_v3_key: is missing/),
      expect.stringMatching(/^merchants\[0\]\.api_v2_key: is missing/),
      expect.stringMatching(/^ORDERKEEPER_MCHID merchants\[0\]\.mchid: /),
      expect.stringMatching(/^merchants\[0\]\.appid: is missing/),
      expect.stringMatching(/^api_keys: is missing/),
      expect.stringMatching(/^public_url: is missing/),
    ]);
  });

  test.each([
    [
      'APIv3 without the certificate',
      V3_TOML.replace(CERTIFICATE_LINES, ''),
      ['certificate_pem: is missing: APIv3 signs'],
    ],
    [
      'APIv3 chosen without its keys',
      GOOD_TOML.replace(V2_LINE, `${V2_LINE}protocol = "v3"\n`).replace(CERTIFICATE_LINES, ''),
      ['api_v3_key: is missing, and protocol is v3', 'certificate_pem: is missing: APIv3 signs'],
    ],
    [
      'the classic API chosen without its key',
      V3_TOML.replace(V3_LINE, `${V3_LINE}protocol = "v2"\n`),
      ['api_v2_key: is missing, and protocol is v2'],
    ],
    [
      'public keys that nobody uses',
      V3_TOML.replace(V3_LINE, V2_LINE),
      ['wechatpay_public_keys[0].id: is of APIv3, and is not used without api_v3_key'],
    ],
    [
      'a belief that nobody asks for',
      GOOD_TOML.replace(V2_LINE, `${V2_LINE}unsigned_refusals = "doubted"\n`),
      ['unsigned_refusals: is of APIv3, and is not used'],
    ],
    [
      'a sign type that nobody uses',
      V3_TOML.replace(V3_LINE, `${V3_LINE}sign_type = "MD5"\n`),
      ['sign_type: is of the classic API, and is not used'],
    ],
    [
      'a certificate in place of the public key',
      V3_TOML.replace('pub_key.pem', 'platform-cert.pem'),
      ['wechatpay_public_keys[0].file: holds a certificate, and not a public key: platform certificates are fetched'],
    ],
    [
      'a private key in place of the public key',
      V3_TOML.replace('pub_key.pem', 'key.pem'),
      ['wechatpay_public_keys[0].file: holds a private key'],
    ],
    [
      "the merchant's own public key in place of WeChat Pay's",
      V3_TOML.replace('pub_key.pem', 'own-key.pem'),
      ["wechatpay_public_keys[0].file: holds the merchant's own public key"],
    ],
    [
      'one public key twice',
      V3_TOML.replace(/\[(\{ id.*\})\]/, '[$1, $1]'),
      ['wechatpay_public_keys[1].id: is that of the key 0 too'],
    ],
    [
      'a public key that is not there',
      V3_TOML.replace('pub_key.pem', 'lost.pem'),
      ['wechatpay_public_keys[0].file: /shop/lost.pem does not exist'],
    ],
    [
      'an appid of a sub-merchant who is not named',
      `${GOOD_TOML}sub_appid = "${account.appid}"\n`,
      ['sub_mchid: is missing'],
    ],
  ])('a merchant with this mistake is refused by its keys: %s', (_what, toml, messages) => {
    const lines = linesOf(read(toml));
    expect(lines).toHaveLength(messages.length);
    for (const [index, message] of messages.entries()) expect(lines[index]).toContain(`merchants[0].${message}`);
  });

  test('a certificate of another merchant is refused with both numbers', async () => {
    const random = createSeededRandom(8);
    const other = await issueMerchantCertificate('1900000998', certificates.authority, { nowMs: START_MS, random });
    const files = { '/shop/cert.pem': other.certificatePem, '/shop/key.pem': other.privateKeyPem };
    expect(linesOf(read(V3_TOML, files))).toEqual([
      expect.stringMatching(
        `certificate_pem: the certificate was issued to 1900000998, the merchant is ${account.mchid}`,
      ),
    ]);
  });

  test('an expired certificate is refused with the day it expired', () => {
    expect(linesOf(read(V3_TOML, {}, START_MS + 6 * YEAR_MS))).toEqual([
      expect.stringMatching(/certificate_pem: the certificate expired on .* 2031 GMT; apply for a new one/),
    ]);
  });

  test('no message repeats a key, whatever is wrong with it', () => {
    const wrong = `${account.v3Key}x`;
    const message = linesOf(read(V3_TOML, { '/shop/v3key': wrong, '/shop/key.pem': wrong })).join('\n');
    expect(message).toContain('33 characters');
    expect(message).not.toContain(account.v3Key);
    const inTheFile = linesOf(read(V3_TOML.replace('{ file = "v3key" }', `"${account.v3Key}"`))).join('\n');
    expect(inTheFile).toContain('orderkeeper.toml:10 merchants[0].api_v3_key: a secret is not written into the file');
    expect(inTheFile).not.toContain(account.v3Key);
  });
});
