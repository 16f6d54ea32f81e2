import { once } from 'node:events';
import { createServer } from 'node:http';

/** A notice that does not come within this time does not come. */
const WAIT_MS_MAX = 10_000;

/** A merchant's notify address on this machine. It answers with success, whatever comes, and hands it on in order. */
export async function listenForNotices() {
  const arrived = new Map();
  const waiting = new Map();
  const handOn = (url, notice) => {
    const next = waiting.get(url)?.shift();
    if (next === undefined) arrived.set(url, [...(arrived.get(url) ?? []), notice]);
    else next(notice);
  };
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(200).end();
      const body = Buffer.concat(chunks).toString('utf8');
      handOn(request.url, { headers: JSON.stringify(request.headers), body });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  return {
    address: (topic) => `http://127.0.0.1:${port}/${topic}`,
    /** The next notice about this topic; `{}` when none comes. */
    next: (topic) => {
      const url = `/${topic}`;
      const known = arrived.get(url)?.shift();
      if (known !== undefined) return known;
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, WAIT_MS_MAX, {});
        const take = (notice) => {
          clearTimeout(timer);
          resolve(notice);
        };
        waiting.set(url, [...(waiting.get(url) ?? []), take]);
      });
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
