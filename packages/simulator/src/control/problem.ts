import type { HttpResponse } from '@orderkeeper/ports';
import type { z } from 'zod';

/** Why the control API does not do something. Part of the interface: callers switch on it. */
export interface Problem {
  readonly status: 400 | 404 | 405 | 409;
  /** `no-such-order`; stable. */
  readonly code: string;
  /** What was wrong, and what to do. */
  readonly detail: string;
  /** The field at fault, as `coupons.0.fen`. */
  readonly field?: string;
  /** What would have been right. */
  readonly allowed?: readonly string[];
}

const TITLES: Readonly<Record<Problem['status'], string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
};

/** Prints a problem as RFC 9457 has it. */
export function printProblem(problem: Problem): HttpResponse {
  const body = { type: 'about:blank', title: TITLES[problem.status], ...problem };
  return {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8' },
    body: Buffer.from(`${JSON.stringify(body, undefined, 2)}\n`),
  };
}

/** The first thing that is wrong with a body, in the words of its schema. */
export function problemOf(error: z.ZodError, knownFields: readonly string[]): Problem {
  const [issue] = error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  const about = { status: 400, code: 'invalid-body' } as const;
  if (issue?.code === 'unrecognized_keys' && path === '') {
    const field = issue.keys[0] ?? '';
    return { ...about, field, detail: `the field "${field}" is not known here`, allowed: knownFields };
  }
  const allowed = allowedBy(issue);
  const field = path === '' ? {} : { field: path };
  return {
    ...about,
    ...field,
    detail: `${path === '' ? 'the body' : path}: ${issue?.message ?? 'is not valid'}`,
    ...allowed,
  };
}

/** The values that would have been right, where there is a list of them. */
function allowedBy(issue: z.core.$ZodIssue | undefined): Pick<Problem, 'allowed'> {
  if (issue?.code === 'invalid_value') return { allowed: issue.values.map(String) };
  if (issue?.code !== 'invalid_union' || issue.inclusive === false || issue.options === undefined) return {};
  return { allowed: issue.options.map(String) };
}
