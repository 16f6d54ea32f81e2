import { createHash, createHmac } from 'node:crypto';

/** Who asks; the key is the sample key of WeChat Pay's own signature page. */
export const MERCHANT = {
  appid: 'wx2421b1c4370ec43b',
  mchid: '10000100',
  key: '192006250b4c09247ec02edce69f6a2d',
};

/** The order that is asked about. */
export const OUT_TRADE_NO = '20150806125346';

/** `sign`, written down a second time so that nothing here rests on the code that is measured. */
export function sign(fields, signType = 'MD5') {
  const pairs = Object.entries(fields).filter(([, value]) => value !== '');
  const text = pairs
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const hash = signType === 'MD5' ? createHash('md5') : createHmac('sha256', MERCHANT.key);
  return hash.update(`${text}&key=${MERCHANT.key}`).digest('hex').toUpperCase();
}

/** Prints fields the way the gateway does. */
export function printXml(fields) {
  const lines = Object.entries(fields).map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`);
  return `<xml>${lines.join('')}</xml>`;
}

const PAID = {
  return_code: 'SUCCESS',
  return_msg: 'OK',
  result_code: 'SUCCESS',
  mch_id: MERCHANT.mchid,
  appid: MERCHANT.appid,
  openid: 'oUpF8uN95-Ptaags6E_roPHg7AG0',
  is_subscribe: 'N',
  trade_type: 'JSAPI',
  trade_state: 'SUCCESS',
  bank_type: 'OTHERS',
  total_fee: '1',
  fee_type: 'CNY',
  cash_fee: '1',
  cash_fee_type: 'CNY',
  transaction_id: '4200001488202206091000000001',
  out_trade_no: OUT_TRADE_NO,
  attach: '',
  time_end: '20220609125346',
  trade_state_desc: '支付成功',
  nonce_str: 'tL4Zp0kDmVbQ8sXn',
};

/** A correctly signed answer to `orderquery`, by the algorithm of the question: the order is paid. */
export const paidAnswer = (signType) => printXml({ ...PAID, sign: sign(PAID, signType) });

const QUESTION = {
  appid: MERCHANT.appid,
  mch_id: MERCHANT.mchid,
  nonce_str: 'Q2Vb8sJ0cXk5LmTaQ2Vb8sJ0cXk5LmTa',
  out_trade_no: OUT_TRADE_NO,
};

/** A signed `orderquery`, for the caller that does nothing but send it. */
export const QUESTION_TEXT = printXml({ ...QUESTION, sign: sign(QUESTION) });
