import { createServer, type RequestListener } from 'node:http';
import { createHttp } from '@orderkeeper/ports';
import type { Served } from '../adapter.suite.ts';

/** Serves a listener on a loopback port of its own; what is tested is how a framework reads from a socket. */
export async function serveNode(listener: RequestListener, errors: readonly string[]): Promise<Served> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const http = createHttp();
  return {
    errors,
    post: async (body, headers) => {
      const url = `http://127.0.0.1:${address.port}/notify`;
      const answer = await http({ method: 'POST', url, headers, body });
      return { status: answer.status, headers: answer.headers, body: new TextDecoder().decode(answer.body) };
    },
    close: async () => {
      await http.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
