import type { AeadReason, AnswerVerifyReason, Fields, JsonReason, UnreadableReason } from '@orderkeeper/protocol';
import type { HttpFailureReason } from '@orderkeeper/ports';

/** One request that left for a host, or tried to. */
export interface Attempt {
  /** The base address it went to, such as `https://api.mch.weixin.qq.com`. */
  readonly host: string;
  /** UTC milliseconds. */
  readonly startedAtMs: number;
  readonly tookMs: number;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  /** Why there was none. */
  readonly failure?: HttpFailureReason;
  /** `not-sent` when it is certain that the host saw nothing. */
  readonly delivery: 'not-sent' | 'maybe-sent';
  /** WeChat Pay's error code, where the answer had one. */
  readonly code?: string;
}

/** Why nothing is known about a call. */
export type UnknownReason =
  /** WeChat Pay answered with a code that leaves it open; see `code`. */
  | 'code'
  /** A status other than 200. */
  | 'http-status'
  /** A web page instead of a message. */
  | 'html'
  /** The answer is about another merchant, number or amount than asked. */
  | 'other-merchant'
  | 'other-number'
  | 'other-amount'
  /** The answer was cut, or is not what its checksum says. */
  | 'damaged'
  /** The answer lacks an essential field, or one does not make sense. */
  | 'field-missing'
  | 'field-invalid'
  /** APIv3: this very answer was given before. */
  | 'replayed'
  /** APIv3: nothing to verify an answer with could be fetched, so nothing was sent. */
  | 'keys-not-fetched'
  | AeadReason
  | AnswerVerifyReason
  | UnreadableReason
  | JsonReason
  | HttpFailureReason;

/** What every outcome tells. */
export interface CallRecord {
  /** All requests made for this call, in order; empty when the client itself refused. */
  readonly attempts: readonly Attempt[];
  /** From the call to its outcome, waits included. */
  readonly tookMs: number;
  /**
   * The answer's fields as received, of the classic API; only where their signature was verified. Logged they are their
   * number, `[23 fields]`; `Object.fromEntries(fields)` shows them.
   */
  readonly fields?: Fields;
  /**
   * The same answer byte for byte, as evidence; only where its signature was verified. Logged or serialised it is its
   * length, `[973 bytes]`; `Buffer.from(answerBytes).toString()` shows it.
   */
  readonly answerBytes?: Uint8Array;
}

/** WeChat Pay did it, and the answer proves it. */
export interface Done<Answer> extends CallRecord {
  readonly outcome: 'done';
  /**
   * What was asked for. It is the caller's and prints like any object, payer included: log what you need of it, not all
   * of it, and log outcomes without it.
   */
  readonly answer: Answer;
}

/** It was certainly not done. */
export interface Rejected extends CallRecord {
  readonly outcome: 'rejected';
  /** WeChat Pay's `err_code`, or a `LocalCode` when the client itself refused. */
  readonly code: string;
  /** What happened, for a person. */
  readonly meaning: string;
  /** What to do about it, for a person. */
  readonly remedy: string;
  /** The particular case: WeChat Pay's own sentence, or which field was wrong. */
  readonly message: string;
  /** With `CLOSE_TOO_EARLY` only: from when on the order can be closed, UTC milliseconds. */
  readonly possibleFromMs?: number;
}

/** Nobody knows whether it was done: ask, or repeat under the same number; never take it for a failure. */
export interface Unknown extends CallRecord {
  readonly outcome: 'unknown';
  readonly reason: UnknownReason;
  /** With `reason` `code`: WeChat Pay's code. With `header-missing`: the code that nobody signed, where one was told. */
  readonly code?: string;
  readonly meaning: string;
  readonly remedy: string;
  readonly message: string;
}

/** How a call ended. `switch` on `outcome`; there is no fourth way, and no call ever rejects its promise. */
export type Outcome<Answer> = Done<Answer> | Rejected | Unknown;
