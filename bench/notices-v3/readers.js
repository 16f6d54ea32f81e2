import { createDecipheriv, createSecretKey, verify } from 'node:crypto';
import { createRequire } from 'node:module';
import { createKeyRing, parseApiV3Key, readV3Notice, readWechatpayPublicKey } from '@orderkeeper/protocol';
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';
import { DIGEST, MERCHANT, WECHATPAY, WECHATPAY_PUBLIC_KEY } from '../client-v3/merchant.js';

const TAG_BYTES = 16;

const valueOf = (result) => {
  if (!result.ok) throw new Error(`${result.reason}: ${result.message}`);
  return result.value;
};

/** Each makes a function from a notice to the number of the order that was paid; it throws where it believes nothing. */
export const READERS = {
  'bare crypto': createBareReader,
  orderkeeper: createOurReader,
  'wechatpay-axios-plugin': createAxiosPluginReader,
  'wechatpay-node-v3': createNodeV3Reader,
};

/** The floor: one verification and one decryption with keys as objects, and the two texts parsed. */
function createBareReader() {
  const key = createSecretKey(MERCHANT.apiV3Key, 'utf8');
  return async ({ headers, body }) => {
    const message = Buffer.concat([
      Buffer.from(`${headers['wechatpay-timestamp']}\n${headers['wechatpay-nonce']}\n`),
      body,
      Buffer.from('\n'),
    ]);
    const signature = Buffer.from(headers['wechatpay-signature'], 'base64');
    if (!verify(DIGEST, message, WECHATPAY_PUBLIC_KEY, signature)) throw new Error('a wrong signature');
    const { resource } = JSON.parse(body);
    const sealed = Buffer.from(resource.ciphertext, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, resource.nonce);
    decipher.setAAD(Buffer.from(resource.associated_data)).setAuthTag(sealed.subarray(-TAG_BYTES));
    const text = decipher.update(sealed.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    return JSON.parse(text).out_trade_no;
  };
}

/** Ours: also the time, the spelling of the signature, and every member of the payment. */
function createOurReader() {
  const keys = createKeyRing([valueOf(readWechatpayPublicKey(WECHATPAY.publicKeyId, WECHATPAY.publicKeyPem))]);
  const apiV3Key = valueOf(parseApiV3Key(MERCHANT.apiV3Key));
  return async ({ headers, body }) => {
    const notice = valueOf(readV3Notice({ headers, body, keys, apiV3Key, nowMs: Date.now() }));
    return notice.order.outTradeNo;
  };
}

/** With the functions of wechatpay-axios-plugin; the time is checked as it does that itself with answers. */
function createAxiosPluginReader() {
  const key = Rsa.from(WECHATPAY.publicKeyPem, Rsa.KEY_TYPE_PUBLIC);
  return async ({ headers, body }) => {
    const timestamp = headers['wechatpay-timestamp'];
    if (Math.abs(Formatter.timestamp() - Number(timestamp)) > 300) throw new Error('another time');
    const text = body.toString();
    const message = Formatter.response(timestamp, headers['wechatpay-nonce'], text);
    if (!Rsa.verify(message, headers['wechatpay-signature'], key)) throw new Error('a wrong signature');
    const { ciphertext, nonce, associated_data: associatedData } = JSON.parse(text).resource;
    return JSON.parse(Aes.AesGcm.decrypt(ciphertext, MERCHANT.apiV3Key, nonce, associatedData)).out_trade_no;
  };
}

/**
 * With the methods of wechatpay-node-v3. Its decryption parses the text, but never asks the cipher whether it is
 * unchanged, and nothing of it looks at the time.
 */
function createNodeV3Reader() {
  const WxPay = createRequire(import.meta.url)('wechatpay-node-v3');
  WxPay.certificates = { [WECHATPAY.publicKeyId]: WECHATPAY.publicKeyPem };
  const pay = new WxPay({
    appid: MERCHANT.appid,
    mchid: MERCHANT.mchid,
    serial_no: MERCHANT.serial,
    publicKey: Buffer.from(MERCHANT.publicKeyPem),
    privateKey: Buffer.from(MERCHANT.privateKeyPem),
    key: MERCHANT.apiV3Key,
  });
  return async ({ headers, body }) => {
    const text = body.toString();
    const isTrue = await pay.verifySign({
      timestamp: headers['wechatpay-timestamp'],
      nonce: headers['wechatpay-nonce'],
      serial: headers['wechatpay-serial'],
      signature: headers['wechatpay-signature'],
      body: text,
    });
    if (!isTrue) throw new Error('a wrong signature');
    const { ciphertext, nonce, associated_data: associatedData } = JSON.parse(text).resource;
    return pay.decipher_gcm(ciphertext, associatedData, nonce, MERCHANT.apiV3Key).out_trade_no;
  };
}
