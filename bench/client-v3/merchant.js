import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

const pem = (name) =>
  readFileSync(new URL(`../../packages/protocol/vectors/v3-keys/${name}.pem`, import.meta.url), 'utf8');

/** Who asks, with keys that were made for vectors and never used anywhere. */
export const MERCHANT = {
  appid: 'wxd678efh567hg6787',
  mchid: '1900000001',
  serial: '5A1E0F3C9B7D4E62A8C1D0F4B3E2A19C87654321',
  apiV3Key: '0123456789abcdefghijklmnopqrstuv',
  privateKeyPem: pem('merchant-private-key'),
  publicKeyPem: pem('merchant-public-key'),
};

/** Who answers: WeChat Pay in public-key mode, as every new merchant has it. */
export const WECHATPAY = {
  publicKeyId: 'PUB_KEY_ID_0119000000012026010100000000000001',
  privateKeyPem: pem('wechatpay-private-key'),
  publicKeyPem: pem('wechatpay-public-key'),
};

/** The keys as Node signs and verifies with them fastest. */
export const MERCHANT_PRIVATE_KEY = createPrivateKey(MERCHANT.privateKeyPem);
export const MERCHANT_PUBLIC_KEY = createPublicKey(MERCHANT.publicKeyPem);
export const WECHATPAY_PRIVATE_KEY = createPrivateKey(WECHATPAY.privateKeyPem);
export const WECHATPAY_PUBLIC_KEY = createPublicKey(WECHATPAY.publicKeyPem);

/** The one algorithm of APIv3. */
export const DIGEST = 'RSA-SHA256';
export const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
