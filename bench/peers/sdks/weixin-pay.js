import { createRequire } from 'node:module';

const createPay = createRequire(import.meta.url)('weixin-pay');

const METHODS = {
  unifiedorder: 'createUnifiedOrder',
  orderquery: 'queryOrder',
  closeorder: 'closeOrder',
  refund: 'refund',
};

/** weixin-pay calls back with whatever fields came; it checks nothing, and has no query for refunds. */
export function createSdk({ appid, mchid, key, p12 }) {
  const pay = createPay({ appid, mch_id: mchid, partner_key: key, pfx: p12 });
  return (operation, fields) =>
    new Promise((resolve) => {
      const method = METHODS[operation];
      if (method === undefined) return resolve({ absent: operation });
      return pay[method](fields, (error, answer) => {
        const isDone = answer?.return_code === 'SUCCESS' && answer.result_code === 'SUCCESS';
        resolve(isDone ? answer : { refused: answer?.err_code ?? answer?.return_msg ?? String(error) });
      });
    });
}
