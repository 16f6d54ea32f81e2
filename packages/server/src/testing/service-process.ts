import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Compiles the program; a no-op of a moment when that was done before. */
export function compileProgram(): void {
  const { error } = spawnSync(process.execPath, [
    `${ROOT}node_modules/typescript/bin/tsc`,
    '-b',
    `${ROOT}packages/server`,
  ]);
  // Type errors are found by the check of types; the program is emitted all the same.
  if (error !== undefined) throw error;
}

/** How a service is started. */
export interface ServiceOptions {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Lives in the fast time that `env` tells of. */
  readonly time?: 'machine' | 'fast';
}

/** A service in a process of its own, a direct child. */
export interface ServiceProcess {
  readonly process: ChildProcess;
  /** The first line it prints; rejects when it ends without one, with what it said. */
  readonly ready: Promise<string>;
  /** Everything on standard error so far. */
  readonly log: () => string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Starts `orderkeeper serve`. Of this process's environment it gets the search path alone. */
export function startServiceProcess({ folder, env, args = [], time = 'machine' }: ServiceOptions): ServiceProcess {
  const preload = time === 'fast' ? ['--import', `${DIST}testing/run-fast.js`] : [];
  const child = spawn(process.execPath, [...preload, `${DIST}main.js`, 'serve', '--json', ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<Awaited<ServiceProcess['ended']>>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const ready = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('close', (code) => reject(new Error(`ended with ${code} before it was ready: ${said}`)));
  });
  // Who is killed early need not have been ready.
  ready.catch(() => {});
  return { process: child, ready, log: () => said, ended };
}
