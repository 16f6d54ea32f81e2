import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { flat, lacks, refusedWith } from './seen.js';

const Pay = createRequire(import.meta.url)('wechatpay-node-v3');

const PLACED = {
  jsapi: 'transactions_jsapi',
  app: 'transactions_app',
  native: 'transactions_native',
  h5: 'transactions_h5',
};

/** Answers are not verified, and come with their status; it knows platform certificates only. */
export function createSdk({ appid, mchid, v3Key, mode, own }) {
  const pay = new Pay({
    appid,
    mchid,
    publicKey: readFileSync(own.certificate),
    privateKey: readFileSync(own.key),
    key: v3Key,
  });
  const operations = {
    certificates: async () => ({ status: 200, data: { data: await pay.get_certificates(v3Key) } }),
    order: ({ product, body }) => pay[PLACED[product]](JSON.parse(body)),
    // It signs the address as it is given and sends it escaped, so whoever has a | in a number escapes it before.
    query: ({ out_trade_no }) => pay.query({ out_trade_no: encodeURIComponent(out_trade_no) }),
    queryById: ({ transaction_id }) => pay.query({ transaction_id }),
    close: ({ out_trade_no }) => pay.close(out_trade_no),
    refund: ({ body }) => pay.refunds(JSON.parse(body)),
    refundQuery: ({ out_refund_no }) => pay.find_refunds(out_refund_no),
    tradebill: (fields) => pay.tradebill(fields),
    fundflowbill: (fields) => pay.fundflowbill(fields),
    download: async ({ download_url }) => {
      const { status, data, ...rest } = await pay.downloadBill(download_url);
      return { status, data: { base64: Buffer.from(String(data ?? '')).toString('base64') }, ...rest };
    },
    combine: ({ product, body }) => pay[`combine_${PLACED[product]}`](JSON.parse(body)),
    combineQuery: ({ out_trade_no }) => pay.combine_query(out_trade_no),
    combineClose: ({ out_trade_no, parts }) => pay.combine_close(out_trade_no, JSON.parse(parts)),
    notice: async (fields) => {
      const headers = JSON.parse(fields.headers);
      const sign = Object.fromEntries(
        ['timestamp', 'nonce', 'serial', 'signature'].map((name) => [name, headers[`wechatpay-${name}`]]),
      );
      const isRight = await pay.verifySign({ ...sign, body: fields.body, apiSecret: v3Key });
      if (!isRight) throw new Error('signature');
      const { ciphertext, associated_data, nonce } = JSON.parse(fields.body).resource;
      const opened = pay.decipher_gcm(ciphertext, associated_data, nonce, v3Key);
      return { status: 200, data: { serial: sign.serial, ...opened } };
    },
  };
  return async (operation, fields) => {
    if (operation === 'notice' && mode !== 'certificate') return lacks('a way to be given the public key');
    if (operation === 'download' && fields.download_url.includes('tartype=gzip')) return lacks('a way to get bytes');
    try {
      const { status, data, error } = await operations[operation](fields);
      if (status < 300) return flat(data);
      return refusedWith(JSON.parse(error || '{}'), `status ${status}`);
    } catch (error) {
      return refusedWith(undefined, error.message);
    }
  };
}
