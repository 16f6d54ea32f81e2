import { Agent, request } from 'undici';
import { QUESTION_TEXT } from '../answer.js';

export const checks = 'HTTP status';

/** Sends a question that was signed once and reads the answer as text. */
export async function createCaller({ baseUrl, connections }) {
  const dispatcher = new Agent({ connections, pipelining: 1 });
  const url = `${baseUrl}/pay/orderquery`;
  const headers = { 'content-type': 'text/xml' };
  return {
    query: async () => {
      const answer = await request(url, { method: 'POST', dispatcher, headers, body: QUESTION_TEXT });
      await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode}`);
    },
    close: () => dispatcher.close(),
  };
}
