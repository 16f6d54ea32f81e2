import type { z } from 'zod';
import type { FieldError } from '../contract/problem.ts';

/** Every field that is wrong, in the words of its schema; the sent value is never repeated. */
export function fieldErrors(kind: 'pointer' | 'parameter', error: z.ZodError | undefined): readonly FieldError[] {
  return (error?.issues ?? []).flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') return [fieldError(kind, path, issue.message)];
    return issue.keys.map((key) => fieldError(kind, [...path, key], 'is not known here'));
  });
}

function fieldError(kind: 'pointer' | 'parameter', path: readonly string[], detail: string): FieldError {
  if (kind === 'parameter') return { parameter: path.join('.'), detail };
  return { pointer: path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''), detail };
}
