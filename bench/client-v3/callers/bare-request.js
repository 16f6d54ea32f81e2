import { Agent, request } from 'undici';
import { pathOf, printAuthorization } from '../question.js';

export const checks = 'HTTP status (and it signs nothing)';
export const part = 'a request alone';

const NEVER_SIGNED = 'A'.repeat(342);

/** Sends questions of the usual length whose signature is made up, and reads the answer as text. */
export async function createCaller({ baseUrl, connections }) {
  const dispatcher = new Agent({ connections, pipelining: 1 });
  const headers = {
    accept: 'application/json',
    'user-agent': 'bench',
    authorization: printAuthorization({
      timestamp: '1767225600',
      nonce: '593BEC0C930BF1AFEB40B4A08C8FB242',
      signature: `${NEVER_SIGNED}==`,
    }),
  };
  return {
    query: async (index) => {
      const answer = await request(`${baseUrl}${pathOf(index)}`, { method: 'GET', dispatcher, headers });
      await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode}`);
    },
    close: () => dispatcher.close(),
  };
}
