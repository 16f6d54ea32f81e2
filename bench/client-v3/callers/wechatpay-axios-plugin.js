import { Agent } from 'node:http';
import { Rsa, Wechatpay } from 'wechatpay-axios-plugin';
import { MERCHANT, WECHATPAY } from '../merchant.js';
import { outTradeNoOf } from '../question.js';

export const checks = 'signature, time, key (its own check, on success only)';

/** wechatpay-axios-plugin over axios, with a keep-alive agent and its keys as objects, as its README has them. */
export async function createCaller({ baseUrl, connections }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const wechatpay = new Wechatpay({
    mchid: MERCHANT.mchid,
    serial: MERCHANT.serial,
    privateKey: Rsa.from(MERCHANT.privateKeyPem, Rsa.KEY_TYPE_PRIVATE),
    certs: { [WECHATPAY.publicKeyId]: Rsa.from(WECHATPAY.publicKeyPem, Rsa.KEY_TYPE_PUBLIC) },
    baseURL: `${baseUrl}/`,
    httpAgent: agent,
  });
  return {
    query: async (index) => {
      const { data } = await wechatpay.v3.pay.transactions.outTradeNo._out_trade_no_.get({
        params: { mchid: MERCHANT.mchid },
        out_trade_no: outTradeNoOf(index),
      });
      if (data.trade_state !== 'SUCCESS') throw new Error(`trade_state ${data.trade_state}`);
    },
    close: async () => agent.destroy(),
  };
}
