/** A part of a key's path: a name, or a position in a list. */
export type PathPart = string | number;

/** One thing that is wrong with the configuration. Never repeats a value. */
export interface ConfigProblem {
  /** `merchants[0].appid`; empty for the file as a whole. */
  readonly path: readonly PathPart[];
  readonly message: string;
}

/** `merchants[0].appid`. */
export function printPath(path: readonly PathPart[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`))
    .join('');
}
