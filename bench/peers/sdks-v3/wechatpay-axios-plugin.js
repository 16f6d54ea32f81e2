import { readFileSync } from 'node:fs';
import { Aes, Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin';
import { flat, refusedWith } from './seen.js';

/** Answers are verified; it rejects with what came in `response.data`, or with words of its own. */
export function createSdk({ appid, mchid, v3Key, mode, own, theirs }) {
  const certs = {
    ...(mode === 'public-key' ? {} : { [theirs.serial]: readFileSync(theirs.certificate) }),
    ...(mode === 'certificate' ? {} : { [theirs.publicKeyId]: readFileSync(theirs.publicKey) }),
  };
  const wechatpay = new Wechatpay({ mchid, serial: own.serial, privateKey: readFileSync(own.key), certs });
  // As its manual has it: whoever has the public key asks for answers signed with it.
  const headers = mode === 'certificate' ? {} : { 'Wechatpay-Serial': theirs.publicKeyId };
  const get = (path, params, more = {}) => wechatpay.chain(path).get({ params, headers, ...more });
  const post = (path, body, more = {}) => wechatpay.chain(path).post(body, { headers, ...more });
  const number = (fields) => ({ out_trade_no: encodeURIComponent(fields.out_trade_no ?? '') });
  const whole = (fields) => ({ combine_out_trade_no: fields.out_trade_no });
  const bill = async (path, fields) => (await get(path, fields)).data;

  const operations = {
    certificates: () => get('v3/certificates'),
    order: ({ product, body }) => post(`v3/pay/transactions/${product}`, JSON.parse(body)),
    query: (fields) => get('v3/pay/transactions/out-trade-no/{out_trade_no}', { mchid }, number(fields)),
    queryById: ({ transaction_id }) => get('v3/pay/transactions/id/{transaction_id}', { mchid }, { transaction_id }),
    close: (fields) => post('v3/pay/transactions/out-trade-no/{out_trade_no}/close', { mchid }, number(fields)),
    refund: ({ body }) => post('v3/refund/domestic/refunds', JSON.parse(body)),
    refundQuery: ({ out_refund_no }) => get('v3/refund/domestic/refunds/{out_refund_no}', {}, { out_refund_no }),
    tradebill: async (fields) => ({ data: await bill('v3/bill/tradebill', fields) }),
    fundflowbill: async (fields) => ({ data: await bill('v3/bill/fundflowbill', fields) }),
    download: async ({ download_url }) => {
      const { pathname, searchParams } = new URL(download_url);
      const more = { responseType: 'arraybuffer' };
      const { data } = await get(pathname.slice(1), Object.fromEntries(searchParams), more);
      return { data: { base64: Buffer.from(data).toString('base64') } };
    },
    combine: ({ product, body }) => post(`v3/combine-transactions/${product}`, JSON.parse(body)),
    combineQuery: (fields) => get('v3/combine-transactions/out-trade-no/{combine_out_trade_no}', {}, whole(fields)),
    combineClose: ({ parts, ...fields }) =>
      post(
        'v3/combine-transactions/out-trade-no/{combine_out_trade_no}/close',
        { combine_appid: appid, sub_orders: JSON.parse(parts) },
        whole(fields),
      ),
    // Its manual does it in these four steps.
    notice: (fields) => {
      const sent = JSON.parse(fields.headers);
      const [timestamp, nonce, signature, serial] = ['timestamp', 'nonce', 'signature', 'serial'].map(
        (name) => sent[`wechatpay-${name}`],
      );
      if (Math.abs(Formatter.timestamp() - Number(timestamp)) >= 300) throw new Error('timestamp');
      const message = Formatter.joinedByLineFeed(timestamp, nonce, fields.body);
      if (certs[serial] === undefined || !Rsa.verify(message, signature, certs[serial])) throw new Error('signature');
      const { ciphertext, nonce: iv, associated_data: aad } = JSON.parse(fields.body).resource;
      return { data: { serial, ...JSON.parse(Aes.AesGcm.decrypt(ciphertext, v3Key, iv, aad)) } };
    },
  };
  return async (operation, fields) => {
    try {
      const { data } = await operations[operation](fields);
      return flat(data);
    } catch (error) {
      return refusedWith(error.response?.data, error.code ?? error.message);
    }
  };
}
