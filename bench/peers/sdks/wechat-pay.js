import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { Payment } = createRequire(import.meta.url)('wechat-pay');

const METHODS = {
  unifiedorder: 'unifiedOrder',
  orderquery: 'orderQuery',
  closeorder: 'closeOrder',
  refund: 'refund',
  refundquery: 'refundQuery',
};

/** wechat-pay resolves with the verified fields and rejects with err_code or return_msg, else with a name of its own. */
export function createSdk({ appid, mchid, key, p12: p12File }) {
  const p12 = readFileSync(p12File);
  const payment = new Payment({ appId: appid, mchId: mchid, partnerKey: key, pfx: p12 });
  return async (operation, fields) => {
    try {
      return await payment[METHODS[operation]](fields);
    } catch (error) {
      return { refused: error.message || error.name };
    }
  };
}
