import type { CodeRow, Fields, Repeat } from '@orderkeeper/protocol';
import type { Delivery, HttpFailureReason } from '@orderkeeper/ports';
import type { UnknownReason } from '../outcome.ts';

/** An answer whose signature was verified. */
export interface Vouched {
  /** Of the classic API only. */
  readonly fields?: Fields;
  /** The answer as received, byte for byte. */
  readonly answerBytes: Uint8Array;
}

/** There was no complete answer. */
export interface NoAnswer {
  readonly kind: 'no-answer';
  readonly reason: HttpFailureReason;
  readonly delivery: Delivery;
  readonly message: string;
}

/** An answer that says it was done. */
export interface DoneVerdict<Answer> {
  readonly kind: 'done';
  readonly answer: Answer;
  readonly vouched?: Vouched | undefined;
}

/** An answer with an error code. */
export interface CodeVerdict {
  readonly kind: 'code';
  readonly code: string;
  readonly row: CodeRow;
  readonly message: string;
  /** A refusal of the message as such is not signed: it speaks of this one request, not of the order. */
  readonly voucher: 'signed' | 'unsigned';
  readonly vouched?: Vouched | undefined;
}

/** An answer that proves nothing. */
export interface UnusableVerdict {
  readonly kind: 'unusable';
  readonly reason: Exclude<UnknownReason, 'code' | 'keys-not-fetched' | HttpFailureReason>;
  readonly status: number;
  readonly message: string;
  /** What a failure says that nobody signed: it may make a call patient, but it settles nothing. */
  readonly told?: { readonly code: string; readonly repeat: Repeat } | undefined;
  readonly vouched?: Vouched | undefined;
}

/** What one attempt brought. */
export type Verdict<Answer> = DoneVerdict<Answer> | CodeVerdict | UnusableVerdict | NoAnswer;
