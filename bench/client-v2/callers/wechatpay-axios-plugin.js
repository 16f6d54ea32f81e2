import { generateKeyPairSync } from 'node:crypto';
import { Agent } from 'node:http';
import { Wechatpay } from 'wechatpay-axios-plugin';
import { MERCHANT, OUT_TRADE_NO } from '../answer.js';

export const checks = 'XML, sign, result_code';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** Only its v3 side uses these, and it will not start without them. */
const UNUSED = { serial: '1', privateKey, certs: { 2: publicKey } };

/** wechatpay-axios-plugin over axios, with a keep-alive agent. */
export async function createCaller({ baseUrl, connections }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const wechatpay = new Wechatpay({
    mchid: MERCHANT.mchid,
    secret: MERCHANT.key,
    ...UNUSED,
    baseURL: `${baseUrl}/`,
    httpAgent: agent,
  });
  return {
    query: async () => {
      const { data } = await wechatpay.v2.pay.orderquery.post({
        appid: MERCHANT.appid,
        mch_id: MERCHANT.mchid,
        out_trade_no: OUT_TRADE_NO,
      });
      if (data.trade_state !== 'SUCCESS') throw new Error(`trade_state ${data.trade_state}`);
    },
    close: async () => agent.destroy(),
  };
}
