import { createClient } from '@orderkeeper/client';
import { createHttp, systemClock, systemRandom } from '@orderkeeper/ports';
import { parseApiKey, parseAppid, parseMchid, parseOutTradeNo } from '@orderkeeper/protocol';
import { MERCHANT, OUT_TRADE_NO } from '../answer.js';

export const checks = 'XML, sign and its algorithm, appid, mch_id, out_trade_no, every field';

/** Our client as a merchant would use it, every check on; MD5, because that is what the peers sign with. */
export const createCaller = (place) => createOurCaller({ ...place, signType: 'MD5' });

/** The same for one algorithm. */
export async function createOurCaller({ baseUrl, connections, signType }) {
  const http = createHttp({ connectionsMax: connections });
  const client = createClient({
    merchant: {
      appid: valueOf(parseAppid(MERCHANT.appid)),
      mchid: valueOf(parseMchid(MERCHANT.mchid)),
      apiKey: valueOf(parseApiKey(MERCHANT.key)),
      signType,
    },
    http,
    clock: systemClock,
    random: systemRandom,
    hosts: { primary: baseUrl },
  });
  const outTradeNo = valueOf(parseOutTradeNo(OUT_TRADE_NO));
  return {
    query: async () => {
      const call = await client.orderQuery({ outTradeNo });
      if (call.outcome !== 'done' || call.answer.tradeState !== 'SUCCESS') throw new Error(JSON.stringify(call));
    },
    close: () => http.close(),
  };
}

function valueOf(result) {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}
