import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { fileURLToPath } from 'node:url';
// Its payment part alone: the whole package does not load, because a dependency of its login part was published empty.
import Pay from 'node-easywechat/dist/Pay/Application.js';

/** Only its v3 side uses these, and it will not start unless they are files. */
const UNUSED = { private_key: fileURLToPath(import.meta.url), certificate: fileURLToPath(import.meta.url) };

const PATHS = {
  unifiedorder: 'pay/unifiedorder',
  orderquery: 'pay/orderquery',
  closeorder: 'pay/closeorder',
  refund: 'secapi/pay/refund',
  refundquery: 'pay/refundquery',
};

/** node-easywechat resolves with whatever fields came; it does not check signs of v2. */
export function createSdk({ appid, mchid, key, p12: p12File }) {
  const p12 = readFileSync(p12File);
  const pay = new Pay({
    mch_id: mchid,
    v2_secret_key: key,
    ...UNUSED,
  });
  const client = pay.getClient();
  // Not as its option `http`, which is copied member by member; a Buffer does not survive that.
  client.getInstance().defaults.httpsAgent = new Agent({ pfx: p12, passphrase: mchid });
  return async (operation, fields) => {
    // It signs a nonce of its own and does not send it; one that is given is both signed and sent.
    const xml = { appid, mch_id: mchid, nonce_str: randomUUID().replaceAll('-', ''), ...fields };
    const response = await client.post(PATHS[operation], { xml });
    const answer = response.toObject();
    const isDone = answer.return_code === 'SUCCESS' && answer.result_code === 'SUCCESS';
    return isDone ? answer : { refused: answer.err_code ?? answer.return_msg };
  };
}
