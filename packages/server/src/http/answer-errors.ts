import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ProblemCode } from '../contract/problem.ts';
import { printProblem } from './print-reply.ts';
import type { Refused } from './reply.ts';
import { ROUTES } from './routes/all.ts';
import { send } from './send.ts';

/** What the server itself refuses, by its own codes. @see https://fastify.dev/docs/latest/Reference/Errors/ */
const SERVER_CODES: ReadonlyMap<string, Refused> = new Map<string, Refused>(
  Object.entries({
    FST_ERR_CTP_BODY_TOO_LARGE: { code: 'body-too-large', detail: 'the body is larger than 64 KiB' },
    FST_ERR_CTP_INVALID_MEDIA_TYPE: {
      code: 'not-a-json-body',
      detail: 'send the body as content-type: application/json',
    },
    FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: 'not-json', detail: 'the body is not as long as announced' },
    FST_ERR_CTP_EMPTY_TYPE: { code: 'not-a-json-body', detail: 'send the body as content-type: application/json' },
    FST_ERR_BAD_URL: { code: 'no-such-path', detail: 'the path is not percent-encoded UTF-8' },
  } satisfies Record<string, { readonly code: ProblemCode; readonly detail: string }>),
);

/** A body that is no JSON. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
}

/** Answers everything that goes wrong outside the routes as a problem. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const refused = refusedBy(error, request);
    return send(reply, printProblem(refused, { requestId: request.id }));
  });
  app.setNotFoundHandler((request, reply) => {
    const allowed = allowedMethods(request.url);
    const requestId = { requestId: request.id };
    if (allowed.length === 0)
      return send(reply, printProblem({ code: 'no-such-path', detail: 'there is nothing at this path' }, requestId));
    const detail = `this path takes ${allowed.join(' and ')}`;
    reply.header('allow', allowed.join(', '));
    return send(reply, printProblem({ code: 'method-not-allowed', detail }, requestId));
  });
}

function refusedBy(error: unknown, request: FastifyRequest): Refused {
  if (error instanceof NotJson) return { code: 'not-json', detail: error.message };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = SERVER_CODES.get(code);
  if (known !== undefined) return known;
  request.log.error({ err: error }, 'request failed');
  return { code: 'internal', detail: 'something broke; repeat the request unchanged, nothing is done twice' };
}

function allowedMethods(url: string): readonly string[] {
  const parts = (url.split('?')[0] ?? '').split('/');
  const isAt = (path: string): boolean => {
    const wanted = path.split('/');
    return (
      wanted.length === parts.length && wanted.every((part, index) => part.startsWith('{') || part === parts[index])
    );
  };
  return [...new Set(ROUTES.filter(({ path }) => isAt(path)).map(({ method }) => method))];
}
