import { STATUS_CODES } from 'node:http';
import { type Problem, PROBLEMS } from '../contract/problem.ts';
import type { Refused, Reply } from './reply.ts';

/** An answer as it goes out. */
export interface PrintedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Nothing here is for caches. */
const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' } as const;
const PROBLEM_HEADERS = { ...JSON_HEADERS, 'content-type': 'application/problem+json; charset=utf-8' } as const;

/** Puts a reply on the wire. */
export function printReply(reply: Reply, request: { readonly requestId: string }): PrintedReply {
  if (reply.kind === 'problem') return printProblem(reply, request);
  const { status, value, headers = {} } = reply;
  return { status, headers: { ...JSON_HEADERS, ...headers }, body: `${JSON.stringify(value)}\n` };
}

/** Prints a problem as RFC 9457 has it. */
export function printProblem(refused: Refused, { requestId }: { readonly requestId: string }): PrintedReply {
  const { code, detail, errors } = refused;
  const { status } = PROBLEMS[code];
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? '',
    status,
    code,
    detail,
    ...(errors === undefined ? {} : { errors }),
    requestId,
  };
  const challenge = status === 401 ? { 'www-authenticate': 'Bearer realm="orderkeeper"' } : {};
  return { status, headers: { ...PROBLEM_HEADERS, ...challenge }, body: `${JSON.stringify(problem)}\n` };
}
