import type { HttpResponse } from '@orderkeeper/ports';
import { z } from 'zod';
import type { CertifiedKey } from '../credentials/certificates.ts';
import type { Simulator } from '../simulator.ts';
import { type Problem, printProblem, problemOf } from './problem.ts';
import { viewOf } from './view.ts';

/** What the control API works on. */
export interface ControlDesk
  extends Pick<Simulator, 'world' | 'clock' | 'payer' | 'faults' | 'notices' | 'discrepancies' | 'reset'> {
  /** Makes a certificate for one more merchant; absent in a simulator without an authority. */
  readonly issueCertificate?: (mchid: string) => Promise<CertifiedKey>;
  /** Makes a new platform certificate; absent likewise. */
  readonly issuePlatform?: () => Promise<CertifiedKey>;
}

/** A request that has found its route. */
export interface ControlCall {
  /** From the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Whether a browser shows the answer, or a program reads it. */
  readonly reader: 'person' | 'program';
}

/** What a route says. */
export type Reply =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly contentType: string; readonly text: string }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** One row of the control API. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/notices/{id}/replay`. */
  readonly path: string;
  readonly about: string;
  /** JSON Schema of the body; absent where there is none. */
  readonly body?: unknown;
  readonly run: (call: ControlCall, body: unknown, desk: ControlDesk) => Promise<Reply>;
}

type Row = Pick<Route, 'method' | 'path' | 'about'>;

/** A row without a body. */
export function defineRoute(row: Row, run: (call: ControlCall, desk: ControlDesk) => Promise<Reply> | Reply): Route {
  return { ...row, run: async (call, _body, desk) => run(call, desk) };
}

/** A row with a JSON body; `fields` are the names to suggest when another one was sent. */
export function defineBodyRoute<Schema extends z.ZodType>(
  row: Row & { readonly body: Schema; readonly fields: readonly string[] },
  run: (call: ControlCall, body: z.output<Schema>, desk: ControlDesk) => Promise<Reply> | Reply,
): Route {
  const { body: schema, fields, ...rest } = row;
  return {
    ...rest,
    body: z.toJSONSchema(schema, { io: 'input' }),
    run: async (call, body, desk) => {
      const parsed = schema.safeParse(body);
      return parsed.success ? run(call, parsed.data, desk) : refuse(problemOf(parsed.error, fields));
    },
  };
}

/** Answers with a record. */
export const json = (value: unknown): Reply => ({ kind: 'json', value });

/** Answers with a problem. */
export const refuse = (problem: Problem): Reply => ({ kind: 'problem', problem });

/** Puts a reply on the wire. */
export function printReply(reply: Reply): HttpResponse {
  switch (reply.kind) {
    case 'json':
      return print('application/json; charset=utf-8', `${JSON.stringify(viewOf(reply.value), undefined, 2)}\n`);
    case 'text':
      return print(reply.contentType, reply.text);
    case 'problem':
      return printProblem(reply.problem);
  }
}

/** Pages bring their own script and style and may load nothing from elsewhere. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";

const print = (contentType: string, text: string): HttpResponse => ({
  status: 200,
  headers: { 'content-type': contentType, 'cache-control': 'no-store', 'content-security-policy': PAGE_POLICY },
  body: Buffer.from(text),
});
