import { resolve } from 'node:path';
import { failure, ok, type Result } from '@orderkeeper/protocol';
import type { ConfigWorld } from './config-world.ts';
import { KEYS, type KeyKind, type KeyRow } from './keys.ts';
import type { ConfigProblem, PathPart } from './problem.ts';

/** Names the configuration file; not a key of it. */
export const CONFIG_FILE_VARIABLE = 'ORDERKEEPER_CONFIG';

/** A value of the environment, at its place in the configuration. */
export interface EnvironmentValue {
  readonly variable: string;
  readonly path: readonly PathPart[];
  readonly value: unknown;
}

type Reading = Result<readonly EnvironmentValue[], 'invalid'> & { readonly problems?: readonly ConfigProblem[] };

/**
 * Reads every variable that stands for a key. `referenced` are variables that the file names as secrets; any other one
 * that begins with `ORDERKEEPER_` is taken for a slip of the pen and refused.
 */
export function readEnvironment({ env, folder }: ConfigWorld, referenced: ReadonlySet<string>): Reading {
  const rows = KEYS.flatMap((row) => variablesOf(row));
  const known = new Set([CONFIG_FILE_VARIABLE, ...rows.map(({ variable }) => variable), ...referenced]);
  const unknown = Object.keys(env).filter((variable) => variable.startsWith('ORDERKEEPER_') && !known.has(variable));
  const problems: ConfigProblem[] = unknown.map((variable) => ({
    path: [],
    message: `the variable ${variable} stands for nothing; see docs/CONFIGURATION.md for those that do`,
  }));
  const values: EnvironmentValue[] = [];
  for (const { variable, row, from } of rows) {
    const text = env[variable];
    if (text === undefined || text === '') continue;
    const path = pathOf(row);
    const value =
      from === 'file' ? inKind(row.kind, { file: resolve(folder, text) }) : valueOf(row, variable, text, folder);
    if (value === undefined) problems.push({ path, message: `${variable} must be a number` });
    else values.push({ variable, path, value });
  }
  const [first] = problems;
  return first === undefined ? ok(values) : { ...failure('invalid', first.message), problems };
}

interface Variable {
  readonly variable: string;
  readonly row: KeyRow;
  readonly from: 'variable' | 'file';
}

function variablesOf(row: KeyRow): readonly Variable[] {
  if (row.env === undefined) return [];
  const itself: Variable = { variable: row.env, row, from: 'variable' };
  const isSecret = row.kind === 'secret' || row.kind === 'secrets';
  return isSecret ? [itself, { variable: `${row.env}_FILE`, row, from: 'file' }] : [itself];
}

/** `merchants[].mchid` is the first merchant's. */
function pathOf({ key }: KeyRow): readonly PathPart[] {
  return key.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), 0] : [part]));
}

/** A secret stays where it is: the configuration gets the name of its variable. */
function valueOf({ kind }: KeyRow, variable: string, text: string, folder: string): unknown {
  switch (kind) {
    case 'text':
      return text;
    case 'number':
      return /^[0-9]{1,9}$/.test(text) ? Number(text) : undefined;
    case 'path':
      return resolve(folder, text);
    case 'secret':
    case 'secrets':
      return inKind(kind, { env: variable });
    case 'mchids':
      return text.split(',');
  }
}

const inKind = (kind: KeyKind, source: object): unknown => (kind === 'secrets' ? [source] : source);

/** Puts the values into a copy of the file's content; they win over what stands there. */
export function overlay(content: unknown, values: readonly EnvironmentValue[]): unknown {
  return values.reduce((made, { path, value }) => placed(made, path, value), content);
}

function placed(content: unknown, path: readonly PathPart[], value: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (typeof part === 'number') {
    const list: readonly unknown[] = Array.isArray(content) ? content : [];
    return [...list.slice(0, part), placed(list[part], rest, value), ...list.slice(part + 1)];
  }
  const table = isTable(content) ? content : {};
  return { ...table, [part]: placed(table[part], rest, value) };
}

/** A table of the file, and not a list or a plain value. */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
