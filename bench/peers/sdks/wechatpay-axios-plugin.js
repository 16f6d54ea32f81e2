import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Wechatpay } from 'wechatpay-axios-plugin';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Only its v3 side uses these, and it will not start without them. */
const UNUSED = { serial: '1', privateKey, certs: { 2: publicKey } };

const PATHS = {
  unifiedorder: 'v2/pay/unifiedorder',
  orderquery: 'v2/pay/orderquery',
  closeorder: 'v2/pay/closeorder',
  refund: 'v2/secapi/pay/refund',
  refundquery: 'v2/pay/refundquery',
};

/** wechatpay-axios-plugin resolves with the verified fields and rejects with the answer in `response.data`. */
export function createSdk({ appid, mchid, key, p12: p12File }) {
  const p12 = readFileSync(p12File);
  const wechatpay = new Wechatpay({
    mchid,
    secret: key,
    merchant: { pfx: p12, passphrase: mchid },
    ...UNUSED,
  });
  return async (operation, fields) => {
    const request = { appid, mch_id: mchid, ...fields };
    const options = operation === 'refund' ? { security: true } : {};
    try {
      return (await wechatpay.chain(PATHS[operation]).post(request, options)).data;
    } catch (error) {
      const answer = error.response?.data;
      return { refused: answer?.err_code ?? answer?.return_msg ?? error.message };
    }
  };
}
