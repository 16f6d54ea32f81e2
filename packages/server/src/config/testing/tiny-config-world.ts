import { failure, ok } from '@orderkeeper/protocol';
import { CREDENTIALS, START_MS } from '../../http/testing/shop.ts';
import type { ConfigWorld } from '../config-world.ts';

export const API_KEY = 'key-of-the-shop-0123456789abcdef';
export const WEBHOOK_SECRET = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;

export const { account, certificates } = CREDENTIALS;

const FOLDER = '/shop';

/** Secrets that any configuration here may name. */
const SECRET_FILES: Readonly<Record<string, string>> = {
  '/shop/key': `${API_KEY}\n`,
  '/shop/v2key': account.v2Key,
  '/shop/cert.pem': certificates.merchant.certificatePem,
  '/shop/key.pem': certificates.merchant.privateKeyPem,
  '/shop/platform.pem': certificates.platform.privateKeyPem,
};

/** A world of a few files, in the folder /shop. */
export function tinyConfigWorld(
  files: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): ConfigWorld {
  const all = new Map(Object.entries({ ...SECRET_FILES, ...files }));
  return {
    env,
    folder: FOLDER,
    nowMs: START_MS,
    readFile: (path) => {
      const text = all.get(path);
      return text === undefined ? failure('not-found', `${path} does not exist`) : ok(Buffer.from(text));
    },
  };
}

/** A configuration of one merchant in which everything is right. */
export const GOOD_TOML = `public_url = "https://pay.shop.example/"

[[api_keys]]
name = "shop"
key = { file = "key" }

[[merchants]]
mchid = "${account.mchid}"
appid = "${account.appid}"
api_v2_key = { file = "v2key" }
certificate_pem = "cert.pem"
private_key_pem = "key.pem"
`;
