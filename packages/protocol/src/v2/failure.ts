import { codeRowOf, UNLISTED } from './codes/code-row-of.ts';
import type { CodeRow } from './codes/code-row.ts';
import { codeOfReturnMsg } from './codes/return-msg.ts';
import type { Envelope } from './envelope.ts';
import type { OperationRow } from './operation.ts';

/** What a failed answer means: its code, what follows from it, and WeChat Pay's own words. */
export interface AnswerFailure extends CodeRow {
  /** An `err_code`, the code that a `return_msg` stands for, or `UNLISTED`. */
  readonly code: string;
  /** `err_code_des` or `return_msg`, as received. */
  readonly description: string;
}

/** An answer that says no. */
export type FailedEnvelope = Extract<Envelope, { kind: 'refused' | 'failed' }>;

/** What of an operation tells the meaning of its failures. */
export type FailingRow = Pick<OperationRow, 'codes' | 'effect' | 'failureRow'>;

/** What a failed answer means for its operation; total. */
export function readFailure(operation: FailingRow, envelope: FailedEnvelope): AnswerFailure {
  const code = codeOf(operation, envelope);
  const row = operation.failureRow?.(envelope.fields) ?? codeRowOf(operation, code);
  return { code, description: envelope.kind === 'refused' ? envelope.returnMsg : envelope.errCodeDes, ...row };
}

/** A refusal is told by its text; a number or code beside it counts only where the text is not known. */
function codeOf(operation: FailingRow, envelope: FailedEnvelope): string {
  if (envelope.kind === 'failed') return envelope.errCode === '' ? UNLISTED : envelope.errCode;
  const ofText = codeOfReturnMsg(operation, envelope.returnMsg);
  if (ofText !== UNLISTED) return ofText;
  const beside = envelope.fields.get('error_code') || envelope.fields.get('err_code') || '';
  return beside === '' ? UNLISTED : beside;
}
