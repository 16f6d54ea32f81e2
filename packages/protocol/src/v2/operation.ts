import type { Result } from '../values/result.ts';
import type { CodeTable } from './codes/code-row.ts';
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
  | 'refundquery'
  | 'downloadbill'
  | 'downloadfundflow'
  | 'authcodetoopenid'
  | 'shorturl'
  | 'report'
  | 'getsignkey';

/** Everything about one operation that is written down; the client sends by these rows, it has no branch per path. */
export interface Operation<Request, Answer> {
  readonly name: OperationName;
  readonly path: string;
  readonly clientCertificate: 'required' | 'not-needed';
  /** `signed` and `unsigned` are XML; `text` is a bill, or unsigned XML when it fails. */
  readonly answer: 'signed' | 'unsigned' | 'text';
  /** `merchant` uses the merchant's own choice; some operations know only one algorithm. */
  readonly signType: 'merchant' | 'MD5' | 'HMAC-SHA256';
  /** Whether appid and the sub-merchant's fields belong into the request; getsignkey has only mch_id. */
  readonly sender: 'appid-and-mchid' | 'mchid';
  /** After an unknown outcome: send the same request again, or ask with orderquery because a repetition could charge. */
  readonly afterUnknown: 'repeat' | 'query';
  readonly codes: CodeTable;
  readonly printRequest: (request: Request) => Result<Map<string, string>, FieldReason>;
  readonly readAnswer: (fields: Fields) => Result<Answer, FieldReason>;
}
