import { readFileSync } from 'node:fs';
import { failure, ok, type Result } from '@orderkeeper/protocol';

/** What a configuration is read from. */
export interface ConfigWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths on the command line and in the environment start here. */
  readonly folder: string;
  /** UTC milliseconds, to see whether certificates have expired. */
  readonly nowMs: number;
  readonly readFile: (path: string) => Result<Uint8Array, 'not-found' | 'unreadable'>;
}

/** The machine's files, the process's environment. */
export function systemConfigWorld(): ConfigWorld {
  return { env: process.env, folder: process.cwd(), nowMs: Date.now(), readFile };
}

function readFile(path: string): Result<Uint8Array, 'not-found' | 'unreadable'> {
  try {
    return ok(readFileSync(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT') return failure('not-found', `${path} does not exist`);
    return failure('unreadable', `${path} cannot be read (${code})`);
  }
}
