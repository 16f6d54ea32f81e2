import { randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { DIGEST, MERCHANT, SCHEME, WECHATPAY, WECHATPAY_PRIVATE_KEY } from './merchant.js';
import { outTradeNoOf } from './question.js';

const signAside = promisify(sign);

/** A paid order in the members and the order of real answers. */
const printBody = (index) =>
  JSON.stringify({
    amount: { currency: 'CNY', payer_currency: 'CNY', payer_total: 100, total: 100 },
    appid: MERCHANT.appid,
    attach: '',
    bank_type: 'OTHERS',
    mchid: MERCHANT.mchid,
    out_trade_no: outTradeNoOf(index),
    payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
    promotion_detail: [],
    success_time: '2026-01-01T08:00:00+08:00',
    trade_state: 'SUCCESS',
    trade_state_desc: '支付成功',
    trade_type: 'NATIVE',
    transaction_id: `42000026012026010100${String(index).padStart(8, '0')}`,
  });

/** What of an answer or a notice is signed. */
export const answerMessage = (timestamp, nonce, body) => `${timestamp}\n${nonce}\n${body}\n`;

/** A true answer about one order: signed now, with a nonce of its own. Signing happens on Node's worker threads. */
export async function createAnswer(index) {
  const body = printBody(index);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const signature = await signAside(DIGEST, Buffer.from(answerMessage(timestamp, nonce, body)), WECHATPAY_PRIVATE_KEY);
  return {
    body,
    headers: {
      Server: 'nginx',
      Date: new Date().toUTCString(),
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(body)),
      Connection: 'keep-alive',
      'Keep-Alive': 'timeout=8',
      'Cache-Control': 'no-cache, must-revalidate',
      'X-Content-Type-Options': 'nosniff',
      'Request-ID': `08${nonce.slice(0, 30).toUpperCase()}-0`,
      'Content-Language': 'zh-CN',
      'Wechatpay-Nonce': nonce,
      'Wechatpay-Signature': signature.toString('base64'),
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Serial': WECHATPAY.publicKeyId,
      'Wechatpay-Signature-Type': SCHEME,
    },
  };
}

/** An answer with its head, ready to be written to a socket. */
export function printAnswer({ headers, body }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`HTTP/1.1 200 OK\r\n${lines.join('')}\r\n${body}`);
}
