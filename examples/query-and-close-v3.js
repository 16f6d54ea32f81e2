// The same as query-and-close.js for a merchant of APIv3: asks for an order and closes it when nobody has paid.
//   node examples/query-and-close-v3.js CREDENTIALS OUT_TRADE_NO
// CREDENTIALS is the file that `npm run simulator -- --credentials FILE` writes; a real merchant has the same values.
import { readFile } from 'node:fs/promises';
import { createV3Client, parseV3Merchant } from '@orderkeeper/client';
import { createHttp, systemClock, systemRandom } from '@orderkeeper/ports';
import { parseOutTradeNo } from '@orderkeeper/protocol';

const [, , file, number] = process.argv;
const { appid, mchid, v3Key, merchant: own, platform, https, tls } = JSON.parse(await readFile(file, 'utf8'));
const merchant = parseV3Merchant({
  appid,
  mchid,
  apiV3Key: v3Key,
  certificatePem: own.certificate,
  privateKeyPem: own.privateKey,
  // Leave this out while the merchant console shows no WeChat Pay public key: certificates are fetched then.
  publicKeys: [{ id: platform.publicKeyId, pem: platform.publicKey }],
});
const outTradeNo = parseOutTradeNo(number);
if (!merchant.ok || !outTradeNo.ok) throw new Error(merchant.message ?? outTradeNo.message);

const http = createHttp({ ca: await readFile(tls.ca, 'utf8') });
const client = createV3Client({
  merchant: merchant.value,
  http,
  clock: systemClock,
  random: systemRandom,
  hosts: { primary: https }, // leave this out to reach WeChat Pay itself
});

const asked = await client.queryByOutTradeNo({ outTradeNo: outTradeNo.value });
switch (asked.outcome) {
  case 'unknown':
    console.log(`nobody knows: ${asked.meaning}; ${asked.remedy}`);
    break;
  case 'rejected':
    console.log(`${asked.code}: ${asked.remedy}`);
    break;
  case 'done':
    console.log(asked.answer.tradeState);
    if (asked.answer.tradeState === 'NOTPAY') {
      const closed = await client.close({ outTradeNo: outTradeNo.value });
      console.log(closed.outcome === 'done' ? 'closed' : `not closed: ${closed.code ?? closed.reason}`);
    }
}
await http.close();
