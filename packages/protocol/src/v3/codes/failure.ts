import { optional, text } from '../json/json-kinds.ts';
import { type JsonTable, readJson } from '../json/json-table.ts';
import { type JsonObject, objectOf, readJsonText } from '../json/json-value.ts';
import type { MessageHeaders } from '../sign/wechatpay-headers.ts';
import type { V3CodeRow } from './code-row.ts';
import { v3CodeRowOf, type V3FailingRow } from './code-row-of.ts';
import { type SubCode, subCodeOf } from './sub-code.ts';

/** Where a request was wrong, as far as the gateway says. */
export interface FailureDetail {
  /** A JSON pointer for members of the body, else the name of a parameter. */
  readonly field?: string;
  readonly issue?: string;
  /** `body`, `query`, `uri_template`, `authorization`. */
  readonly location?: string;
  /** The value that was sent; for lengths the number of bytes that were counted. */
  readonly value?: string | number | boolean;
  /** For a wrong signature: the beginning of the text that the gateway verified, without its body. */
  readonly signedText?: string;
}

/** What a failed answer means: its code, what follows from it, and WeChat Pay's own words. */
export interface V3Failure {
  /** In the spelling with underscores, or `UNLISTED` when the answer names none. */
  readonly code: string;
  readonly row: V3CodeRow;
  /** The status of the answer, which may be another than the documented one of `row`. */
  readonly status: number;
  /** WeChat Pay's sentence, as received: for people, never to be decided by. */
  readonly description: string;
  readonly detail?: FailureDetail;
  /** For WeChat Pay's support. */
  readonly requestId?: string;
  readonly subCode?: SubCode;
}

/** An answer with a status that is no success. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: MessageHeaders;
  readonly body: Uint8Array;
}

const FAILURE: JsonTable<{ readonly code?: string; readonly message?: string }> = {
  code: optional(text(64))('code'),
  message: optional(text(1024))('message'),
};

const DETAIL: JsonTable<Omit<FailureDetail, 'value'>> = {
  field: optional(text(256))('field'),
  issue: optional(text(1024))('issue'),
  location: optional(text(64))('location'),
  signedText: optional(text(4096))('sign_information.truncated_sign_message'),
};

/**
 * What a failed answer means for its operation; total. It does not verify: an answer without a valid signature is the
 * word of whoever sent it, so verify before a refusal is taken for knowledge. Refusals before authentication (401, and
 * 400, 404 or 405 without a code) are never signed.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012081709
 */
export function readV3Failure(operation: V3FailingRow, { status, headers, body }: FailedAnswer): V3Failure {
  const object = readJsonText(body);
  const read = object.ok ? readJson(FAILURE, object.value) : object;
  const { code = '', message = '' } = read.ok ? read.value : {};
  const detail = object.ok ? readDetail(object.value) : undefined;
  const requestId = headers['request-id'];
  const subCode = subCodeOf(requestId);
  return {
    ...v3CodeRowOf(operation, code, status),
    status,
    description: message,
    ...(detail === undefined ? {} : { detail }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(subCode === undefined ? {} : { subCode }),
  };
}

/** For a wrong signature the issue is one level deeper than the pages show. */
function readDetail(failure: JsonObject): FailureDetail | undefined {
  const object = objectOf(failure.get('detail'));
  if (object === undefined) return undefined;
  const outer = readJson(DETAIL, object);
  const inner = readJson(DETAIL, objectOf(object.get('detail')) ?? new Map());
  const value = object.get('value');
  const hasValue = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return { ...(inner.ok ? inner.value : {}), ...(outer.ok ? outer.value : {}), ...(hasValue ? { value } : {}) };
}
