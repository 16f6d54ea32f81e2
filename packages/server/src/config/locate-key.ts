import type { PathPart } from './problem.ts';

const HEADER = /^\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]/;
const ASSIGNMENT = /^\s*([A-Za-z0-9_-]+)\s*=/;

/**
 * The line, counted from 1, on which a key stands in a TOML text, or else the nearest thing around it; `undefined` when
 * nothing of it is there. Knows plain headers and keys, which is how the file is written; an error only loses its line
 * when someone writes it in another way.
 */
export function locateKey(toml: string, path: readonly PathPart[]): number | undefined {
  const counts = new Map<string, number>();
  let table: readonly PathPart[] = [];
  let best: { readonly line: number; readonly depth: number } | undefined;
  for (const [index, text] of toml.split('\n').entries()) {
    const header = HEADER.exec(text);
    const name = header?.[2] ?? '';
    if (header?.[1] === '[[') {
      const position = counts.get(name) ?? 0;
      counts.set(name, position + 1);
      table = [...name.split('.'), position];
    } else if (header !== null) {
      table = name.split('.');
    }
    const key = ASSIGNMENT.exec(text)?.[1];
    const here = key === undefined ? (header === null ? undefined : table) : [...table, key];
    if (here === undefined || !isBeginningOf(here, path)) continue;
    if (best === undefined || here.length > best.depth) best = { line: index + 1, depth: here.length };
  }
  return best?.line;
}

const isBeginningOf = (beginning: readonly PathPart[], path: readonly PathPart[]): boolean =>
  beginning.every((part, index) => part === path[index]);
