import {
  EVERYWHERE,
  failure,
  type FieldReason,
  type Fields,
  ok,
  OPERATIONS,
  type OperationRow,
  type Result,
} from '@orderkeeper/protocol';
import type { Outcome } from '../outcome.ts';
import { type JudgedOperation, judgeAnswer } from './judge.ts';
import { type SentRow, sendPrinted, type V2CallOptions, type V2Sender } from './send.ts';

/** How an operation without a method of its own is called. */
export interface RawCallOptions extends V2CallOptions {
  /** Default `not-needed`. */
  readonly clientCertificate?: OperationRow['clientCertificate'];
  /** Default `merchant`: as the merchant signs. */
  readonly signType?: OperationRow['signType'];
  /** Default `signed`. */
  readonly answer?: 'signed' | 'unsigned';
  /**
   * Default `query`: after an unknown outcome nothing is sent again, because nothing is known about the operation. Say
   * `repeat` for one that may safely be sent twice under the same number.
   */
  readonly afterUnknown?: OperationRow['afterUnknown'];
}

type RawRow = SentRow & JudgedOperation<Fields>;

/**
 * Calls any operation of the classic API that is answered with fields, signed and verified like every other; `path`
 * begins with a slash. For an operation with a method of its own its row counts, and the options about it do not.
 */
export const call =
  (sender: V2Sender) =>
  (
    path: string,
    fields: Fields | Readonly<Record<string, string>>,
    options: RawCallOptions = {},
  ): Promise<Outcome<Fields>> => {
    const row = rowOf(path, options);
    return sendPrinted(sender, printFields(path, fields), options, {
      row,
      judge: (asked, response) => judgeAnswer(row, asked, response),
    });
  };

function rowOf(path: string, options: RawCallOptions): RawRow {
  const {
    clientCertificate = 'not-needed',
    signType = 'merchant',
    answer = 'signed',
    afterUnknown = 'query',
  } = options;
  const listed = Object.values(OPERATIONS).find((operation) => operation.path === path);
  if (listed !== undefined && listed.answer !== 'text') return { ...listed, answer: listed.answer, readAnswer: ok };
  return {
    name: path,
    path,
    clientCertificate,
    signType,
    answer,
    afterUnknown,
    sender: 'appid-and-mchid',
    effect: 'changes',
    codes: EVERYWHERE,
    readAnswer: ok,
  };
}

function printFields(path: string, fields: Fields | Readonly<Record<string, string>>): Result<Fields, FieldReason> {
  if (!path.startsWith('/')) return failure('field-invalid', 'path: begins with a slash, such as /pay/orderquery');
  return ok(fields instanceof Map ? fields : new Map(Object.entries(fields)));
}
