import type { Fen, OutRefundNo, OutTradeNo, RefundId, Result, TransactionId } from '@orderkeeper/protocol';
import type { RefundReport, TradeReport } from '../core/observation.ts';
import type { Attempt, Prepay, Refund } from '../core/order.ts';
import type { Doubt, Refusal } from './refusal.ts';

/** What WeChat Pay said, byte for byte, for the timeline. Never contains our secrets; the sign may be in it. */
export interface Evidence {
  /** The operation and host, such as `orderquery api.mch.weixin.qq.com`. */
  readonly source: string;
  readonly body: Uint8Array;
}

/** How a gateway call ended (R2), with the evidence of its last answer. */
export type GatewayOutcome<Answer> =
  | { readonly outcome: 'done'; readonly answer: Answer; readonly evidence?: Evidence }
  | ({ readonly outcome: 'rejected'; readonly says: Refusal } & NotDone)
  | ({ readonly outcome: 'unknown'; readonly says: Doubt } & NotDone);

/** What is told of a call that was not done. Nothing is decided by it: `says` is there for that. */
export interface NotDone {
  /** WeChat Pay's code in the spelling of its protocol, or the client's own. */
  readonly code: string;
  readonly message: string;
  readonly evidence?: Evidence;
}

/** How to name a payment: by WeChat Pay's number once known, else by ours (R3). */
export interface PaymentName {
  readonly outTradeNo: OutTradeNo;
  readonly transactionId?: TransactionId;
}

/** One merchant's WeChat Pay, whatever the protocol. Every method but `micropay` is repeatable. */
export interface PaymentGateway {
  /** The least length of an `out_trade_no` that this protocol takes. */
  readonly outTradeNoLengthMin: number;
  /** Whether an attempt's content can be sent at all; says which field cannot. */
  readonly check: (attempt: Attempt) => Result<void, 'content-invalid'>;
  /** The same for what a refund says beside its amounts. */
  readonly checkRefund: (refund: Refund) => Result<void, 'content-invalid'>;
  /** Places an attempt (or repeats it, same number and content). */
  readonly place: (attempt: Attempt, signal?: AbortSignal) => Promise<GatewayOutcome<Prepay>>;
  /** Charges the code on a payer's phone. The one call that is never repeated: afterwards only {@link query} tells. */
  readonly micropay: (attempt: Attempt, signal?: AbortSignal) => Promise<GatewayOutcome<TradeReport>>;
  readonly query: (name: PaymentName, signal?: AbortSignal) => Promise<GatewayOutcome<TradeReport | 'not-found'>>;
  /** `done` is not yet proof: query afterwards (R7). */
  readonly close: (outTradeNo: OutTradeNo, signal?: AbortSignal) => Promise<GatewayOutcome<'closed'>>;
  readonly reverse: (name: PaymentName, signal?: AbortSignal) => Promise<GatewayOutcome<'reversed' | 'again'>>;
  readonly refund: (refund: Refund, totalFen: Fen, signal?: AbortSignal) => Promise<GatewayOutcome<RefundReport>>;
  readonly queryRefund: (
    name: { readonly outRefundNo: OutRefundNo; readonly refundId?: RefundId },
    signal?: AbortSignal,
  ) => Promise<GatewayOutcome<RefundReport | 'not-found'>>;
  /** What the payer's client needs, signed now. */
  readonly paymentParameters: (attempt: Attempt, prepay: Prepay, nowMs: number) => PaymentParameters;
}

/** Parameters for the payer's client, by trade type. */
export type PaymentParameters =
  | {
      readonly tradeType: 'JSAPI';
      readonly appId: string;
      readonly timeStamp: string;
      readonly nonceStr: string;
      readonly package: string;
      readonly signType: string;
      readonly paySign: string;
    }
  | {
      readonly tradeType: 'APP';
      readonly appid: string;
      readonly partnerid: string;
      readonly prepayid: string;
      readonly package: string;
      readonly noncestr: string;
      readonly timestamp: string;
      readonly sign: string;
    }
  | { readonly tradeType: 'NATIVE'; readonly codeUrl: string }
  | { readonly tradeType: 'MWEB'; readonly mwebUrl: string };
