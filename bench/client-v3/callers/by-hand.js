import { randomBytes, sign, verify } from 'node:crypto';
import { Agent, request } from 'undici';
import { answerMessage } from '../answer.js';
import { DIGEST, MERCHANT_PRIVATE_KEY, WECHATPAY_PUBLIC_KEY } from '../merchant.js';
import { pathOf, printAuthorization, questionMessage } from '../question.js';

export const checks = 'the signature, nothing else';

/** The floor in one piece: one signature, one bare request, one verification, and the JSON read. */
export const createCaller = (place) =>
  createCallerByHand({ ...place, signed: async (message) => sign(DIGEST, message, MERCHANT_PRIVATE_KEY) });

/** The same for one way to sign. */
export async function createCallerByHand({ baseUrl, connections, signed }) {
  const dispatcher = new Agent({ connections, pipelining: 1 });
  return {
    query: async (index) => {
      const path = pathOf(index);
      const timestamp = String(Math.floor(Date.now() / 1000));
      const nonce = randomBytes(16).toString('hex');
      const signature = await signed(Buffer.from(questionMessage(path, timestamp, nonce)));
      const authorization = printAuthorization({ timestamp, nonce, signature: signature.toString('base64') });
      const headers = { accept: 'application/json', 'user-agent': 'bench', authorization };
      const answer = await request(`${baseUrl}${path}`, { method: 'GET', dispatcher, headers });
      checkAnswer(answer.headers, await answer.body.text());
    },
    close: () => dispatcher.close(),
  };
}

function checkAnswer(headers, body) {
  const message = answerMessage(headers['wechatpay-timestamp'], headers['wechatpay-nonce'], body);
  const signature = Buffer.from(headers['wechatpay-signature'], 'base64');
  if (!verify(DIGEST, Buffer.from(message), WECHATPAY_PUBLIC_KEY, signature)) throw new Error('a wrong signature');
  const order = JSON.parse(body);
  if (order.trade_state !== 'SUCCESS') throw new Error(`trade_state ${order.trade_state}`);
}
