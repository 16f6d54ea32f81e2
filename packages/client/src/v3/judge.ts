import type { HttpResponse } from '@orderkeeper/ports';
import {
  type AnswerVerifyReason,
  type Failure,
  readJsonText,
  readV3Failure,
  type V3Answer,
  type V3AnswerReason,
  type V3FailingRow,
  type V3Failure,
  type Result,
  UNLISTED,
} from '@orderkeeper/protocol';
import type { CodeVerdict, UnusableVerdict, Verdict } from '../core/verdict.ts';
import { quietBytes } from '../quiet-bytes.ts';
import { isWebPage } from '../web-page.ts';
import { failureText } from './failure-text.ts';

/** From here on a status is no success. */
export const FAILURE_STATUS_MIN = 300;

/** Whether refusals that WeChat Pay has not signed are taken for true. */
export type UnsignedRefusals = 'doubted' | 'believed';

/** What of an operation an answer is judged by. */
export interface V3JudgedOperation<Answer> extends V3FailingRow {
  readonly success: readonly number[];
  readonly readAnswer: (answer: V3Answer) => Result<Answer, V3AnswerReason>;
}

/** It was taken, but is not finished: failures are read of it where an operation does not know better. */
const ACCEPTED = 202;
const NO_CONTENT = 204;

/**
 * Judges an answer whose signature was verified. The signature is not over the status: an order under a status of
 * failure, or a refusal under one of success, is no answer.
 */
export function judgeVerified<Answer>(
  operation: V3JudgedOperation<Answer>,
  response: HttpResponse,
  mismatch: (answer: Answer) => UnusableVerdict | undefined,
): Verdict<Answer> {
  const { status, body } = response;
  const vouched = { answerBytes: quietBytes(body) };
  if (!operation.success.includes(status)) return { ...judgeSignedFailure(operation, response), vouched };
  if (status === NO_CONTENT && body.length > 0) return { ...unexpectedStatus(status), vouched };
  const answer = operation.readAnswer({ status, body });
  if (!answer.ok) return { kind: 'unusable', reason: answer.reason, status, message: answer.message, vouched };
  const other = mismatch(answer.value);
  return other === undefined ? { kind: 'done', answer: answer.value, vouched } : { ...other, vouched };
}

function judgeSignedFailure(operation: V3FailingRow, response: HttpResponse): CodeVerdict | UnusableVerdict {
  const { status } = response;
  const failed = readV3Failure(operation, response);
  const isFailure = status === ACCEPTED || (status >= FAILURE_STATUS_MIN && failed.code !== UNLISTED);
  return isFailure ? codeVerdict(failed, 'signed') : unexpectedStatus(status);
}

/** Judges an answer of success whose signature is missing or wrong: it proves nothing, whatever it says. */
export function judgeUnverified(
  { status, body }: HttpResponse,
  { reason, message }: Failure<AnswerVerifyReason>,
): UnusableVerdict {
  if (isWebPage(body)) return webPage(status);
  // Cut on the way, and not changed by someone: what is left of a JSON text is none.
  if (reason === 'signature-mismatch' && body.length > 0 && !readJsonText(body).ok) {
    return { kind: 'unusable', reason: 'damaged', status, message: 'the answer was cut or mangled on the way' };
  }
  return { kind: 'unusable', reason, status, message };
}

/** Judges a failure that nobody signed, by what its sender can be believed. */
export function judgeUnsignedFailure(
  operation: V3FailingRow,
  response: HttpResponse,
  unsigned: UnsignedRefusals,
): CodeVerdict | UnusableVerdict {
  const { status, body } = response;
  if (isWebPage(body)) return webPage(status);
  const failed = readV3Failure(operation, response);
  if (failed.code === UNLISTED) return unexpectedStatus(status);
  if (unsigned === 'believed' || isNeverSigned(failed)) return codeVerdict(failed, 'unsigned');
  const { code, row } = failed;
  const message = `HTTP status ${status}, ${code}: ${failureText(failed)}`;
  return { kind: 'unusable', reason: 'header-missing', status, message, told: { code, repeat: row.repeat } };
}

/** Before a request is authenticated WeChat Pay signs nothing: such a refusal speaks of this one request only. */
function isNeverSigned({ status, code, description }: V3Failure): boolean {
  if (status === 401) return code === 'SIGN_ERROR';
  return status === 400 && code === 'INVALID_REQUEST' && description.startsWith('Http头');
}

function codeVerdict(failed: V3Failure, voucher: CodeVerdict['voucher']): CodeVerdict {
  const { code, row } = failed;
  return { kind: 'code', code, row, message: failureText(failed), voucher };
}

const unexpectedStatus = (status: number): UnusableVerdict => ({
  kind: 'unusable',
  reason: 'http-status',
  status,
  message: `HTTP status ${status}`,
});

const webPage = (status: number): UnusableVerdict => ({
  kind: 'unusable',
  reason: 'html',
  status,
  message: `a web page came instead of a message, HTTP status ${status}`,
});
