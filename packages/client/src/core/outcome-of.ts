import { LOCAL_CODES, type LocalCode } from './local-codes.ts';
import type { Attempt, CallRecord, Done, Outcome, Rejected, Unknown } from '../outcome.ts';
import { UNKNOWN_REASONS } from './unknown-reasons.ts';
import type { CodeVerdict, DoneVerdict, NoAnswer, Verdict } from './verdict.ts';

/** The client's own refusal. */
export function refusal(code: LocalCode, message: string, record: CallRecord): Rejected {
  return { outcome: 'rejected', code, ...LOCAL_CODES[code], message, ...record };
}

/** The outcome of an aborted call: certain only when no request can have arrived. */
export function abortedOutcome(record: CallRecord): Rejected | Unknown {
  if (!record.attempts.some((attempt) => attempt.delivery === 'maybe-sent')) {
    return refusal('ABORTED_BEFORE_SENDING', 'the signal of the call was aborted', record);
  }
  return {
    outcome: 'unknown',
    reason: 'aborted',
    ...UNKNOWN_REASONS.aborted,
    message: 'the signal of the call was aborted after a request had left',
    ...record,
  };
}

/**
 * The outcome of a call from its last verdict. `before` tells whether an earlier attempt of it may have taken effect:
 * then a refusal that concerns only the last request (unsigned, or one of patience) cannot make the call `rejected`.
 */
export function outcomeOf<Answer>(
  verdict: Verdict<Answer>,
  before: 'without-effect' | 'maybe-with-effect',
  attempts: readonly Attempt[],
  tookMs: number,
): Outcome<Answer> {
  if (verdict.kind === 'no-answer') return outcomeWithoutAnswer(verdict, { attempts, tookMs });
  if (verdict.kind === 'done') return done(verdict, attempts, tookMs);
  const record = { attempts, tookMs, ...verdict.vouched };
  switch (verdict.kind) {
    case 'unusable': {
      const code = verdict.told?.code;
      const outcome = unknown(verdict.reason, verdict.message, record);
      return code === undefined ? outcome : { ...outcome, code };
    }
    case 'code': {
      const { code, row, message } = verdict;
      const told = { code, meaning: row.meaning, remedy: row.remedy, message, ...record };
      const isCertain = row.outcome === 'rejected' && !(before === 'maybe-with-effect' && isAboutRequest(verdict));
      return isCertain ? { outcome: 'rejected', ...told } : { outcome: 'unknown', reason: 'code', ...told };
    }
  }
}

/** Written out, because nearly every call ends here: putting it together from parts takes half a microsecond. */
function done<Answer>(
  { answer, vouched }: DoneVerdict<Answer>,
  attempts: readonly Attempt[],
  tookMs: number,
): Done<Answer> {
  if (vouched === undefined) return { outcome: 'done', answer, attempts, tookMs };
  const { fields, answerBytes } = vouched;
  if (fields === undefined) return { outcome: 'done', answer, attempts, tookMs, answerBytes };
  return { outcome: 'done', answer, attempts, tookMs, fields, answerBytes };
}

/** Whether an attempt may have moved something although its call goes on. */
export function mayHaveTakenEffect(effect: 'reads' | 'changes', verdict: Verdict<unknown>): boolean {
  if (effect === 'reads') return false;
  switch (verdict.kind) {
    case 'done':
    case 'unusable':
      return true;
    case 'no-answer':
      return verdict.delivery === 'maybe-sent';
    case 'code':
      return verdict.row.outcome === 'unknown';
  }
}

function outcomeWithoutAnswer({ reason, message }: NoAnswer, record: CallRecord): Rejected | Unknown {
  return reason === 'aborted' ? abortedOutcome(record) : unknown(reason, message, record);
}

function isAboutRequest({ voucher, row }: CodeVerdict): boolean {
  return voucher === 'unsigned' || row.repeat === 'later' || row.repeat === 'at-once';
}

/** An unknown outcome with its explanation. */
export function unknown(reason: Exclude<Unknown['reason'], 'code'>, message: string, record: CallRecord): Unknown {
  return { outcome: 'unknown', reason, ...UNKNOWN_REASONS[reason], message, ...record };
}
