import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PACKAGE_ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const COMPILER = join(PACKAGE_ROOT, '../../node_modules/typescript/bin/tsc');

/** The programs beside this file that a test may start. */
export type ProgramName = 'open-orders' | 'count-queries' | 'claim-duties';

/**
 * Compiles the package for {@link startProgram}; a no-op of 0.1 s when that was done before. A second process runs plain
 * JavaScript, which the test runner does not write to disk.
 */
export function compilePackage(): void {
  const { error } = spawnSync(process.execPath, [COMPILER, '-b', PACKAGE_ROOT]);
  // Type errors are found by the check of types; the programs are emitted all the same.
  if (error !== undefined) throw error;
}

/** A process of our own. */
export interface Program {
  readonly process: ChildProcess;
  /** What it prints, line by line, until it ends. */
  readonly lines: AsyncIterable<string>;
  /** Resolves when it has ended: with nothing when it ended well or was killed, else rejects with what it complained of. */
  readonly ended: Promise<void>;
}

/** Starts a compiled program as a direct child. */
export function startProgram(name: ProgramName, args: readonly string[]): Program {
  const file = join(PACKAGE_ROOT, 'dist/store/sqlite/testing', `${name}.js`);
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve();
      else reject(new Error(`${name} ended with ${code ?? signal}: ${complaints}`));
    });
  });
  return { process: child, lines: createInterface({ input: child.stdout }), ended };
}

/** Starts a program, and answers what it printed once it has ended well. */
export async function runProgram(name: ProgramName, args: readonly string[]): Promise<readonly string[]> {
  const { lines, ended } = startProgram(name, args);
  const printed: string[] = [];
  for await (const line of lines) printed.push(line);
  await ended;
  return printed;
}
