import {
  type Envelope,
  type Fields,
  type FailingRow,
  type Operation,
  readEnvelope,
  readFailure,
  type RequestSeal,
} from '@orderkeeper/protocol';
import type { HttpResponse } from '@orderkeeper/ports';
import type { CodeVerdict, UnusableVerdict, Verdict } from '../core/verdict.ts';
import { quietBytes } from '../quiet-bytes.ts';
import { quietFields } from '../quiet-fields.ts';
import { isWebPage } from '../web-page.ts';

/** What was asked, to hold the answer against. */
export interface Asked {
  /** The operation's own fields, as sent. */
  readonly fields: Fields;
  readonly seal: Pick<RequestSeal, 'sender' | 'key' | 'signType'>;
}

/** Fields that an answer repeats from its request, and what it means when it does not. */
const REPEATED = [
  ['out_trade_no', 'other-number'],
  ['transaction_id', 'other-number'],
  ['out_refund_no', 'other-number'],
  ['refund_id', 'other-number'],
  ['total_fee', 'other-amount'],
  ['refund_fee', 'other-amount'],
] as const;

/** What of an operation an answer is judged by. */
export type JudgedOperation<Answer> = FailingRow & Pick<Operation<never, Answer>, 'answer' | 'readAnswer'>;

/** Judges an answer that is XML: its status, its envelope, whether it is about what was asked, and its content. */
export function judgeAnswer<Answer>(
  operation: JudgedOperation<Answer>,
  asked: Asked,
  { status, body }: HttpResponse,
): Verdict<Answer> {
  if (status !== 200) return unexpectedStatus(status);
  const { key, signType } = asked.seal;
  const envelope = readEnvelope(body, { key, requested: signType, answer: operation.answer });
  if (envelope.kind === 'unreadable') return unreadable(envelope, body);
  if (envelope.kind === 'refused') return refused(operation, envelope);

  const { fields } = envelope;
  const vouched =
    operation.answer === 'signed' ? { fields: quietFields(fields), answerBytes: quietBytes(body) } : undefined;
  const other = mismatch(asked, fields);
  if (other !== undefined) return { ...other, vouched };
  if (envelope.kind === 'failed') return { ...failed(operation, envelope, operation.answer), vouched };
  const answer = operation.readAnswer(fields);
  if (answer.ok) return { kind: 'done', answer: answer.value, vouched };
  return { kind: 'unusable', reason: answer.reason, status, message: answer.message, vouched };
}

/** WeChat Pay answers everything it has understood with 200; the rest comes from what stands before it. */
export function unexpectedStatus(status: number): UnusableVerdict {
  const hint =
    status === 400 ? ': WeChat Pay answers so when a client certificate is missing or broken, check the identity' : '';
  return { kind: 'unusable', reason: 'http-status', status, message: `HTTP status ${status}${hint}` };
}

/** An answer that could not be read. */
export function unreadable(envelope: Extract<Envelope, { kind: 'unreadable' }>, body: Uint8Array): UnusableVerdict {
  if (isWebPage(body)) {
    return { kind: 'unusable', reason: 'html', status: 200, message: 'a web page came instead of a message' };
  }
  return { kind: 'unusable', reason: envelope.reason, status: 200, message: envelope.message };
}

/** `return_code` FAIL. */
export function refused(operation: FailingRow, envelope: Extract<Envelope, { kind: 'refused' }>): CodeVerdict {
  const { code, description, ...row } = readFailure(operation, envelope);
  return { kind: 'code', code, row, message: description, voucher: 'unsigned' };
}

/** `result_code` FAIL. */
export function failed(
  operation: FailingRow,
  envelope: Extract<Envelope, { kind: 'failed' }>,
  voucher: CodeVerdict['voucher'],
): CodeVerdict {
  const { code, description, ...row } = readFailure(operation, envelope);
  return { kind: 'code', code, row, message: description, voucher };
}

/**
 * Whether an answer speaks of something else than was asked, as a replayed one does. What it leaves out cannot
 * differ: failures come without appid and mch_id at times, and the key alone says which merchant is meant.
 */
function mismatch({ fields: asked, seal }: Asked, fields: Fields): UnusableVerdict | undefined {
  const { appid, mchid, subAppid, subMchid } = seal.sender;
  const isOther =
    differs(fields, 'mch_id', asked.get('mch_id') ?? mchid) ||
    differs(fields, 'appid', asked.get('appid') ?? appid) ||
    differs(fields, 'sub_mch_id', subMchid) ||
    differs(fields, 'sub_appid', subAppid);
  if (isOther) return strange('other-merchant', 'appid or mch_id of the answer');
  for (const [name, reason] of REPEATED) {
    const value = asked.get(name);
    if (differs(fields, name, value) || isNotListed(fields, name, value)) return strange(reason, name);
  }
  return undefined;
}

function differs(fields: Fields, name: string, asked: string | undefined): boolean {
  if (asked === undefined) return false;
  const answered = fields.get(name) ?? '';
  return answered !== '' && answered !== asked;
}

/** Answers with several refunds number their fields: the one that was asked for must be among them. */
function isNotListed(fields: Fields, name: string, asked: string | undefined): boolean {
  if (asked === undefined || !fields.has(`${name}_0`)) return false;
  for (let index = 0; fields.has(`${name}_${index}`); index += 1) {
    if (fields.get(`${name}_${index}`) === asked) return false;
  }
  return true;
}

function strange(reason: UnusableVerdict['reason'], what: string): UnusableVerdict {
  return { kind: 'unusable', reason, status: 200, message: `${what} is not what was asked for` };
}
