import { verify } from 'node:crypto';
import { createServer } from 'node:http';
import { createAnswer } from './answer.js';
import { DIGEST, MERCHANT, MERCHANT_PUBLIC_KEY, SCHEME } from './merchant.js';
import { indexOf, questionMessage } from './question.js';

/**
 * Answers only questions that are signed as they must be, each nonce once. Not for measuring: it sees that nobody is
 * measured who does less than the whole. With `answers: 'forged'` the answer is about a paid order of another amount
 * under the signature of the true one.
 */
export function createStrictServer({ answers }) {
  const nonces = new Set();
  return createServer((request, response) => {
    const wrong = whatIsWrong(request, nonces);
    if (wrong === undefined) void answer(request, response, answers);
    else response.writeHead(401, { 'Content-Type': 'application/json' }).end(refusal(wrong));
  });
}

const refusal = (message) => JSON.stringify({ code: 'SIGN_ERROR', message });

async function answer(request, response, answers) {
  const { headers, body } = await createAnswer(indexOf(request.url));
  response.writeHead(200, headers).end(answers === 'forged' ? body.replaceAll('100', '999') : body);
}

function whatIsWrong({ method, url, headers }, nonces) {
  if (method !== 'GET' || indexOf(url) === undefined) return `${method} ${url} is not asked here`;
  const [scheme, parts = ''] = (headers.authorization ?? '').split(' ');
  if (scheme !== SCHEME) return 'another scheme';
  const given = Object.fromEntries([...parts.matchAll(/([a-z_]+)="([^"]+)"/g)].map(([, name, value]) => [name, value]));
  if (given.mchid !== MERCHANT.mchid || given.serial_no !== MERCHANT.serial) return 'another merchant';
  if (Math.abs(Date.now() / 1000 - Number(given.timestamp)) > 300) return 'another time';
  if (nonces.has(given.nonce_str)) return 'a nonce that was seen before';
  nonces.add(given.nonce_str);
  const message = Buffer.from(questionMessage(url, given.timestamp, given.nonce_str));
  return verify(DIGEST, message, MERCHANT_PUBLIC_KEY, Buffer.from(given.signature, 'base64'))
    ? undefined
    : 'a signature that is not that of the question';
}
