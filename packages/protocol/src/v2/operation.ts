import type { Result } from '../values/result.ts';
import type { CodeRow, CodeTable } from './codes/code-row.ts';
import type { FieldReason } from './field-table.ts';
import type { Fields } from './fields.ts';

/** The operations of the classic API, by the last part of their path. */
export type OperationName =
  | 'unifiedorder'
  | 'orderquery'
  | 'closeorder'
  | 'micropay'
  | 'reverse'
  | 'refund'
  | 'refundv2'
  | 'refundquery'
  | 'refundqueryv2'
  | 'downloadbill'
  | 'downloadfundflow'
  | 'authcodetoopenid'
  | 'shorturl'
  | 'report'
  /** Of the old sandbox, `/sandboxnew`. */
  | 'getsignkey'
  /** Of the new sandbox, `/xdc`; its path ends in `getsignkey` too. */
  | 'apiv2getsignkey';

/** What is written down about an operation beside its messages; the client sends by these rows, it has no branch per path. */
export interface OperationRow {
  readonly name: OperationName;
  readonly path: string;
  readonly clientCertificate: 'required' | 'not-needed';
  /** `signed` and `unsigned` are XML; `text` is a bill, or unsigned XML when it fails. */
  readonly answer: 'signed' | 'unsigned' | 'text';
  /** `merchant` uses the merchant's own choice; some operations know only one algorithm. */
  readonly signType: 'merchant' | 'MD5' | 'HMAC-SHA256';
  /**
   * What of the sender belongs into the request: everything; for bills not `sub_appid`, as they refuse fields they do
   * not know; for getsignkey only `mch_id`.
   */
  readonly sender: 'appid-and-mchid' | 'without-sub-appid' | 'mchid';
  /** `changes` moves an order or money, so that an unknown outcome matters; `reads` does not. */
  readonly effect: 'reads' | 'changes';
  /** After an unknown outcome: send the same request again, or ask with orderquery because a repetition could charge. */
  readonly afterUnknown: 'repeat' | 'query';
  readonly codes: CodeTable;
  /** Failures that their fields tell better than their code. */
  readonly failureRow?: (fields: Fields) => CodeRow | undefined;
}

/** An operation that is answered with fields. */
export interface Operation<Request, Answer> extends OperationRow {
  readonly answer: 'signed' | 'unsigned';
  readonly printRequest: (request: Request) => Result<Map<string, string>, FieldReason>;
  readonly readAnswer: (fields: Fields) => Result<Answer, FieldReason>;
}

/** An operation that is answered with a text, such as a bill; `readTextAnswer` tells the text from a failure. */
export interface TextOperation<Request> extends OperationRow {
  readonly answer: 'text';
  readonly printRequest: (request: Request) => Result<Map<string, string>, FieldReason>;
}
