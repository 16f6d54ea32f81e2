import type { HttpRequest, HttpResponse, HttpTimeLimits } from '@orderkeeper/ports';
import {
  failure,
  type FieldReason,
  type Fields,
  ok,
  type Operation,
  type OperationRow,
  printRequest,
  type Result,
  senderOf,
  XML_BYTES_MAX,
} from '@orderkeeper/protocol';
import type { Verdict } from '../core/verdict.ts';
import type { Line } from '../line.ts';
import { type Call, type CallOptions, makeCall } from '../make-call.ts';
import { type Merchant, SIGN_TYPE_DEFAULT } from '../merchant.ts';
import type { Outcome } from '../outcome.ts';
import { refusedHere } from '../refused-here.ts';
import { partyOf, type SubMerchant } from '../sub-merchant.ts';
import { type Asked, judgeAnswer } from './judge.ts';
import { createNonce } from '../nonce.ts';

/** What a caller may say about one call of the classic API. */
export interface V2CallOptions extends CallOptions {
  /** For service providers: on whose behalf, where it differs from the merchant's own. Keep that of the order. */
  readonly subMerchant?: SubMerchant;
}

/** A merchant's way to the classic API. */
export type V2Sender = Line<Merchant>;

/** What distinguishes the calls of an operation on their way. */
export interface SendRules<Answer> {
  readonly row: SentRow;
  readonly judge: (asked: Asked, response: HttpResponse) => Verdict<Answer> | Promise<Verdict<Answer>>;
  readonly answerBytesMax?: number;
  readonly timeLimits?: HttpTimeLimits;
  readonly deadlineMs?: number;
}

/** The part of an operation's row that its way depends on; `call` sends operations that have no row of their own. */
export type SentRow = Pick<
  OperationRow,
  'path' | 'clientCertificate' | 'signType' | 'sender' | 'effect' | 'afterUnknown'
> & { readonly name: string };

const HEADERS: HttpRequest['headers'] = {
  'content-type': 'text/xml; charset=utf-8',
  'user-agent': 'orderkeeper-client/0.1',
};

/** Calls an operation that is answered with fields. */
export function send<Request, Answer>(
  sender: V2Sender,
  operation: Operation<Request, Answer>,
  request: Request,
  options: V2CallOptions = {},
): Promise<Outcome<Answer>> {
  return sendPrinted(sender, operation.printRequest(request), options, {
    row: operation,
    judge: (asked, response) => judgeAnswer(operation, asked, response),
  });
}

/** Signs printed fields, sends them and judges the answer; refuses by itself what cannot be sent. */
export function sendPrinted<Answer>(
  sender: V2Sender,
  printed: Result<Fields, FieldReason>,
  options: V2CallOptions,
  rules: SendRules<Answer>,
): Promise<Outcome<Answer>> {
  const { merchant, world, hosts } = sender;
  const { row } = rules;
  if (!printed.ok) {
    const code = printed.reason === 'field-missing' ? 'FIELD_MISSING' : 'FIELD_INVALID';
    return Promise.resolve(refusedHere(code, printed.message));
  }
  if (row.clientCertificate === 'required' && merchant.identity === undefined) {
    const message = `${row.name} needs the merchant certificate`;
    return Promise.resolve(refusedHere('CLIENT_CERTIFICATE_MISSING', message));
  }
  const fields = printed.value;
  const seal: Asked['seal'] = {
    sender: senderOf(row, partyOf(merchant, options.subMerchant)),
    key: merchant.apiKey,
    signType: row.signType === 'merchant' ? (merchant.signType ?? SIGN_TYPE_DEFAULT) : row.signType,
  };
  const asked: Asked = { fields, seal };
  const outTradeNo = fields.get('out_trade_no');
  // Shown only where it is asked for: a connection that shows none can serve every merchant.
  const identity = row.clientCertificate === 'required' ? merchant.identity : undefined;
  const answerBytesMax = rules.answerBytesMax ?? XML_BYTES_MAX;
  const call: Call<Answer> = {
    operation: row.name,
    effect: row.effect,
    afterUnknown: row.afterUnknown,
    hosts,
    timeLimits: rules.timeLimits ?? sender.timeLimits,
    deadlineMs: rules.deadlineMs ?? sender.deadlineMs,
    ...(outTradeNo === undefined ? {} : { outTradeNo }),
    prepare: (address, limits) => {
      const nonce = createNonce(world.random);
      const body = printRequest(fields, { sender: seal.sender, key: seal.key, signType: seal.signType, nonce });
      if (!body.ok) return failure('FIELD_INVALID', body.message);
      const url = address + row.path;
      // Written out: V8 takes over a microsecond to copy a frame that is the same for all requests.
      const request: HttpRequest = {
        method: 'POST',
        url,
        headers: HEADERS,
        body: body.value,
        timeLimits: limits,
        answerBytesMax,
      };
      return ok(identity === undefined ? request : { ...request, identity });
    },
    judge: (response) => rules.judge(asked, response),
  };
  return makeCall(world, call, options);
}
