import type { KeeperReason } from '@orderkeeper/keeper';

/** Why the service itself does not do something. */
export type ServiceReason =
  | 'not-json'
  | 'unauthorized'
  | 'no-such-path'
  | 'method-not-allowed'
  | 'body-too-large'
  | 'not-a-json-body'
  | 'invalid-idempotency-key'
  | 'idempotency-key-reused'
  | 'internal';

/** Stable; callers switch on it. */
export type ProblemCode = KeeperReason | ServiceReason;

/** What a code means. */
export interface ProblemRow {
  readonly status: 400 | 401 | 404 | 405 | 409 | 413 | 415 | 422 | 500;
  readonly about: string;
}

/** Every code, with its status and what to do. `docs/API.md` lists them; a test compares. */
export const PROBLEMS: Readonly<Record<ProblemCode, ProblemRow>> = {
  'no-such-order': { status: 404, about: 'no order has this orderId' },
  'no-such-merchant': { status: 422, about: 'this mchid is not configured, or several are and none was named' },
  'order-exists-different': {
    status: 409,
    about: 'the orderId is used for an order with other content; take a new one, or repeat it with the same content',
  },
  'not-payable': { status: 409, about: 'the order cannot be paid now; the detail says why' },
  'not-closable-yet': {
    status: 409,
    about: 'a classic order is not closed before it is five minutes old; the detail says from when on',
  },
  'not-paid': { status: 409, about: 'only a paid order has something to refund' },
  'already-final': { status: 409, about: 'the order has come to its end; nothing more can be asked of it' },
  'refund-too-large': { status: 422, about: 'the refunds together would be more than was paid' },
  'too-many-refunds': { status: 409, about: 'a payment is refunded in at most 50 parts' },
  'refund-exists-different': {
    status: 409,
    about: 'the outRefundNo is used for a refund with other content; take a new one',
  },
  'rejected-by-wechat-pay': { status: 422, about: 'WeChat Pay refused for certain; the detail has its code' },
  'protocol-not-spoken': {
    status: 422,
    about: 'the merchant has no keys for this protocol; leave it out, or configure them',
  },
  'invalid-request': { status: 400, about: 'fields are missing, unknown or wrong; `errors` names each' },
  'not-json': { status: 400, about: 'the body is no JSON in UTF-8' },
  unauthorized: { status: 401, about: 'no `Authorization: Bearer <key>` with a configured key' },
  'no-such-path': { status: 404, about: 'there is nothing at this path; GET / lists what there is' },
  'method-not-allowed': { status: 405, about: 'the path does not take this method; `allow` names those it takes' },
  'body-too-large': { status: 413, about: 'the body is larger than 64 KiB' },
  'not-a-json-body': { status: 415, about: 'the body is not sent as application/json' },
  'invalid-idempotency-key': { status: 400, about: 'an Idempotency-Key has 1 to 255 visible ASCII characters' },
  'idempotency-key-reused': {
    status: 422,
    about: 'the Idempotency-Key was used for another request; take a new one for every new wish',
  },
  internal: {
    status: 500,
    about: 'a bug or a broken disk; whether it was done is not known, so repeat it unchanged: nothing is done twice',
  },
};

/** One field that is wrong. */
export interface FieldError {
  /** In the body: RFC 6901, `/totalFen`. */
  readonly pointer?: string;
  /** In the query or the path. */
  readonly parameter?: string;
  readonly detail: string;
}

/** Problem details. @see https://www.rfc-editor.org/rfc/rfc9457 */
export interface Problem {
  readonly type: 'about:blank';
  /** The status in words, as RFC 9457 wants it beside `about:blank`. */
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  /** For people: what was wrong and what to do. */
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  /** The request in the log. */
  readonly requestId: string;
}
