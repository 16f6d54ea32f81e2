import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * What `openssl speed rsa2048` reaches on one core and on all of them, in signatures and verifications per second of
 * the clock on the wall (`-elapsed`), like everything else here. Nothing where there is no `openssl`.
 */
export async function opensslSpeed({ seconds }) {
  const one = await speedOf(['-elapsed'], seconds);
  return one && { one, all: await speedOf(['-multi', String(availableParallelism())], seconds) };
}

async function speedOf(flags, seconds) {
  try {
    const { stdout } = await run('openssl', ['speed', '-seconds', String(seconds), ...flags, 'rsa2048']);
    const [signs, verifies] = (stdout.trim().split('\n').at(-1) ?? '').trim().split(/\s+/).slice(-2).map(Number);
    return { signsPerSecond: signs, verifiesPerSecond: verifies };
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
