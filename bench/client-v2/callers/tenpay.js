import { createRequire } from 'node:module';
import { Agent } from 'node:http';
import { MERCHANT, OUT_TRADE_NO } from '../answer.js';

export const checks = 'XML, sign, appid, mch_id';

const require = createRequire(import.meta.url);
const Payment = require('tenpay');
// The very copy that tenpay uses; its default agent keeps no connection alive.
const urllib = createRequire(require.resolve('tenpay'))('urllib/lib/urllib.js');

/** tenpay over urllib, with a keep-alive agent. */
export async function createCaller({ baseUrl, connections }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  urllib.agent = agent;
  const payment = new Payment({ appid: MERCHANT.appid, mchid: MERCHANT.mchid, partnerKey: MERCHANT.key });
  payment.urls.orderquery = `${baseUrl}/pay/orderquery`;
  return {
    query: async () => {
      const order = await payment.orderQuery({ out_trade_no: OUT_TRADE_NO });
      if (order.trade_state !== 'SUCCESS') throw new Error(`trade_state ${order.trade_state}`);
    },
    close: async () => agent.destroy(),
  };
}
