import type { HttpResponse, HttpTimeLimits } from '@orderkeeper/ports';
import {
  type FieldReason,
  failure,
  JSON_BYTES_MAX,
  ok,
  type Result,
  type V3Operation,
  type V3OperationRow,
  type V3Request,
} from '@orderkeeper/protocol';
import type { Verdict } from '../core/verdict.ts';
import { type CallOptions, makeCall, type Patience, type Prepared } from '../make-call.ts';
import type { Outcome } from '../outcome.ts';
import { refusedHere } from '../refused-here.ts';
import { partyOf, type SubMerchant } from '../sub-merchant.ts';
import { waitWithin } from '../wait-within.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { KeysResult } from './keys.ts';
import { mismatch } from './mismatch.ts';
import { signRequest, signRequestAside } from './sign-request.ts';
import type { V3Sender } from './v3-sender.ts';

/** What a caller may say about one call of APIv3. */
export interface V3CallOptions extends CallOptions {
  /** For service providers: on whose behalf, where it differs from the merchant's own. Keep that of the order. */
  readonly subMerchant?: SubMerchant;
}

/** The part of an operation's row that its way depends on; `call` sends operations that have no row of their own. */
export type V3SentRow = Pick<V3OperationRow, 'effect' | 'afterUnknown'> & { readonly name: string };

/** What distinguishes the calls of an operation on their way. */
export interface V3SendRules<Answer> {
  readonly row: V3SentRow;
  readonly outTradeNo?: string | undefined;
  readonly judge: (response: HttpResponse, patience: Patience) => Verdict<Answer> | Promise<Verdict<Answer>>;
  readonly answerBytesMax?: number;
  readonly timeLimits?: HttpTimeLimits;
  readonly deadlineMs?: number;
}

/**
 * With so many requests out, signing moves off the main thread. Measured on two cores with `bench/client-v3.js`: alone a
 * call is a tenth dearer that way (to the other thread and back); with 16 and 64 requests out it costs the same CPU, and
 * 1.6 to 1.8 times as many calls are made, because the thread that all of them share is free for the rest.
 */
const ASIDE_FROM_COUNT = 4;

/** Calls an operation that is answered with a signed message. */
export function send<Request extends object, Answer extends object>(
  sender: V3Sender,
  operation: V3Operation<Request, Answer>,
  request: Request,
  options: V3CallOptions = {},
): Promise<Outcome<Answer>> {
  const party = partyOf(sender.merchant, options.subMerchant);
  const check = (answer: Answer) => mismatch(request, party, answer);
  return sendPrinted(sender, operation.printRequest(request, party), options, {
    row: operation,
    outTradeNo: outTradeNoOf(request),
    judge: (response, patience) => judgeAnswer(sender, operation, { response, patience, mismatch: check }),
  });
}

/** Signs a printed request, sends it and judges the answer; refuses by itself what cannot be sent. */
export function sendPrinted<Answer>(
  sender: V3Sender,
  printed: Result<V3Request, FieldReason>,
  options: CallOptions,
  rules: V3SendRules<Answer>,
): Promise<Outcome<Answer>> {
  if (!printed.ok) {
    const code = printed.reason === 'field-missing' ? 'FIELD_MISSING' : 'FIELD_INVALID';
    return Promise.resolve(refusedHere(code, printed.message));
  }
  const { merchant, world, hosts, keys } = sender;
  const { clock, random, exchanges } = world;
  const request = printed.value;
  const { row, judge, outTradeNo, answerBytesMax = JSON_BYTES_MAX } = rules;
  const sign = (address: string, timeLimits: HttpTimeLimits): Prepared | Promise<Prepared> => {
    const serial = request.encryptedFor ?? keys.announced()?.serial;
    const nowMs = clock.nowMs();
    const unsigned = { merchant, random, nowMs, request, address, timeLimits, answerBytesMax, serial };
    const isAside = sender.signing === 'aside-when-busy' && exchanges.outCount() >= ASIDE_FROM_COUNT;
    return isAside ? signRequestAside(unsigned).then(ok) : ok(signRequest(unsigned));
  };
  return makeCall(
    world,
    {
      operation: row.name,
      effect: row.effect,
      afterUnknown: row.afterUnknown,
      hosts,
      timeLimits: rules.timeLimits ?? sender.timeLimits,
      deadlineMs: rules.deadlineMs ?? sender.deadlineMs,
      ...(outTradeNo === undefined ? {} : { outTradeNo }),
      prepare: (address, limits, patience) => {
        const fetching = keys.ready();
        if (fetching === undefined) return sign(address, limits);
        return keysWithin(sender, fetching, patience).then((had) => (had.ok ? sign(address, limits) : had));
      },
      judge,
    },
    options,
  );
}

/** Waits for keys, at most as long as the call has time. */
export async function keysWithin(
  { world }: Pick<V3Sender, 'world'>,
  fetching: Promise<KeysResult>,
  patience: Patience,
): Promise<Result<'had', Extract<Prepared, { readonly ok: false }>['reason']>> {
  const waited = await waitWithin(world.clock, patience, fetching);
  switch (waited.end) {
    case 'aborted':
      return failure('aborted', 'the signal of the call was aborted while the keys of WeChat Pay were fetched');
    case 'late':
      return failure('keys-not-fetched', 'they did not come before the deadline of the call');
    case 'came': {
      const { value } = waited;
      if (value.ok) return ok('had');
      return failure(value.reason === 'not-fetched' ? 'keys-not-fetched' : 'WECHATPAY_KEYS_MISSING', value.message);
    }
  }
}

/** For hooks: the number of the order, where the request has it. */
function outTradeNoOf(request: object): string | undefined {
  const outTradeNo: unknown = Reflect.get(request, 'outTradeNo');
  return typeof outTradeNo === 'string' ? outTradeNo : undefined;
}
