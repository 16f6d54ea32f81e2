import { sign } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DIGEST, MERCHANT_PRIVATE_KEY } from '../merchant.js';
import { pathOf, questionMessage } from '../question.js';

export const checks = 'nothing';
export const part = 'a signature alone';

/** One signature on the main thread, then whatever else waits there. */
export const createCaller = () =>
  createSigner(async (message) => {
    sign(DIGEST, message, MERCHANT_PRIVATE_KEY);
    await nextTurn();
  });

/** The same for one way to sign. */
export const createSigner = (signed) => ({
  query: (index) =>
    signed(Buffer.from(questionMessage(pathOf(index), '1767225600', '593BEC0C930BF1AFEB40B4A08C8FB242'))),
  close: async () => {},
});
