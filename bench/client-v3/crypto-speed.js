// What Node's own signatures cost, in a process of its own: jobs { ms } by IPC.
import { sign, verify } from 'node:crypto';
import { answerMessage, createAnswer } from './answer.js';
import { DIGEST, MERCHANT_PRIVATE_KEY, WECHATPAY_PUBLIC_KEY } from './merchant.js';
import { pathOf, questionMessage } from './question.js';

const question = Buffer.from(questionMessage(pathOf(1), '1767225600', '593BEC0C930BF1AFEB40B4A08C8FB242'));
const { headers, body } = await createAnswer(1);
const answer = Buffer.from(answerMessage(headers['Wechatpay-Timestamp'], headers['Wechatpay-Nonce'], body));
const signature = Buffer.from(headers['Wechatpay-Signature'], 'base64');

const signOnce = () => sign(DIGEST, question, MERCHANT_PRIVATE_KEY);
const verifyOnce = () => {
  if (!verify(DIGEST, answer, WECHATPAY_PUBLIC_KEY, signature)) throw new Error('a wrong signature');
};

function speedOf(once, ms) {
  const cpuBefore = process.cpuUsage();
  const startedAtMs = performance.now();
  let times = 0;
  let tookMs = 0;
  while (tookMs < ms) {
    once();
    times += 1;
    tookMs = performance.now() - startedAtMs;
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  return { perSecond: (times / tookMs) * 1000, cpuMicros: (user + system) / times };
}

process.on('message', ({ ms }) => {
  const cpuBefore = process.cpuUsage();
  const speeds = { sign: speedOf(signOnce, ms), verify: speedOf(verifyOnce, ms) };
  const { user, system } = process.cpuUsage(cpuBefore);
  process.send({ ...speeds, jobCpuMicros: user + system });
});
process.on('disconnect', () => process.exit());
