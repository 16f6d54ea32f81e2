import type { EnvironmentValue } from './environment.ts';
import { KEYS } from './keys.ts';
import { locateKey } from './locate-key.ts';
import { type ConfigProblem, type PathPart, printPath } from './problem.ts';

/** Where the values came from, to name the place of a mistake. */
export interface Origins {
  /** The configuration file, if there is one. */
  readonly file?: { readonly path: string; readonly text: string };
  readonly environment: readonly EnvironmentValue[];
}

/** One line for each problem: place, key, what is wrong, and where the right value is found. */
export function printProblems(problems: readonly ConfigProblem[], origins: Origins): string {
  return problems.map((problem) => printProblem(problem, origins)).join('\n');
}

function printProblem({ path, message }: ConfigProblem, origins: Origins): string {
  const key = printPath(path);
  const found = KEYS.find((row) => row.key === key.replaceAll(/\[[0-9]+\]/g, '[]'))?.found;
  const place = placeOf(path, origins);
  return `${place === '' ? '' : `${place} `}${key === '' ? '' : `${key}: `}${message}${found === undefined ? '' : `. Found at: ${found}`}`;
}

function placeOf(path: readonly PathPart[], { file, environment }: Origins): string {
  const variable = environment.find((value) => printPath(path).startsWith(printPath(value.path)))?.variable;
  if (variable !== undefined) return variable;
  if (file === undefined) return '';
  const line = path.length === 0 ? undefined : locateKey(file.text, path);
  return line === undefined ? file.path : `${file.path}:${line}`;
}
