import { type Client, type Hosts, type Merchant, createClient } from '@orderkeeper/client';
import type { Clock, Http, Random } from '@orderkeeper/ports';
import {
  failure,
  micropay,
  ok,
  type Payment,
  printXml,
  readPayment,
  type UnifiedorderAnswer,
  unifiedorder,
} from '@orderkeeper/protocol';
import { isMicropay } from '../core/micropay.ts';
import type { Attempt, Prepay } from '../core/order.ts';
import type { GatewayOutcome, PaymentGateway, PaymentName } from './payment-gateway.ts';
import { gatewayOutcome } from './v2-outcome.ts';
import { paymentParameters } from './v2-parameters.ts';
import { acceptedRefund, paidReport, queryReport, refundReport, senderOfAnswer } from './v2-reports.ts';
import { chargingRequest, placingRequest } from './v2-requests.ts';

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

/** Options of a call that may be given up. */
type Given = { readonly signal?: AbortSignal };

const given = (signal: AbortSignal | undefined): Given => (signal === undefined ? {} : { signal });

/** Creates the way to the classic API of one merchant. */
export function createV2Gateway(settings: V2GatewaySettings): PaymentGateway {
  const { merchant, notifyUrl, http, clock, random, hosts, deadlineMs } = settings;
  const client = createClient({ merchant, http, clock, random, deadlineMs, ...(hosts === undefined ? {} : { hosts }) });
  const cannotSend = (message: string) => ({ outcome: 'rejected', code: 'CONTENT_INVALID', message }) as const;
  return {
    check: (attempt) => check(attempt, notifyUrl, clock.nowMs()),
    place: async (attempt, signal) => {
      const request = placingRequest(attempt, notifyUrl, clock.nowMs());
      if (!request.ok) return cannotSend(request.message);
      const outcome = await client.unifiedOrder(request.value, given(signal));
      return gatewayOutcome('unifiedorder', outcome, (answer) => prepayOf(answer, clock.nowMs()));
    },
    micropay: (attempt, signal) => charge({ client, merchant, clock }, attempt, signal),
    query: (name, signal) => query({ client, merchant, clock }, name, signal),
    close: async (outTradeNo, signal) => {
      const outcome = await client.closeOrder({ outTradeNo }, given(signal));
      return gatewayOutcome('closeorder', outcome, () => 'closed' as const);
    },
    reverse: async ({ outTradeNo }, signal) => {
      const outcome = await client.reverse({ outTradeNo }, given(signal));
      return gatewayOutcome('reverse', outcome, ({ recall }) => (recall === 'Y' ? 'again' : 'reversed'));
    },
    refund: async ({ outTradeNo, outRefundNo, refundFen, note }, totalFen, signal) => {
      const described = note === undefined ? {} : { refundDesc: note };
      const request = { outTradeNo, outRefundNo, refundFen, totalFen, notifyUrl, ...described };
      return gatewayOutcome('refund', await client.refund(request, given(signal)), acceptedRefund);
    },
    queryRefund: async ({ outRefundNo, refundId }, signal) => {
      const request = refundId === undefined ? { outRefundNo } : { refundId };
      const outcome = await client.refundQuery(request, given(signal));
      if (outcome.outcome === 'rejected' && outcome.code === 'REFUNDNOTEXIST') return notFound('refundquery', outcome);
      return gatewayOutcome('refundquery', outcome, (answer) => refundReport(answer, outRefundNo));
    },
    paymentParameters: (attempt, prepay, nowMs) => paymentParameters(merchant, random, attempt, prepay, nowMs),
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
  if (!printed.ok) return { outcome: 'rejected', code: 'CONTENT_INVALID', message: printed.message } as const;
  const outcome = await client.call(micropay.path, printed.value, given(signal));
  if (outcome.outcome !== 'done') return gatewayOutcome('micropay', outcome, neverDone);
  const payment = readPayment(outcome.answer);
  if (!payment.ok) return { outcome: 'unknown', code: payment.reason, message: payment.message } as const;
  const sender = senderOfAnswer(outcome.fields, merchant);
  const report = (paid: Payment) => paidReport(paid, 'SUCCESS', sender, clock.nowMs());
  return gatewayOutcome('micropay', { ...outcome, answer: payment.value }, report);
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
  if (outcome.outcome === 'rejected' && outcome.code === 'ORDERNOTEXIST') return notFound('orderquery', outcome);
  const sender = senderOfAnswer(outcome.fields, merchant);
  return gatewayOutcome('orderquery', outcome, (answer) => queryReport(answer, sender, clock.nowMs()));
}

/** Said with a signature, "there is none" is an answer like any other. */
function notFound(
  operation: string,
  outcome: Parameters<typeof gatewayOutcome<never, never>>[1],
): GatewayOutcome<'not-found'> {
  const { evidence } = gatewayOutcome(operation, outcome, neverDone);
  return { outcome: 'done', answer: 'not-found', ...(evidence === undefined ? {} : { evidence }) };
}

function check(attempt: Attempt, notifyUrl: string, nowMs: number): ReturnType<PaymentGateway['check']> {
  const request = isMicropay(attempt) ? chargingRequest(attempt) : placingRequest(attempt, notifyUrl, nowMs);
  if (!request.ok) return request;
  const printed =
    'authCode' in request.value ? micropay.printRequest(request.value) : unifiedorder.printRequest(request.value);
  // Characters that WeChat Pay cannot take are found when the message is printed.
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
