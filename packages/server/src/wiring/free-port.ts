import { createServer } from 'node:net';

/**
 * Finds a port that nobody uses. The keeper must know its notify address before anything listens, so the port is let go
 * for a moment; who takes it meanwhile makes the start fail, which is said.
 */
export function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
