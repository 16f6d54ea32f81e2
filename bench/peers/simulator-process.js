import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../packages/server/dist/main.js', import.meta.url));

/** Starts `orderkeeper simulate` on free ports and reads the credentials it writes. */
export async function startSimulator() {
  const folder = mkdtempSync(join(tmpdir(), 'orderkeeper-peers-'));
  const file = join(folder, 'credentials.json');
  const args = [PROGRAM, 'simulate', '--http-port', '0', '--https-port', '0', '--credentials', file, '--legacy-tls'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await Promise.race([once(createInterface({ input: child.stdout }), 'line'), failed(child)]);
  const credentials = JSON.parse(readFileSync(file, 'utf8'));
  return {
    credentials,
    control: (path) => post(`${credentials.control.replace(/\/$/, '')}/${path}`),
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

async function failed(child) {
  const [code] = await once(child, 'exit');
  throw new Error(
    `orderkeeper simulate ended with ${code} before it accepted connections; is it built (npm run build)?`,
  );
}

async function post(address) {
  const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  return answer.ok ? {} : { refused: `${address} answered ${answer.status}: ${await answer.text()}` };
}
