import { createRequire } from 'node:module';
import { Agent } from 'node:http';
import { MERCHANT, WECHATPAY } from '../merchant.js';
import { outTradeNoOf } from '../question.js';

export const checks = 'signature, key (its verifySign, called for each answer; it does not look at the time)';

const require = createRequire(import.meta.url);
const WxPay = require('wechatpay-node-v3');
// The very copy that it uses itself.
const superagent = createRequire(require.resolve('wechatpay-node-v3'))('superagent');

const HOST = 'https://api.mch.weixin.qq.com';

/** The public key has no place in its settings; its own place for certificates is where verifySign looks. */
WxPay.certificates = { [WECHATPAY.publicKeyId]: WECHATPAY.publicKeyPem };

/**
 * wechatpay-node-v3 over superagent. Its door for another transport (`createHttp`) gives it the address of the
 * measurement and a keep-alive agent; apart from that the transport is its own, and hands out what verifySign needs.
 */
export async function createCaller({ baseUrl, connections }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const pay = new WxPay({
    appid: MERCHANT.appid,
    mchid: MERCHANT.mchid,
    serial_no: MERCHANT.serial,
    publicKey: Buffer.from(MERCHANT.publicKeyPem),
    privateKey: Buffer.from(MERCHANT.privateKeyPem),
    key: MERCHANT.apiV3Key,
  });
  pay.createHttp({
    get: async (url, headers) => {
      const {
        status,
        body,
        text,
        headers: received,
      } = await superagent.get(url.replace(HOST, baseUrl)).agent(agent).set(headers);
      return { status, data: body, text, received };
    },
  });
  return {
    query: async (index) => {
      const { data, text, received } = await pay.query({ out_trade_no: outTradeNoOf(index) });
      const isTrue = await pay.verifySign({
        timestamp: received['wechatpay-timestamp'],
        nonce: received['wechatpay-nonce'],
        serial: received['wechatpay-serial'],
        signature: received['wechatpay-signature'],
        body: text,
      });
      if (!isTrue) throw new Error('a wrong signature');
      if (data.trade_state !== 'SUCCESS') throw new Error(`trade_state ${data.trade_state}`);
    },
    close: async () => agent.destroy(),
  };
}
