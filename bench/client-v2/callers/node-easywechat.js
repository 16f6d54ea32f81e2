import { Agent } from 'node:http';
import { fileURLToPath } from 'node:url';
// Its payment part alone: the whole package does not load, because a dependency of its login part was published empty.
import Pay from 'node-easywechat/dist/Pay/Application.js';
import { MERCHANT, OUT_TRADE_NO } from '../answer.js';

export const checks = 'XML (the sign is not checked)';

/** Only its v3 side uses these, and it will not start unless they are files. */
const UNUSED = { private_key: fileURLToPath(import.meta.url), certificate: fileURLToPath(import.meta.url) };

/** node-easywechat over axios, with a keep-alive agent. */
export async function createCaller({ baseUrl, connections }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const pay = new Pay({
    mch_id: MERCHANT.mchid,
    v2_secret_key: MERCHANT.key,
    ...UNUSED,
    http: { baseURL: baseUrl },
  });
  const client = pay.getClient();
  // Not as its option `http`, which is copied member by member; an agent is no agent any more after that.
  client.getInstance().defaults.httpAgent = agent;
  return {
    query: async () => {
      const response = await client.post('pay/orderquery', {
        xml: { appid: MERCHANT.appid, mch_id: MERCHANT.mchid, out_trade_no: OUT_TRADE_NO },
      });
      const order = response.toObject();
      if (order.trade_state !== 'SUCCESS') throw new Error(`trade_state ${order.trade_state}`);
    },
    close: async () => agent.destroy(),
  };
}
