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
  '/shop/v3key': `${account.v3Key}\n`,
  '/shop/pub_key.pem': certificates.publicKey.publicKeyPem,
  '/shop/cert.pem': certificates.merchant.certificatePem,
  '/shop/key.pem': certificates.merchant.privateKeyPem,
  '/shop/platform.pem': certificates.platform.privateKeyPem,
  '/shop/platform-cert.pem': certificates.platform.certificatePem,
  '/shop/own-key.pem': certificates.merchant.publicKeyPem,
};

/** A world of a few files, in the folder /shop. */
export function tinyConfigWorld(
  files: Readonly<Record<string, string | Uint8Array>> = {},
  env: Readonly<Record<string, string>> = {},
  nowMs: number = START_MS,
): ConfigWorld {
  const all = new Map<string, string | Uint8Array>(Object.entries({ ...SECRET_FILES, ...files }));
  return {
    env,
    folder: FOLDER,
    nowMs,
    readFile: (path) => {
      const content = all.get(path);
      if (content === undefined) return failure('not-found', `${path} does not exist`);
      return ok(typeof content === 'string' ? Buffer.from(content) : content);
    },
  };
}

/** A configuration of one merchant, of the classic API, in which everything is right. */
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

const PUBLIC_KEYS = `[{ id = "${certificates.publicKey.id}", file = "pub_key.pem" }]`;

/** The same merchant with APIv3 alone. */
export const V3_TOML = GOOD_TOML.replace(
  'api_v2_key = { file = "v2key" }\n',
  `api_v3_key = { file = "v3key" }\nwechatpay_public_keys = ${PUBLIC_KEYS}\n`,
);
