import { type Client, type Hosts, type Merchant, createClient } from '@orderkeeper/client';
import type { Clock, Http, Random } from '@orderkeeper/ports';
import {
  failure,
  type Fields,
  micropay,
  ok,
  type Payment,
  printXml,
  readPayment,
  refund as refundOperation,
  type Result,
  type UnifiedorderAnswer,
  unifiedorder,
} from '@orderkeeper/protocol';
import { isMicropay } from '../../core/micropay.ts';
import type { Attempt, Prepay } from '../../core/order.ts';
import type { ContentReason } from '../content.ts';
import { type CallKind, cannotSend, gatewayOutcome, lookOutcome } from '../client-outcome.ts';
import type { PaymentGateway, PaymentName } from '../payment-gateway.ts';
import { paymentParameters } from '../payment-parameters.ts';
import type { GatewayCall } from '../refusal.ts';
import { paidReport, tradeReport } from '../trade-report.ts';
import { V2_REFUSALS } from './refusals.ts';
import { acceptedRefund, refundReport, senderOfAnswer } from './reports.ts';
import { chargingRequest, placingRequest } from './requests.ts';
import { v2FrontEndSigner } from './sign-front-end.ts';
import { refundRequest } from '../refund-request.ts';

/** Settings of {@link createV2Gateway}. */
export interface V2GatewaySettings {
  readonly merchant: Merchant;
  /** Where WeChat Pay sends notices about payments and refunds. */
  readonly notifyUrl: string;
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  /** Default: WeChat Pay's own. */
  readonly hosts?: Hosts;
  /** A call has its outcome after this time; a duty's lease must be longer. */
  readonly deadlineMs: number;
}

/** The operation of each call, as the timeline names it. */
const CALLS = {
  place: { operation: 'unifiedorder', refusals: V2_REFUSALS.place },
  charge: { operation: 'micropay', refusals: V2_REFUSALS.charge },
  query: { operation: 'orderquery', refusals: V2_REFUSALS.query },
  close: { operation: 'closeorder', refusals: V2_REFUSALS.close },
  reverse: { operation: 'reverse', refusals: V2_REFUSALS.reverse },
  refund: { operation: 'refund', refusals: V2_REFUSALS.refund },
  'query-refund': { operation: 'refundquery', refusals: V2_REFUSALS['query-refund'] },
} as const satisfies Readonly<Record<GatewayCall, CallKind>>;

/** Options of a call that may be given up. */
type Given = { readonly signal?: AbortSignal };

const given = (signal: AbortSignal | undefined): Given => (signal === undefined ? {} : { signal });

/** Creates the way to the classic API of one merchant. */
export function createV2Gateway(settings: V2GatewaySettings): PaymentGateway {
  const { merchant, notifyUrl, http, clock, random, hosts, deadlineMs } = settings;
  const client = createClient({ merchant, http, clock, random, deadlineMs, ...(hosts === undefined ? {} : { hosts }) });
  const signer = v2FrontEndSigner(merchant);
  return {
    outTradeNoLengthMin: 1,
    check: (attempt) => check(attempt, notifyUrl, clock.nowMs()),
    place: async (attempt, signal) => {
      const request = placingRequest(attempt, notifyUrl, clock.nowMs());
      if (!request.ok) return cannotSend(request.message);
      const outcome = await client.unifiedOrder(request.value, given(signal));
      return gatewayOutcome(CALLS.place, outcome, (answer) => prepayOf(answer, clock.nowMs()));
    },
    micropay: (attempt, signal) => charge({ client, merchant, clock }, attempt, signal),
    query: (name, signal) => query({ client, merchant, clock }, name, signal),
    close: async (outTradeNo, signal) => {
      const outcome = await client.closeOrder({ outTradeNo }, given(signal));
      return gatewayOutcome(CALLS.close, outcome, () => 'closed' as const);
    },
    reverse: async ({ outTradeNo }, signal) => {
      const outcome = await client.reverse({ outTradeNo }, given(signal));
      return gatewayOutcome(CALLS.reverse, outcome, ({ recall }) => (recall === 'Y' ? 'again' : 'reversed'));
    },
    checkRefund: (refund) =>
      checkPrinted(refundOperation.printRequest(refundRequest(refund, { totalFen: refund.refundFen, notifyUrl }))),
    refund: async (refund, totalFen, signal) => {
      const outcome = await client.refund(refundRequest(refund, { totalFen, notifyUrl }), given(signal));
      return gatewayOutcome(CALLS.refund, outcome, acceptedRefund);
    },
    queryRefund: async ({ outRefundNo, refundId }, signal) => {
      const request = refundId === undefined ? { outRefundNo } : { refundId };
      const outcome = await client.refundQuery(request, given(signal));
      return lookOutcome(CALLS['query-refund'], outcome, (answer) => refundReport(answer, outRefundNo));
    },
    paymentParameters: (attempt, prepay, nowMs) => paymentParameters(signer, random, attempt, prepay, nowMs),
  };
}

interface Line {
  readonly client: Client;
  readonly merchant: Merchant;
  readonly clock: Clock;
}

/**
 * One submission and nothing more: the client's own micropay would go on asking, which here is a duty, so that it
 * survives the process.
 */
async function charge({ client, merchant, clock }: Line, attempt: Attempt, signal: AbortSignal | undefined) {
  const request = chargingRequest(attempt);
  const printed = request.ok ? micropay.printRequest(request.value) : request;
  if (!printed.ok) return cannotSend(printed.message);
  const outcome = await client.call(micropay.path, printed.value, given(signal));
  if (outcome.outcome !== 'done') return gatewayOutcome(CALLS.charge, outcome, neverDone);
  const payment = readPayment(outcome.answer);
  if (!payment.ok)
    return { outcome: 'unknown', says: 'nothing', code: payment.reason, message: payment.message } as const;
  const sender = senderOfAnswer(outcome.fields, merchant);
  const report = (paid: Payment) => paidReport(paid, 'SUCCESS', sender, clock.nowMs());
  return gatewayOutcome(CALLS.charge, { ...outcome, answer: payment.value }, report);
}

function neverDone(): never {
  throw new Error('an outcome that is not done has no answer to read');
}

async function query({ client, merchant, clock }: Line, name: PaymentName, signal: AbortSignal | undefined) {
  const { outTradeNo, transactionId } = name;
  const outcome = await client.orderQuery(
    transactionId === undefined ? { outTradeNo } : { transactionId },
    given(signal),
  );
  const sender = senderOfAnswer(outcome.fields, merchant);
  return lookOutcome(CALLS.query, outcome, (answer) => tradeReport(answer, sender, clock.nowMs()));
}

function check(attempt: Attempt, notifyUrl: string, nowMs: number): ReturnType<PaymentGateway['check']> {
  const request = isMicropay(attempt) ? chargingRequest(attempt) : placingRequest(attempt, notifyUrl, nowMs);
  if (!request.ok) return request;
  const printed =
    'authCode' in request.value ? micropay.printRequest(request.value) : unifiedorder.printRequest(request.value);
  return checkPrinted(printed);
}

/** Characters that WeChat Pay cannot take are found when the message is printed. */
function checkPrinted(printed: Result<Fields, string>): Result<void, ContentReason> {
  const message = printed.ok ? printXml(printed.value) : printed;
  return message.ok ? ok(undefined) : failure('content-invalid', message.message);
}

function prepayOf(answer: UnifiedorderAnswer, receivedAtMs: number): Prepay {
  const { prepayId } = answer;
  switch (answer.tradeType) {
    case 'JSAPI':
    case 'APP':
      return { prepayId, receivedAtMs };
    case 'NATIVE':
      return { prepayId, codeUrl: answer.codeUrl, receivedAtMs };
    case 'MWEB':
      return { prepayId, mwebUrl: answer.mwebUrl, receivedAtMs };
  }
}
