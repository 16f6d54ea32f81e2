import type { Result } from '../values/result.ts';
import type { FieldReason } from '../v2/field-table.ts';
import type { Sender } from '../v2/request.ts';
import type { V3FailingRow } from './codes/code-row-of.ts';
import type { JsonTextReason } from './json/json-value.ts';

/** The operations of APIv3 that this package knows. */
export type V3OperationName =
  | 'jsapi'
  | 'app'
  | 'native'
  | 'h5'
  | 'query-by-id'
  | 'query-by-out-trade-no'
  | 'close'
  | 'refund'
  | 'refund-query'
  | 'abnormal-refund'
  | 'tradebill'
  | 'fundflowbill'
  | 'sub-merchant-fundflowbill'
  | 'billdownload'
  | 'certificates'
  | 'codepay'
  | 'reverse'
  | 'combine-jsapi'
  | 'combine-app'
  | 'combine-native'
  | 'combine-h5'
  | 'combine-query'
  | 'combine-close';

/** What of the sender belongs into a request; a service provider sends the same members with `sp_` and `sub_`. */
export type SenderMembers =
  | 'appid-and-mchid'
  | 'mchid'
  /** Nothing of a merchant; of a service provider the `sub_mchid`. */
  | 'sub-mchid'
  | 'combine-appid-and-mchid'
  | 'combine-appid'
  | 'none';

/** What is written down about an operation beside its messages; the client sends by these rows, it has no branch per path. */
export interface V3OperationRow extends V3FailingRow {
  readonly name: V3OperationName;
  readonly method: 'GET' | 'POST';
  /** Templates; `{out_trade_no}` stands for an escaped value. Absent where that side does not know the operation. */
  readonly paths: { readonly merchant?: string; readonly partner?: string };
  readonly sender: SenderMembers;
  /** The statuses that mean success; any other is read as a failure. */
  readonly success: readonly number[];
  /** `file` is a stream of bytes that nobody signs: it is to be checked against the hash that was given with its address. */
  readonly answer: 'signed' | 'file';
  /** `changes` moves an order or money, so that an unknown outcome matters; `reads` does not. */
  readonly effect: 'reads' | 'changes';
  /**
   * After an unknown outcome: send the same request again, or query because a repetition could charge, or would be
   * refused for what the first has done.
   */
  readonly afterUnknown: 'repeat' | 'query';
}

/** A request ready to be signed and sent: these very texts are what the signature is over. */
export interface V3Request {
  readonly method: 'GET' | 'POST';
  /** Path and query, escaped. */
  readonly path: string;
  /** Compact JSON, or empty. */
  readonly body: string;
  /** The serial of the key that encrypted fields; to be sent as `Wechatpay-Serial`. */
  readonly encryptedFor?: string;
}

/** A verified answer with a status of success. */
export interface V3Answer {
  readonly status: number;
  readonly body: Uint8Array;
}

/** Why an answer of success says nothing. */
export type V3AnswerReason = JsonTextReason | FieldReason;

/** An operation with its request. */
export interface V3Sendable<Request> extends V3OperationRow {
  readonly printRequest: (request: Request, sender: Sender) => Result<V3Request, FieldReason>;
}

/** An operation that is answered with a signed message. */
export interface V3Operation<Request, Answer> extends V3Sendable<Request> {
  readonly answer: 'signed';
  readonly readAnswer: (answer: V3Answer) => Result<Answer, V3AnswerReason>;
}
