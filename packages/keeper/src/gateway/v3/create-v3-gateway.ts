import type { CallOptions, V3Client, V3Merchant } from '@orderkeeper/client';
import type { Clock, Random } from '@orderkeeper/ports';
import {
  failure,
  type FieldReason,
  ok,
  type Result,
  type Sender,
  v3App,
  v3Codepay,
  v3H5,
  v3Jsapi,
  v3Native,
  v3Refund,
  type V3Request,
} from '@orderkeeper/protocol';
import { isMicropay } from '../../core/micropay.ts';
import type { Attempt, Prepay } from '../../core/order.ts';
import { type CallKind, cannotSend, gatewayOutcome, lookOutcome } from '../client-outcome.ts';
import type { ContentReason } from '../content.ts';
import type { GatewayOutcome, PaymentGateway, PaymentName } from '../payment-gateway.ts';
import { paymentParameters } from '../payment-parameters.ts';
import { refundRequest } from '../refund-request.ts';
import type { GatewayCall } from '../refusal.ts';
import { tradeReport } from '../trade-report.ts';
import { V3_REFUSALS } from './refusals.ts';
import { v3RefundReport } from './reports.ts';
import { v3ChargingRequest, type V3Placing, v3PlacingRequest } from './requests.ts';
import { v3FrontEndSigner } from './sign-front-end.ts';

/** Settings of {@link createV3Gateway}. */
export interface V3GatewaySettings {
  readonly client: V3Client;
  readonly merchant: V3Merchant;
  /** Where WeChat Pay sends notices about payments and refunds. */
  readonly notifyUrl: string;
  readonly clock: Clock;
  readonly random: Random;
  /** A call has its outcome after this time; a duty's lease must be longer. */
  readonly deadlineMs: number;
}

/** The shortest number that APIv3 takes. */
const OUT_TRADE_NO_LENGTH_MIN = 6;

const kindOf = (operation: string, call: GatewayCall): CallKind => ({ operation, refusals: V3_REFUSALS[call] });

const QUERIES = {
  byId: kindOf('query-by-id', 'query'),
  byNumber: kindOf('query-by-out-trade-no', 'query'),
};
const CHARGE = kindOf('codepay', 'charge');
const CLOSE = kindOf('close', 'close');
const REVERSE = kindOf('reverse', 'reverse');
const REFUND = kindOf('refund', 'refund');
const REFUND_QUERY = kindOf('refund-query', 'query-refund');

/** Creates the way to APIv3 of one merchant. */
export function createV3Gateway(settings: V3GatewaySettings): PaymentGateway {
  const { client, merchant, notifyUrl, clock, random, deadlineMs } = settings;
  const given = (signal: AbortSignal | undefined): CallOptions =>
    signal === undefined ? { deadlineMs } : { deadlineMs, signal };
  const signer = v3FrontEndSigner(merchant);
  return {
    outTradeNoLengthMin: OUT_TRADE_NO_LENGTH_MIN,
    check: (attempt) => check(attempt, notifyUrl, merchant),
    place: async (attempt, signal) => {
      const placing = v3PlacingRequest(attempt, notifyUrl);
      return placing.ok ? place(client, placing.value, clock, given(signal)) : cannotSend(placing.message);
    },
    micropay: async (attempt, signal) => {
      const request = v3ChargingRequest(attempt);
      if (!request.ok) return cannotSend(request.message);
      // One submission and nothing more: asking what became of it is a duty, so that it survives the process.
      const outcome = await client.codepay(request.value, { ...given(signal), until: 'answered' });
      return gatewayOutcome(CHARGE, outcome, (order) => tradeReport(order, order, clock.nowMs()));
    },
    query: (name, signal) => query(client, name, clock, given(signal)),
    close: async (outTradeNo, signal) =>
      gatewayOutcome(CLOSE, await client.close({ outTradeNo }, given(signal)), () => 'closed' as const),
    reverse: async ({ outTradeNo }, signal) =>
      gatewayOutcome(REVERSE, await client.reverse({ outTradeNo }, given(signal)), () => 'reversed' as const),
    checkRefund: (refund) =>
      checked(v3Refund.printRequest(refundRequest(refund, { totalFen: refund.refundFen, notifyUrl }), merchant)),
    refund: async (refund, totalFen, signal) => {
      const outcome = await client.refund(refundRequest(refund, { totalFen, notifyUrl }), given(signal));
      return gatewayOutcome(REFUND, outcome, v3RefundReport);
    },
    queryRefund: async ({ outRefundNo }, signal) =>
      lookOutcome(REFUND_QUERY, await client.refundQuery({ outRefundNo }, given(signal)), v3RefundReport),
    paymentParameters: (attempt, prepay, nowMs) => paymentParameters(signer, random, attempt, prepay, nowMs),
  };
}

async function place(
  client: V3Client,
  placing: V3Placing,
  clock: Clock,
  options: CallOptions,
): Promise<GatewayOutcome<Prepay>> {
  const kind = kindOf(placing.operation, 'place');
  switch (placing.operation) {
    case 'jsapi':
    case 'app': {
      const outcome =
        placing.operation === 'jsapi'
          ? await client.jsapi(placing.request, options)
          : await client.app(placing.request, options);
      return gatewayOutcome(kind, outcome, ({ prepayId }) => ({ prepayId, receivedAtMs: clock.nowMs() }));
    }
    case 'native': {
      const outcome = await client.native(placing.request, options);
      return gatewayOutcome(kind, outcome, ({ codeUrl }) => ({ codeUrl, receivedAtMs: clock.nowMs() }));
    }
    case 'h5': {
      const outcome = await client.h5(placing.request, options);
      return gatewayOutcome(kind, outcome, ({ h5Url }) => ({ mwebUrl: h5Url, receivedAtMs: clock.nowMs() }));
    }
  }
}

async function query(client: V3Client, { outTradeNo, transactionId }: PaymentName, clock: Clock, options: CallOptions) {
  const [kind, outcome] =
    transactionId === undefined
      ? [QUERIES.byNumber, await client.queryByOutTradeNo({ outTradeNo }, options)]
      : [QUERIES.byId, await client.queryById({ transactionId }, options)];
  return lookOutcome(kind, outcome, (answer) => tradeReport(answer, answer, clock.nowMs()));
}

/** Prints what would be sent, because that is where every field is looked at. */
function check(attempt: Attempt, notifyUrl: string, sender: Sender): Result<void, ContentReason> {
  return checked(isMicropay(attempt) ? printCharge(attempt, sender) : printPlacing(attempt, notifyUrl, sender));
}

type Printed = Result<V3Request, ContentReason | FieldReason>;

const checked = (printed: Printed): Result<void, ContentReason> =>
  printed.ok ? ok(undefined) : failure('content-invalid', printed.message);

function printCharge(attempt: Attempt, sender: Sender): Printed {
  const request = v3ChargingRequest(attempt);
  return request.ok ? v3Codepay.printRequest(request.value, sender) : request;
}

function printPlacing(attempt: Attempt, notifyUrl: string, sender: Sender): Printed {
  const placing = v3PlacingRequest(attempt, notifyUrl);
  if (!placing.ok) return placing;
  const { value } = placing;
  switch (value.operation) {
    case 'jsapi':
      return v3Jsapi.printRequest(value.request, sender);
    case 'app':
      return v3App.printRequest(value.request, sender);
    case 'native':
      return v3Native.printRequest(value.request, sender);
    case 'h5':
      return v3H5.printRequest(value.request, sender);
  }
}
