import type { Failure } from '@orderkeeper/protocol';
import type { FieldError, ProblemCode } from '../contract/problem.ts';

/** Why a request was not followed. */
export interface Refused {
  readonly code: ProblemCode;
  /** For people: what was wrong and what to do. */
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

/** What a route says. */
export type Reply =
  | {
      readonly kind: 'json';
      readonly status: 200 | 201 | 202;
      readonly value: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | ({ readonly kind: 'problem' } & Refused);

/** Answers with a value. */
export const json = (value: unknown, status: 200 | 201 | 202 = 200): Reply => ({ kind: 'json', status, value });

/** Answers with a value that is not complete yet, and when to look again. */
export const accepted = (value: unknown): Reply => ({
  kind: 'json',
  status: 202,
  value,
  headers: { 'retry-after': '2' },
});

/** Answers with a problem. */
export const refuse = (refused: Refused): Reply => ({ kind: 'problem', ...refused });

/** A failure of the keeper under its own name. */
export const refuseFailure = ({ reason, message }: Failure<ProblemCode>): Reply =>
  refuse({ code: reason, detail: message });
