import { createV3Client } from '@orderkeeper/client';
import { createHttp, systemClock, systemRandom } from '@orderkeeper/ports';
import { parseApiV3Key, parseAppid, parseMchid, parseOutTradeNo, readWechatpayPublicKey } from '@orderkeeper/protocol';
import { MERCHANT, MERCHANT_PRIVATE_KEY, WECHATPAY } from '../merchant.js';
import { outTradeNoOf } from '../question.js';

export const checks = 'signature, time, key, repeated answers, mchid, out_trade_no, every member';

/** Our client as a merchant would use it, every check on. */
export async function createCaller({ baseUrl, connections }) {
  const http = createHttp({ connectionsMax: connections });
  const client = createV3Client({
    merchant: {
      appid: valueOf(parseAppid(MERCHANT.appid)),
      mchid: valueOf(parseMchid(MERCHANT.mchid)),
      credentials: { serial: MERCHANT.serial, privateKey: MERCHANT_PRIVATE_KEY },
      apiV3Key: valueOf(parseApiV3Key(MERCHANT.apiV3Key)),
      publicKeys: [valueOf(readWechatpayPublicKey(WECHATPAY.publicKeyId, WECHATPAY.publicKeyPem))],
    },
    http,
    clock: systemClock,
    random: systemRandom,
    hosts: { primary: baseUrl },
  });
  return {
    query: async (index) => {
      const call = await client.queryByOutTradeNo({ outTradeNo: valueOf(parseOutTradeNo(outTradeNoOf(index))) });
      if (call.outcome !== 'done' || call.answer.tradeState !== 'SUCCESS') throw new Error(JSON.stringify(call));
    },
    close: () => http.close(),
  };
}

function valueOf(result) {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}
