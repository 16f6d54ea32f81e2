import { resolve } from 'node:path';
import { createSecret, failure, ok, type Result, type Secret } from '@orderkeeper/protocol';
import type { SecretSource } from './config-schema.ts';
import type { ConfigWorld } from './config-world.ts';

/** Where files named in the configuration are looked for, and the world they are in. */
export interface SourceFolder {
  readonly world: ConfigWorld;
  /** Relative paths start here: the folder of the configuration file. */
  readonly folder: string;
}

/** Reads a secret from where it is, without the line end that editors add. The message never repeats it. */
export function readSecret(source: SecretSource, from: SourceFolder): Result<Secret, 'no-secret'> {
  const text = 'env' in source ? fromVariable(source.env, from) : readText(source.file, from);
  if (!text.ok) return text;
  const secret = text.value.trim();
  if (secret !== '') return ok(createSecret(secret));
  return failure('no-secret', `${'env' in source ? `the variable ${source.env}` : source.file} is empty`);
}

function fromVariable(variable: string, { world }: SourceFolder): Result<string, 'no-secret'> {
  const text = world.env[variable];
  return text === undefined ? failure('no-secret', `the variable ${variable} is not set`) : ok(text);
}

/** Reads a text file that the configuration names. */
export function readText(path: string, from: SourceFolder): Result<string, 'no-secret'> {
  const bytes = from.world.readFile(resolve(from.folder, path));
  return bytes.ok ? ok(new TextDecoder().decode(bytes.value)) : failure('no-secret', bytes.message);
}
